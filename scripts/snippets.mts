import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { codeLanguageNames, scaffolds, type CodeLanguage } from '../src/generate/code/kinds';
import { nameOf, renamed, type Name } from '../src/generate/code/names';
import { templatePath } from '../src/generate/code/render';

/** The kinds that are short enough to be typed for. */
const kinds = ['worker-pool', 'semaphore'];
const root = path.resolve(import.meta.dirname, '..');

/** Stand for the forms of the name while the rest is escaped: letters of nobody's (Unicode, private use). */
const marks: Name = { pascal: '\uE001', camel: '\uE002', snake: '\uE003', constant: '\uE004', flat: '\uE005' };
/** How the editor makes each form of what is typed once (code.visualstudio.com, snippet syntax). */
const forms: Record<keyof Name, string> = {
  pascal: '$1',
  camel: '${1/^(.)/${1:/downcase}/}',
  snake: '${1/(^[A-Z])|([A-Z])/${1:/downcase}${2:+_}${2:/downcase}/g}',
  constant: '${1/(^[A-Z])|([A-Z])|([a-z0-9]+)/${1}${2:+_}${2}${3:/upcase}/g}',
  flat: '${1/(.*)/${1:/downcase}/}',
};

/** A template as the body of a snippet in which the name is typed once. */
function bodyOf(template: string, name: string): string[] {
  const from = nameOf(name);
  if (!from) throw new Error(`${name} is no name`);
  let text = renamed(template, from, marks).replace(/[\\$}]/g, '\\$&');
  text = text.replace(marks.pascal, `\${1:${name}}`);
  for (const form of Object.keys(marks) as (keyof Name)[]) text = text.replaceAll(marks[form], () => forms[form]);
  return text.trimEnd().split('\n');
}

/** The snippets of a language, as the editor reads them. */
export async function snippetFile(language: CodeLanguage): Promise<string> {
  const snippets: Record<string, object> = {};
  for (const kind of kinds) {
    const { name = '', what = '' } = scaffolds[kind] ?? {};
    const template = await readFile(
      path.join(root, 'src/generate/code/templates', templatePath(kind, language, null)),
      'utf8',
    );
    snippets[`Backpressure: ${kind}`] = { prefix: kind, description: what, body: bodyOf(template, name) };
  }
  return `${JSON.stringify(snippets, null, 2)}\n`;
}

/** Where the snippets of a language are kept. */
export const snippetPath = (language: CodeLanguage) => path.join(root, 'media/snippets', `${language}.json`);

if (process.argv[1] === import.meta.filename) {
  await mkdir(path.join(root, 'media/snippets'), { recursive: true });
  for (const language of codeLanguageNames) await writeFile(snippetPath(language), await snippetFile(language));
}
