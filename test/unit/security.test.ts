import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../harness/tools';

/** Source of the product by path: templates and examples are texts, which are never run here. */
const source = new Map(
  ['src', 'webview'].flatMap((folder) =>
    readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.split(path.sep).join('/')}`)
      .filter((name) => /\.tsx?$/.test(name) && !/\/(templates|examples)\//.test(name))
      .map((name) => [name, readFileSync(path.join(projectRoot, name), 'utf8')] as const),
  ),
);
const filesWith = (sign: RegExp) => [...source].flatMap(([name, text]) => (sign.test(text) ? [name] : []));

it('starts no program but its own bundles', () => {
  expect(filesWith(/from 'node:child_process'/)).toEqual(['src/extension/tools/answers.ts']);
  const answers = source.get('src/extension/tools/answers.ts') ?? '';
  expect(answers.match(/execFile.*$/gm)).toEqual(["execFile } from 'node:child_process';", 'execFile);']);
  expect(answers.match(/await run\(.*$/gm)).toEqual([
    "await run(process.execPath, [path.join(__dirname, 'cli.js'), ...args], {",
  ]);
  expect(filesWith(/from 'node:worker_threads'/).sort()).toEqual([
    ...['src/cli/scan/worker.ts', 'src/cli/scan/workers.ts', 'src/server/indexWorker.ts', 'src/server/indexing.ts'],
  ]);
});

it('connects from one room only', () => {
  const outside = (sign: RegExp) => filesWith(sign).filter((name) => !name.startsWith('src/measure/'));
  expect(outside(/from '(node:)?(net|tls|https|http2|dgram|undici)'|new WebSocket\(|new XMLHttpRequest\(/)).toEqual([]);
  // The names of calls in the programs that rules look for are no calls.
  const calls = outside(/(?<![.\w])fetch\(/).filter((name) => !name.startsWith('src/hazards/'));
  expect(calls).toEqual([]);
  expect(outside(/from 'node:http'/)).toEqual(['src/cli/listen.ts']);
});

it('evaluates no text as code', () => {
  // The one expression that somebody else wrote is given a context of its own, and a second.
  expect(filesWith(/from 'node:vm'/)).toEqual(['src/measure/kafka/nameFilter.ts']);
  expect(filesWith(/\beval\(|new Function\((?!`, which)|innerHTML|dangerouslySetInnerHTML/)).toEqual([]);
});
