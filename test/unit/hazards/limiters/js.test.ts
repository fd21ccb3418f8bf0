import { describe, expect, it } from 'vitest';
import { engine } from '../../../harness/hazardEngine';
import { judged } from '../bounds/judged';

const file = (body: string) => `import pLimit from 'p-limit';
import PQueue from 'p-queue';

export async function charge(orders) {
  ${body}
}
`;

const made = (body: string) => judged('js/misplaced-limiter', 'charge.js', file(body));
const limiter = (then: string) => made(`const limit = pLimit(4); // HERE\n${then}`);

describe('a limiter that a function of JavaScript makes for itself', () => {
  it('limits nothing where it runs one thing', async () => {
    expect(await limiter('await limit(() => pay(orders[0]));')).toBe('hazard');
    expect(await limiter('await limit(() => pay(orders[0]));\nfor (const order of orders) log(order);')).toBe('hazard');
    expect(await limiter('await limit(() => pay(orders[0]));\nlog(limit.activeCount);')).toBe('hazard');
    expect(
      await made('const queue = new PQueue({ concurrency: 4 }); // HERE\nawait queue.add(() => pay(orders[0]));'),
    ).toBe('hazard');
    const inLoop = 'for (const order of orders) {\nconst limit = pLimit(4); // HERE\nawait limit(() => pay(order));\n}';
    expect(await made(inLoop)).toBe('hazard');
  });

  it.each([
    ['two', 'await Promise.all([limit(() => pay(1)), limit(() => pay(2))]);'],
    ['those of a callback', 'await Promise.all(orders.map((order) => limit(() => pay(order))));'],
    ['the turns of a loop', 'for (const order of orders) limit(() => pay(order));'],
    ['the turns of a loop with a condition', 'while (orders.length > 0) limit(() => pay(orders.pop()));'],
    [
      'the turns of a loop that runs once at least',
      'do { limit(() => pay(orders.pop())); } while (orders.length > 0);',
    ],
    ['those of whom it is handed to', 'limit(log);\nawait run(limit);'],
    ['those who get it', 'limit(log);\nreturn { limit };'],
  ])('limits %s', async (_whom, then) => {
    expect(await limiter(then)).toMatch(/^`limit` is used by more than one task \(line \d+\)$/);
  });

  it('is none where nothing is run in it, or where it is something else', async () => {
    expect(await limiter('log(limit.activeCount);')).toBe('nothing');
    expect(await limiter('log(limit);')).toBe('nothing');
    expect(await limiter('limit.clearQueue();')).toBe('nothing');
    expect(await made('const queue = new PQueue(); // HERE\nqueue.addListener(log);\nqueue.reuse();')).toBe('nothing');
    expect(await made('this.limit = pLimit(4); // HERE\nawait limit(() => pay(1));')).toBe('nothing');
    expect(await made('const { limit } = pLimit(4); // HERE\nawait limit(() => pay(1));')).toBe('nothing');
  });

  it('is told with the function whose calls make it', async () => {
    const told = async (text: string) =>
      (await engine.scanText('javascript', text, 'charge.js', { only: ['js/misplaced-limiter'] })).hazards.map(
        ({ message, evidence }) => [message, ...evidence],
      );
    expect(await told(file('const limit = pLimit(4);\nawait limit(() => pay(orders[0]));'))).toEqual([
      [
        'Each call of `charge` makes a limiter of its own and alone uses it: it limits nothing.',
        '`pLimit(4)` on line 5 is made anew in each call of `charge`',
      ],
    ]);
    const unnamed =
      "import pLimit from 'p-limit';\n\nexport default async () => {\n  const limit = pLimit(4);\n  await limit(() => pay());\n};\n";
    expect((await told(unnamed))[0]?.[1]).toBe('`pLimit(4)` on line 4 is made anew in each call of `this function`');
  });
});
