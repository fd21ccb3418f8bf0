import { readFileSync } from 'node:fs';
import path from 'node:path';
import { codeFolder, generated } from '../generated';
import { absent, projectRoot, run, which, type Need } from '../tools';
import { boundedKinds, boundedNames, said, type Bounded } from './bounded';

/** Both texts beside their driver. */
export async function boundedJava(): Promise<Need<Bounded>> {
  if (!which('javac')) return absent('no javac on the path');
  const texts = boundedKinds.map((kind) => generated(kind, 'java', { name: boundedNames[kind] }));
  const names = texts.map(({ fileName }) => fileName);
  const cwd = codeFolder('bounded-java', {
    ...Object.fromEntries(texts.map(({ fileName, text }) => [fileName, text])),
    'Bounds.java': readFileSync(path.join(projectRoot, 'test/code/drivers/java/Bounds.java'), 'utf8'),
  });
  await run('javac', ['-d', 'classes', ...names, 'Bounds.java'], { cwd });
  return {
    ok: true,
    value: {
      check: () => said('javac', ['-Xlint:all', '-Werror', '-d', 'checked', ...names], cwd),
      driver: () => ({ command: 'java', args: ['-cp', path.join(cwd, 'classes'), 'Bounds'] }),
    },
  };
}
