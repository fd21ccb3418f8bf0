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
