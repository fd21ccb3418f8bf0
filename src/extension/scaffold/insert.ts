import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { window, type QuickPickItem } from 'vscode';
import type { CodeLanguage } from '../../generate/code/kinds';
import type { WrittenCode } from '../../generate/code/render';
import type { Handler } from '../commands';
import { askOne, askText, back, type Place as Question } from '../questions';
import type * as LaterModule from '../later';
import { loopAsPool } from './loop';
import { languageIds, placesFor } from './place';
import { Preview } from './preview';

/** Commands that write source texts, each from its options to the place that is chosen. */
export const scaffoldCommands: Record<string, Handler> = {
  'backpressure.insertCode': () => insertCode(null),
  'backpressure.insertWorkerPool': ({ hints }) => {
    const editor = window.activeTextEditor;
    return editor && !editor.selection.isEmpty ? loopAsPool(hints, editor) : insertCode('worker-pool');
  },
};

type Later = typeof LaterModule;

/** What is chosen so far. */
interface Chosen {
  kind: string;
  language: CodeLanguage;
  form: string | null;
  /** Empty: as its kind is called. */
  name: string;
  /** Null: as the template has it. */
  concurrency: number | null;
}

/** @returns what was chosen; undefined when the person stepped out */
type Step = (chosen: Chosen, question: Question) => Promise<Partial<Chosen> | typeof back | undefined>;

/** Asks for what is not known yet, shows what would be written meanwhile, and puts it where it is wanted. */
async function insertCode(wanted: string | null): Promise<void> {
  const later = await import('../later');
  const editor = window.activeTextEditor;
  const id = editor?.document.languageId ?? '';
  const open = later.codeLanguageNames.find((name) => languageIds[name].includes(id)) ?? null;
  const title = wanted === null ? 'Insert Flow-Control Code' : 'Insert Worker Pool';
  const shown = new Shown(later);
  let chosen: Chosen = { kind: wanted ?? '', language: open ?? 'go', form: null, name: '', concurrency: null };
  try {
    for (let at = 0; ;) {
      const { languages = [] } = later.scaffolds[chosen.kind] ?? {};
      const isKnown = open !== null && languages.includes(open);
      if (isKnown) chosen.language = open;
      const asked = [...(wanted === null ? [askKind(later)] : []), ...(isKnown ? [] : [askLanguage(later, languages)])];
      const steps = [...asked, ...(await detailsOf(chosen, later, shown))];
      const question = { title, step: at + 1, totalSteps: steps.length + 1 };
      const step = steps[at];
      if (step) {
        const answer = await step(chosen, question);
        if (answer === undefined) return;
        at += answer === back ? -1 : 1;
        if (answer !== back) chosen = { ...chosen, ...answer };
        continue;
      }
      const places = await placesFor(editor, chosen.language, await shown.written(chosen));
      const place = await askOne(question, places, places[0]);
      if (place === undefined) return;
      if (place !== back) {
        shown.dispose();
        await place.put();
        return;
      }
      at--;
    }
  } finally {
    shown.dispose();
  }
}

/** What is asked once kind and language are known. */
async function detailsOf(chosen: Chosen, later: Later, shown: Shown): Promise<Step[]> {
  const forms = later.scaffolds[chosen.kind]?.forms?.[chosen.language];
  const hasSize = chosen.kind !== '' && (await shown.hasSize(chosen));
  return [...(forms ? [askForm(forms)] : []), askName(later, shown), ...(hasSize ? [askSize(later, shown)] : [])];
}

/** What would be written, and its preview. */
class Shown {
  #preview: Preview | null = null;
  #place = '';
  #template = '';

  constructor(private readonly later: Later) {}

  /** @throws {CodeError} for options that do not go together */
  async written(chosen: Chosen): Promise<WrittenCode> {
    return this.#write(await this.#read(chosen), chosen);
  }

  async hasSize(chosen: Chosen): Promise<boolean> {
    return this.later.sizeOf(await this.#read(chosen)) !== null;
  }

  /** Opens the preview, or shows in it what is chosen now. */
  async open(chosen: Chosen): Promise<void> {
    const { text, fileName } = await this.written(chosen);
    if (this.#preview) {
      this.#preview.text = text;
      return;
    }
    this.#preview = new Preview(fileName, languageIds[chosen.language][0] ?? '');
    this.#preview.text = text;
    await this.#preview.open();
  }

  /** Shows other options. @returns what is wrong with them; null for nothing */
  change(chosen: Chosen): string | null {
    try {
      const { text } = this.#write(this.#template, chosen);
      if (this.#preview) this.#preview.text = text;
      return null;
    } catch (error) {
      if (error instanceof this.later.CodeError) return error.message;
      throw error;
    }
  }

  dispose(): void {
    this.#preview?.dispose();
    this.#preview = null;
  }

  #write(template: string, { kind, language, name, concurrency }: Chosen): WrittenCode {
    return this.later.writeCode(template, kind, language, { name: name || this.later.defaultName(kind), concurrency });
  }

  /** The build puts templates beside the program. */
  async #read({ kind, language, form }: Chosen): Promise<string> {
    const place = this.later.templatePath(kind, language, form);
    if (place !== this.#place) {
      this.dispose();
      this.#template = await readFile(path.join(__dirname, 'templates', place), 'utf8');
      this.#place = place;
    }
    return this.#template;
  }
}

/** An answer to choose, and what it changes. */
type Choice = QuickPickItem & { changes: Partial<Chosen> };

async function choose(question: Question, choices: readonly Choice[], now: (choice: Choice) => boolean) {
  const answer = await askOne(question, choices, choices.find(now));
  return typeof answer === 'object' ? answer.changes : answer;
}

const askKind =
  ({ scaffolds }: Later): Step =>
  ({ kind }, question) => {
    const choices = Object.entries(scaffolds).map(([name, { what }]) => ({
      label: name,
      detail: what,
      changes: { kind: name, form: null },
    }));
    return choose(question, choices, ({ changes }) => changes.kind === kind);
  };

const askLanguage =
  ({ codeLanguages }: Later, languages: readonly CodeLanguage[]): Step =>
  ({ language }, question) => {
    const choices = languages.map((name) => ({
      label: codeLanguages[name].title,
      changes: { language: name, form: null },
    }));
    return choose(question, choices, ({ changes }) => changes.language === language);
  };

const askForm =
  (forms: readonly string[]): Step =>
  ({ form }, question) => {
    const choices = [
      { label: 'plain', description: 'of the standard library', changes: { form: null } },
      ...forms.map((name) => ({ label: name, description: 'of a well-kept library', changes: { form: name } })),
    ];
    return choose(question, choices, ({ changes }) => changes.form === form);
  };

const askName =
  ({ defaultName }: Later, shown: Shown): Step =>
  async (chosen, question) => {
    await shown.open(chosen);
    const answer = await askText(question, {
      ...{ title: question.title, prompt: 'What to call it', value: chosen.name || defaultName(chosen.kind) },
      typed: (name) => shown.change({ ...chosen, name }),
      problem: (name) => shown.change({ ...chosen, name: name.trim() }),
    });
    return typeof answer === 'string' ? { name: answer.trim() } : answer;
  };

const askSize =
  ({ sizeOf }: Later, shown: Shown): Step =>
  async (chosen, question) => {
    const { text } = await shown.written(chosen);
    const asked = (size: string) => ({ ...chosen, concurrency: size.trim() === '' ? NaN : Number(size) });
    const answer = await askText(question, {
      ...{ title: question.title, prompt: 'How many at once, where nobody says it at run time' },
      value: String(sizeOf(text) ?? ''),
      typed: (size) => shown.change(asked(size)),
      problem: (size) => shown.change(asked(size)),
    });
    return typeof answer === 'string' ? { concurrency: Number(answer) } : answer;
  };
