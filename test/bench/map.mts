import path from 'node:path';
import { projectRoot, run } from '../harness/tools';
import { median, type Measured } from './measured';

/** Milliseconds of script, style and layout, one for each time it was done. */
type Times = Record<'first' | 'update' | 'zoom', number[]>;

/**
 * The flow map in a real browser, by the browser's own books. The peer is the least that could be done for such a picture:
 * an SVG of as many boxes and texts put into the document as a string, and its group moved.
 */
export async function benchMap(): Promise<Measured[]> {
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', path.join(projectRoot, 'test/webview/bench.mts')],
    {
      cwd: projectRoot,
    },
  );
  const last = stdout.trim().split('\n').at(-1) ?? '';
  const { nodes, ours, bare } = JSON.parse(last) as { nodes: number; ours: Times; bare: Times };
  const row = (what: string, of: keyof Times, goal: number): Measured => {
    const [mine, peer] = [median(ours[of]), median(bare[of])];
    return {
      what: `flow map, ${nodes} nodes: ${what}, ms (peer: bare SVG)`,
      ours: mine,
      peer,
      ratio: peer / mine,
      budget: `goal ≤ ${goal}`,
      holds: mine <= goal,
    };
  };
  return [
    row('first picture with its report', 'first', 500),
    row('update of every backlog', 'update', 50),
    row('a step of a zoom', 'zoom', 8),
  ];
}
