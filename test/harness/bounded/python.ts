import { readFileSync } from 'node:fs';
import path from 'node:path';
import { codeFolder, generated } from '../generated';
import { pythonCheckers } from '../pythonCheckers';
import { projectRoot, type Need } from '../tools';
import { boundedKinds, boundedNames, said, type Bounded } from './bounded';

/** What a careful project asks of ruff; the reasons of errors may stand where they are raised. */
export const ruffRules = 'E,F,W,I,N,B,UP,SIM,RUF,ASYNC,C4,RET,PERF,PL,D1,BLE,ARG';
export const ruffSettings = [
  '--isolated',
  '--no-cache',
  '--target-version',
  'py310',
  '--select',
  ruffRules,
  '--ignore',
  'D105',
];

/** Both texts beside their driver. */
export async function boundedPython(): Promise<Need<Bounded>> {
  const checkers = await pythonCheckers();
  if (!checkers.ok) return checkers;
  const { mypy, ruff } = checkers.value;
  const texts = boundedKinds.map((kind) => generated(kind, 'python', { name: boundedNames[kind] }));
  const names = texts.map(({ fileName }) => fileName);
  const cwd = codeFolder('bounded-python', {
    ...Object.fromEntries(texts.map(({ fileName, text }) => [fileName, text])),
    'bounds.py': readFileSync(path.join(projectRoot, 'test/code/drivers/python/bounds.py'), 'utf8'),
  });
  return {
    ok: true,
    value: {
      check: async () =>
        (await said(mypy, ['--strict', '--no-error-summary', ...names], cwd)) +
        (await said(ruff, ['check', '--quiet', ...ruffSettings, ...names], cwd)) +
        (await said(ruff, ['format', '--quiet', '--isolated', '--no-cache', '--diff', ...names], cwd)),
      driver: () => ({ command: 'python3', args: [path.join(cwd, 'bounds.py')] }),
    },
  };
}
