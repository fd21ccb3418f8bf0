import type { Language } from '../rule';

/** What a language is called by editors, and how its files end. */
interface Named {
  editorIds: readonly string[];
  extensions: readonly string[];
}

/** Apart from the adapters, so that whoever only asks by name loads none of them. */
const names: Readonly<Record<Language, Named>> = {
  go: { editorIds: ['go'], extensions: ['.go'] },
  javascript: { editorIds: ['javascript', 'javascriptreact'], extensions: ['.js', '.mjs', '.cjs', '.jsx'] },
  typescript: { editorIds: ['typescript'], extensions: ['.ts', '.mts', '.cts'] },
  tsx: { editorIds: ['typescriptreact'], extensions: ['.tsx'] },
  python: { editorIds: ['python'], extensions: ['.py'] },
  java: { editorIds: ['java'], extensions: ['.java'] },
  rust: { editorIds: ['rust'], extensions: ['.rs'] },
  csharp: { editorIds: ['csharp'], extensions: ['.cs'] },
};
const ids = Object.keys(names) as Language[];

/** How the files of all languages end. */
export const sourceExtensions = (): string[] => Object.values(names).flatMap(({ extensions }) => extensions);

/** The language of a file by its name; null: none that is read. */
export const languageOf = (path: string): Language | null =>
  ids.find((id) => names[id].extensions.some((end) => path.endsWith(end))) ?? null;

/** The language by the name that editors give it; null: none that is read. */
export const languageByEditorId = (editorId: string): Language | null =>
  ids.find((id) => names[id].editorIds.includes(editorId)) ?? null;

/** Stands for YAML among the languages: it is read for alert rules only. */
export const alertFiles = 'yaml';

/** What reads a file by its name: a language, or the checks of alert rules; null: nothing does. */
export const readBy = (path: string): Language | typeof alertFiles | null =>
  languageOf(path) ?? (/\.ya?ml$/.test(path) ? alertFiles : null);
