import { keywords } from './keywords';
import type { CodeLanguage } from './kinds';

/** How a file says which package it belongs to; the other languages tell by its place. */
interface Packages {
  shape: RegExp;
  example: string;
  /** Where a file says it; the name is the first group. */
  told: RegExp;
  put: (text: string, name: string) => string;
}

const packages: Partial<Record<CodeLanguage, Packages>> = {
  go: {
    shape: /^[a-z_][a-z0-9_]*$/,
    example: 'orders',
    told: /^package +(\w+)/m,
    // The comment is about a package of its own.
    put: (text, name) => text.replace(/^(?:\/\/.*\n)*package \w+/, `package ${name}`),
  },
  java: {
    shape: /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/,
    example: 'com.example.orders',
    told: /^package +([\w.]+) *;/m,
    put: (text, name) => `package ${name};\n\n${text}`,
  },
  csharp: {
    shape: /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/,
    example: 'Example.Orders',
    told: /^namespace +([\w.]+)/m,
    put: (text, name) => `namespace ${name}\n{\n${text.replace(/^(?=.)/gm, '    ')}}\n`,
  },
};

/** Reserved for other things than packages. */
const allowed = new Set(['main']);

/** What is wrong with the name of a package, for the person who gave it; null where nothing. */
export function packageProblem(name: string, language: CodeLanguage): string | null {
  const found = packages[language];
  if (!found) return `in ${language} a file belongs to where it lies`;
  const reserved = name.split('.').find((part) => keywords[language].has(part) && !allowed.has(part));
  if (found.shape.test(name) && name.length <= 200 && reserved === undefined) return null;
  return `${JSON.stringify(name.slice(0, 40))} is no package of ${language}; write it as ${found.example}`;
}

/** The package that a file says it belongs to; null where it says none. */
export const packageOf = (source: string, language: CodeLanguage): string | null =>
  packages[language]?.told.exec(source)?.[1] ?? null;

/** A text as part of that package, in C# of that namespace; as it is where the language has none. */
export const inPackage = (text: string, name: string, language: CodeLanguage): string =>
  packages[language]?.put(text, name) ?? text;
