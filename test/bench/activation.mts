import path from 'node:path';
import { projectRoot, run } from '../harness/tools';
import type { Measured } from './measured';

const goal = 50;

/** Time VS Code itself books on the extension's activation, from its own start-up table in a real editor. */
export async function benchActivation(): Promise<Measured[]> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', path.join(projectRoot, 'test/editor/run.mts')], {
    cwd: projectRoot,
    env: { ...process.env, BACKPRESSURE_GREP: 'editor’s own table says in how long' },
    maxBuffer: 64 * 1024 * 1024,
  });
  const found = /\[activation\] load (\d+) ms, call (\d+) ms, finish (\d+) ms/.exec(stdout);
  if (!found) throw new Error('the editor tests printed no activation times');
  const [load = NaN, call = NaN, finish = NaN] = found.slice(1).map(Number);
  const ours = load + call + finish;
  return [
    {
      what: `extension: load ${load} + call ${call} + finish ${finish} ms of activation`,
      ours,
      peer: null,
      ratio: null,
      budget: `goal ≤ ${goal}`,
      holds: ours <= goal,
    },
  ];
}
