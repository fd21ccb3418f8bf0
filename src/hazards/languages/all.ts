import type { Language, LanguageAdapter } from '../rule';
import { go } from './go/adapter';

export const languages: Readonly<Record<Language, LanguageAdapter>> = { go };

/** The language of a file by its name; null: none that is read. */
export const languageOf = (path: string): Language | null =>
  Object.values(languages).find(({ extensions }) => extensions.some((end) => path.endsWith(end)))?.id ?? null;
