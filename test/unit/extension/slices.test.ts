import { describe, expect, it } from 'vitest';
import { changesOf } from '../../../src/extension/recordedChanges';
import { inSlices } from '../../../src/extension/slices';
import { Watcher } from '../../../src/cli/watcher';
import { demoSweeps } from '../../../src/measure/demo/index';
import { defaultObjectives } from '../../../src/model/pipeline';

/** Steps of a millisecond of work each. */
function* steps(count: number): Generator<number, string> {
  for (let step = 0; step < count; step++) {
    const until = performance.now() + 1;
    while (performance.now() < until);
    yield step;
  }
  return 'done';
}

const fails = (error: unknown) => {
  throw error;
};

describe('a computation in slices', () => {
  it('is done at once when it is short', () => {
    let result = '';
    inSlices(steps(0), (value) => (result = value), fails);
    expect(result).toBe('done');
  });

  it('lets others run in between when it is long', async () => {
    let turns = 0;
    const turn = () => {
      turns++;
      waiting = setImmediate(turn);
    };
    let waiting = setImmediate(turn);
    const result = await new Promise<string>((resolve, reject) => inSlices(steps(60), resolve, reject));
    clearImmediate(waiting);
    expect(result).toBe('done');
    expect(turns).toBeGreaterThanOrEqual(3);
  });

  it('tells what went wrong in a later slice', async () => {
    function* failing() {
      yield* steps(30);
      throw new Error('no such queue');
    }
    await expect(new Promise((resolve, reject) => inSlices(failing(), resolve, reject))).rejects.toThrow(
      'no such queue',
    );
  });

  it('is never done once it was ended', async () => {
    let result = '';
    const computing = inSlices(steps(60), (value) => (result = value), fails);
    computing.dispose();
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(result).toBe('');
  });
});

describe('the time line of a recording', () => {
  it('is what watch says of it', { timeout: 30_000 }, async () => {
    const sweeps = demoSweeps('draining', Date.UTC(2026, 0, 1), 3600, 10);
    const watcher = new Watcher(defaultObjectives);
    const said = sweeps.flatMap((sweep) => watcher.add(sweep));
    expect(await changesOf(sweeps)).toEqual(said);
    expect(said.map(({ to }) => to)).toContain('draining');
  });
});
