import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { joined, type Insertion } from '../../src/generate/code/join';
import { codeLanguages, scaffolds, type CodeLanguage } from '../../src/generate/code/kinds';
import { inStyle, styleOf } from '../../src/generate/code/style';
import { codeFolder, generated } from '../harness/generated';
import { run, which } from '../harness/tools';

/** Files with imports that a text has too, with some of another style, and with none. */
const hosts: Partial<Record<CodeLanguage, readonly string[]>> = {
  go: [
    'package jobs\n\nimport (\n\t"fmt"\n\t"sync"\n)\n\nfunc Main(m *sync.Mutex) { fmt.Println(m) }\n',
    '// Package jobs works.\npackage jobs\n\nfunc Main() {}',
    'package jobs\n\nimport "context"\n\nfunc Main(ctx context.Context) {}\n',
  ],
  python: [
    '#!/usr/bin/env python3\n"""Jobs."""\n\nimport os\nfrom typing import (\n    Any,\n)\n\n\ndef main() -> Any:\n\treturn os.name\n',
    "print('x')\n",
    '',
  ],
  typescript: [
    "import { argv } from 'node:process';\n\nexport function main(): void {\n    console.log(argv);\n}\n",
    'export {};',
  ],
  csharp: ['using System;\n\nnamespace Jobs\n{\n  public class Job\n  {\n    public DateTime At;\n  }\n}\n', ''],
};

const put = (source: string, insertions: readonly Insertion[]) =>
  insertions
    .toSorted((a, b) => b.at - a.at)
    .reduce((text, { at, text: more }) => text.slice(0, at) + more + text.slice(at), source);

const kindsIn = (language: CodeLanguage) =>
  Object.keys(scaffolds).filter((kind) => scaffolds[kind]?.languages.includes(language));

/** Every text of a language put into every host, in the host's style. */
const files = (language: CodeLanguage) =>
  kindsIn(language).flatMap((kind) =>
    (hosts[language] ?? []).map((host, i) => {
      const text = inStyle(generated(kind, language).text, language, styleOf(host, language));
      return { name: `${kind}-${i}`, kind, text: put(host, joined(host, text, language)) };
    }),
  );

describe('a text in a file that is there already', () => {
  it.skipIf(!which('go'))('is what go vet and gofmt take', async () => {
    const parts = files('go').map(({ name, text }) => [`${name}/jobs.go`, text] as const);
    const folder = codeFolder('joined-go', { 'go.mod': 'module jobs\n\ngo 1.24\n', ...Object.fromEntries(parts) });
    await run(which('go') ?? '', ['vet', './...'], { cwd: folder });
    expect((await run('gofmt', ['-l', '.'], { cwd: folder })).stdout).toBe('');
  });

  it.skipIf(!which('python3'))('is what Python compiles', async () => {
    const parts = files('python').map(({ name, text }) => [`${name}.py`, text] as const);
    const folder = codeFolder('joined-python', Object.fromEntries(parts));
    await run('python3', ['-W', 'error', '-m', 'py_compile', ...parts.map(([name]) => name)], { cwd: folder });
    for (const [, text] of parts) expect(text.match(/^import asyncio$/gm)?.length ?? 1).toBe(1);
  });

  it('is what the compiler of TypeScript takes', () => {
    const parts = files('typescript').map(({ name, text }) => [`${name}.ts`, text] as const);
    const folder = codeFolder('joined-typescript', {
      'package.json': '{ "type": "module" }',
      ...Object.fromEntries(parts),
    });
    const program = ts.createProgram(
      parts.map(([name]) => path.join(folder, name)),
      { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, types: ['node'] },
    );
    expect(ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([]);
  });

  it('has its imports of C# once and first', () => {
    for (const { text } of files('csharp')) {
      const usings = [...text.matchAll(/^using .*;$/gm)].map(([line]) => line);
      expect(new Set(usings).size).toBe(usings.length);
      expect(text.search(/^(?!using |$)/m)).toBeGreaterThan(text.lastIndexOf('\nusing '));
    }
  });
});

describe('a style', () => {
  const own = { indent: '\t', quote: '"', newline: '\r\n' } as const;
  it.each(Object.keys(codeLanguages) as CodeLanguage[])(
    'is put on every text of %s, and taken off again',
    (language) => {
      for (const kind of kindsIn(language)) {
        const { text } = generated(kind, language);
        const changed = inStyle(text, language, own);
        expect(styleOf(changed, language)).toEqual({
          ...own,
          quote: language === 'typescript' || language === 'python' ? '"' : null,
        });
        expect(inStyle(changed.replaceAll('\r\n', '\n'), language, styleOf(text, language))).toBe(text);
      }
    },
  );

  it('leaves comments and what quotes hold alone', () => {
    const text = "// it's\nconst a = ['b', 'say \"c\"'];\nconst d = `it's`;\n";
    expect(inStyle(text, 'typescript', { indent: null, quote: '"', newline: '\n' })).toBe(text.replace("'b'", '"b"'));
  });
});
