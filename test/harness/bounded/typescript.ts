import path from 'node:path';
import { typescriptModule, typescriptProblems } from '../typescriptModule';
import { projectRoot, runFolder, type Need } from '../tools';
import { boundedKinds, type Bounded } from './bounded';

const driver = path.join(projectRoot, 'test/code/drivers/typescript/bounds.mjs');
const modules = { 'worker-pool': 'orderJobs.js', semaphore: 'orderJobs.js' };

/** Both texts as the compiler makes them of strict TypeScript; the driver is told where. */
export async function boundedTypescript(): Promise<Need<Bounded>> {
  for (const kind of boundedKinds) await typescriptModule(kind);
  return {
    ok: true,
    value: {
      check: async () => (await Promise.all(boundedKinds.map(typescriptProblems))).flat().join('\n'),
      driver: (kind) => ({
        command: process.execPath,
        args: ['--expose-gc', driver, path.join(runFolder, 'code', `typescript-${kind}`, modules[kind])],
      }),
    },
  };
}
