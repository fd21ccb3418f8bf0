import { readFileSync } from 'node:fs';
import path from 'node:path';
import { codeFolder, generated } from '../generated';
import { goChecks } from '../goModule';
import { projectRoot, run, type Need } from '../tools';
import { boundedNames, said, type Bounded } from './bounded';

/** The module that the form with errgroup needs. */
export const goMod = 'module jobs\n\ngo 1.25\n\nrequire golang.org/x/sync v0.24.0\n';
const drivers = path.join(projectRoot, 'test/code/drivers/go');

/** Both texts and the form with errgroup, with their drivers built under the race detector. */
export async function boundedGo(): Promise<Need<Bounded & { folder: string }>> {
  const checks = await goChecks();
  if (!checks.ok) return checks;
  const { go, staticcheck } = checks.value;
  const pool = generated('worker-pool', 'go', { name: boundedNames['worker-pool'] });
  const semaphore = generated('semaphore', 'go', { name: boundedNames.semaphore });
  const batch = generated('worker-pool', 'go', { name: 'OrderBatch', form: 'errgroup' });
  const cwd = codeFolder('bounded-go', {
    'go.mod': goMod,
    [`orderjobs/${pool.fileName}`]: pool.text,
    [`jobslots/${semaphore.fileName}`]: semaphore.text,
    [`orderbatch/${batch.fileName}`]: batch.text,
    'orderbatch/batch_test.go': readFileSync(path.join(drivers, 'batch_test.go'), 'utf8'),
    'main.go': readFileSync(path.join(drivers, 'bounds/main.go'), 'utf8'),
  });
  await run(go, ['mod', 'tidy'], { cwd });
  await run(go, ['build', '-race', '-o', 'bounds', '.'], { cwd });
  return {
    ok: true,
    value: {
      folder: cwd,
      check: async () =>
        (await said(path.join(path.dirname(go), 'gofmt'), ['-l', '.'], cwd)) +
        (await said(go, ['vet', './...'], cwd)) +
        (await said(staticcheck, ['-checks', 'all', './orderjobs', './jobslots', './orderbatch'], cwd)),
      driver: () => ({ command: path.join(cwd, 'bounds'), args: [] }),
    },
  };
}
