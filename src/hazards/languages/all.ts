import type { Language, LanguageAdapter } from '../rule';
import { csharp } from './csharp/adapter';
import { go } from './go/adapter';
import { java } from './java/adapter';
import { javascript, tsx, typescript } from './js/adapter';
import { python } from './py/adapter';
import { rust } from './rust/adapter';

export const languages: Readonly<Record<Language, LanguageAdapter>> = {
  go,
  javascript,
  typescript,
  tsx,
  python,
  java,
  rust,
  csharp,
};

/** The language of a file by its name; null: none that is read. */
export const languageOf = (path: string): Language | null =>
  Object.values(languages).find(({ extensions }) => extensions.some((end) => path.endsWith(end)))?.id ?? null;

/** The language by the name that editors give it; null: none that is read. */
export const languageByEditorId = (editorId: string): Language | null =>
  Object.values(languages).find(({ editorIds }) => editorIds.includes(editorId))?.id ?? null;

/** Stands for YAML among the languages: it is read for alert rules only. */
export const alertFiles = 'yaml';

/** What reads a file by its name: a language, or the checks of alert rules; null: nothing does. */
export const readBy = (path: string): Language | typeof alertFiles | null =>
  languageOf(path) ?? (/\.ya?ml$/.test(path) ? alertFiles : null);
