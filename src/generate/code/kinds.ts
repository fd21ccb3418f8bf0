import type { Name } from './names';

/** How a language names its files; `form` is the form of the name, `extension` without a dot. */
export const codeLanguages = {
  go: { title: 'Go', extension: 'go', form: 'snake' },
  typescript: { title: 'TypeScript', extension: 'ts', form: 'camel' },
  python: { title: 'Python', extension: 'py', form: 'snake' },
  java: { title: 'Java', extension: 'java', form: 'pascal' },
  rust: { title: 'Rust', extension: 'rs', form: 'snake' },
  csharp: { title: 'C#', extension: 'cs', form: 'pascal' },
} as const satisfies Record<string, { title: string; extension: string; form: keyof Name }>;

export type CodeLanguage = keyof typeof codeLanguages;
export const codeLanguageNames = Object.keys(codeLanguages) as CodeLanguage[];

/** One kind of text: a folder of templates with, for each language, a file in `templates/KIND/LANGUAGE[/FORM]`. */
export interface Scaffold {
  /** What it is called in its templates, in at least two words, so that its forms differ from each other. */
  name: string;
  /** What it does, for help texts. */
  what: string;
  languages: readonly CodeLanguage[];
  /** Further forms beside the plain one, by language. */
  forms?: Partial<Record<CodeLanguage, readonly string[]>>;
}

const everyLanguage = codeLanguageNames;

/** Every kind by the word that asks for it. */
export const scaffolds: Readonly<Record<string, Scaffold>> = {
  'worker-pool': {
    name: 'WorkerPool',
    what: 'handles items, so many at once, and lets the producer wait',
    languages: everyLanguage,
    forms: { go: ['errgroup'] },
  },
  semaphore: {
    name: 'TaskSemaphore',
    what: 'lets so many tasks run at once, wherever they are started',
    languages: everyLanguage,
  },
  controller: {
    name: 'FlowController',
    what: 'holds items for a sink that is slow or fails, and never more than so many',
    languages: ['typescript', 'go', 'python', 'java'],
  },
  throttle: {
    name: 'RateThrottle',
    what: 'keeps producers to a rate that gives way when the consumers fall behind',
    languages: ['typescript', 'go', 'python', 'java'],
  },
  'step-tracker': {
    name: 'StepTracker',
    what: 'counts how often and how long a step of a pipeline is held up, for `backpressure steps`',
    languages: ['go', 'typescript', 'python', 'rust'],
  },
};

export const scaffoldKinds = Object.keys(scaffolds);
