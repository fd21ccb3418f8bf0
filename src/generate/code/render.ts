import { keywords } from './keywords';
import { codeLanguages, scaffolds, type CodeLanguage } from './kinds';
import { inPackage, packageProblem } from './package';
import { nameForms, nameOf, renamed, type Name } from './names';

/** What somebody may choose of a text. */
export interface CodeOptions {
  /** In any form: `OrderWorkers`, `orderWorkers`, `order_workers`. */
  name: string;
  /** How many at once, 1…10,000; null keeps the template's. */
  concurrency: number | null;
  /** What the file belongs to: a package of Go or Java, a namespace of C#; else one of its own in Go, none in the others. */
  package?: string;
}

/** A text to keep, and the name of the file that it would stand in. */
export interface WrittenCode {
  text: string;
  fileName: string;
}

/** What is wrong with an option, for the person who gave it. */
export class CodeError extends Error {
  override name = 'CodeError';
  constructor(
    readonly option: 'kind' | 'language' | 'form' | 'name' | 'concurrency' | 'package',
    message: string,
  ) {
    super(message);
  }
}

/** More at once than that is no bound. */
export const mostConcurrency = 10_000;

/**
 * Where a template lies below the folder of templates.
 * @throws {CodeError} for a kind, language or form that there is not
 */
export function templatePath(kind: string, language: string, form: string | null): string {
  const scaffold = scaffoldOf(kind);
  if (!isLanguage(language))
    throw new CodeError('language', `there is no ${quoted(language)}; one of ${scaffold.languages.join(', ')}`);
  if (!scaffold.languages.includes(language))
    throw new CodeError('language', `${kind} is not written in ${language}; one of ${scaffold.languages.join(', ')}`);
  const forms = scaffold.forms?.[language] ?? [];
  if (form !== null && !forms.includes(form)) {
    const there = forms.length > 0 ? `there is ${forms.join(', ')}` : 'there is the plain one only';
    throw new CodeError('form', `${kind} in ${language} has no form ${quoted(form)}; ${there}`);
  }
  return [kind, language, ...(form === null ? [] : [form]), fileNameOf(templateName(kind), language)].join('/');
}

/**
 * A template under another name and with another size.
 * @param template what stands at `templatePath`
 * @throws {CodeError} for a name or size that cannot be used in this text
 */
export function writeCode(template: string, kind: string, language: CodeLanguage, options: CodeOptions): WrittenCode {
  const from = templateName(kind);
  const to = nameOf(options.name);
  if (to === null)
    throw new CodeError(
      'name',
      `${quoted(options.name)} is no name; write letters and digits, such as Order${from.pascal}`,
    );
  const taken = keywordIn(to, language) ?? clash(template, from, to);
  if (taken !== null) throw new CodeError('name', `${quoted(options.name)} cannot be used: ${taken}`);
  const wrong = options.package === undefined ? null : packageProblem(options.package, language);
  if (wrong !== null) throw new CodeError('package', wrong);
  const text = renamed(sized(template, options.concurrency), from, to);
  return {
    text: options.package === undefined ? text : inPackage(text, options.package, language),
    fileName: fileNameOf(to, language),
  };
}

/** The name that a kind has when nobody gives one. @throws {CodeError} for a kind that there is not */
export const defaultName = (kind: string): string => scaffoldOf(kind).name;

function scaffoldOf(kind: string) {
  const scaffold = Object.hasOwn(scaffolds, kind) ? scaffolds[kind] : undefined;
  if (!scaffold)
    throw new CodeError('kind', `there is no ${quoted(kind)}; one of ${Object.keys(scaffolds).join(', ')}`);
  return scaffold;
}

const isLanguage = (language: string): language is CodeLanguage => Object.hasOwn(codeLanguages, language);

function templateName(kind: string): Name {
  const { name } = scaffoldOf(kind);
  const forms = nameOf(name);
  if (!forms) throw new Error(`${name} names no templates`);
  return forms;
}

const fileNameOf = (name: Name, language: CodeLanguage): string => {
  const { form, extension } = codeLanguages[language];
  return `${name[form]}.${extension}`;
};

/** On one line whatever it holds. */
const quoted = (text: string) => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

function keywordIn(name: Name, language: CodeLanguage): string | null {
  const form = nameForms.find((each) => keywords[language].has(name[each]));
  return form === undefined ? null : `${name[form]} is a word of ${codeLanguages[language].title}`;
}

/** What the text already calls something else by the new name; null where nothing. */
function clash(template: string, from: Name, to: Name): string | null {
  if (from.pascal === to.pascal) return null;
  const names = new Set(template.match(/\w+/g));
  for (const old of names) {
    const now = renamed(old, from, to);
    if (now !== old && names.has(now)) return `the text has a ${now} already`;
  }
  return null;
}

/** The constant of a template that holds its size: `DefaultConcurrency = 8`, as each language writes it. */
const sizeConstant = /(default_?concurrency\b[^=\n]*= *)\d+/i;

/** The size that a text has where nobody says one; null for a text that has none. */
export function sizeOf(text: string): number | null {
  const found = sizeConstant.exec(text)?.[0];
  return found === undefined ? null : Number(/\d+$/.exec(found)?.[0]);
}

function sized(template: string, concurrency: number | null): string {
  if (concurrency === null) return template;
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > mostConcurrency)
    throw new CodeError('concurrency', `${concurrency} is no whole number from 1 to ${mostConcurrency}`);
  if (!sizeConstant.test(template)) throw new CodeError('concurrency', 'this text has no size');
  return template.replace(sizeConstant, (_, start: string) => `${start}${concurrency}`);
}
