import { describe, expect, it } from 'vitest';
import { Rest } from '../../../src/cli/scan/rest';

const files = (names: readonly string[], bytes = 100) => names.map((file) => ({ file, bytes }));
const many = (ending: string, count: number) => Array.from({ length: count }, (_, i) => `/src/${i}.${ending}`);

/** What each of two threads is handed, in turn, until nothing is left. */
function handedOut(rest: Rest): string[][] {
  const handed: string[][] = [[], []];
  const isDone = [false, false];
  while (isDone.includes(false))
    for (const thread of [0, 1]) {
      const batch = rest.batch(thread);
      isDone[thread] = batch.length === 0;
      handed[thread]?.push(...batch);
    }
  return handed;
}

describe('The files that threads share', () => {
  it('are handed out once each', () => {
    const names = ['go', 'ts', 'js', 'py', 'yaml'].flatMap((ending) => many(ending, 37));
    const large = files(['/src/large.go', '/src/large.rs'], 400_000);

    const [first = [], second = []] = handedOut(new Rest([...files(names), ...large]));

    expect([...first, ...second].sort()).toEqual([...names, ...large.map(({ file }) => file)].sort());
    expect(second.filter((file) => file.includes('large'))).toEqual([]);
  });

  it('go by language, so that what a thread has loaded is of use again', () => {
    const mixed = many('go', 64).flatMap((file, i) => [file, `/src/${i}.py`]);

    const [first = [], second = []] = handedOut(new Rest(files(mixed)));

    expect([...new Set(first.map((file) => file.slice(-2)))]).toEqual(['go']);
    expect([...new Set(second.map((file) => file.slice(-2)))]).toEqual(['py']);
  });

  it('begin with the large ones, which one thread takes, so that it is not left alone with them at the end', () => {
    const small = files([...many('go', 64), ...many('py', 640)]);
    const large = files(['/src/large.py', '/src/large.go'], 400_000);

    const [first = [], second = []] = handedOut(new Rest([...small, ...large]));

    expect([first[0], first[16]]).toEqual(['/src/large.go', '/src/large.py']);
    expect(first.slice(16, 320).every((file) => file.endsWith('.py'))).toBe(true);
    expect(Math.abs(second.length - first.length)).toBeLessThan(32);
  });

  it('are shared by both threads where there is one language', () => {
    const [first = [], second = []] = handedOut(new Rest(files(many('java', 64))));

    expect([first.length, second.length]).toEqual([32, 32]);
  });

  it.each([
    [0, 0, 0],
    [1, 0, 1],
    [16, 0, 1],
    [17, 0, 2],
    [500, 0, 2],
    [0, 3, 1],
    [17, 3, 2],
  ])('are work for no more threads than they fill: %i small ones and %i large ones', (small, large, threads) => {
    const both = [...files(many('go', large), 400_000), ...files(many('py', small))];

    expect(new Rest(both).threads(2)).toBe(threads);
  });
});
