import { describe, expect, it } from 'vitest';
import { engine } from '../../../harness/hazardEngine';
import { judged } from './judged';

const made = (after: string, how = 'slots = asyncio.Semaphore(8)', before = '') =>
  judged(
    'py/misplaced-limiter',
    'pay.py',
    `import asyncio\nimport threading\n\n${before}async def pay(order, orders):\n    ${how}  # HERE\n${after.replace(/^(?=.)/gm, '    ')}\n`,
  );

describe('a limiter in Python that is made in each call limits nothing', () => {
  it.each([
    ['where one line of code takes a permit', 'async with slots:\n    await send(order)'],
    ['where one line of code takes and gives back', 'await slots.acquire()\nawait send(order)\nslots.release()'],
    ['where it is tried for in a condition', 'if await slots.acquire():\n    await send(order)'],
    ['inside of something else', 'async with session, slots:\n    await send(order)'],
  ])('%s', async (_sentence, after) => {
    expect(await made(after)).toBe('hazard');
  });

  it('where the loop stands around it too', async () => {
    const inLoop = 'for order in orders:\n        slots = asyncio.Semaphore(8)';
    expect(await made('    async with slots:\n        await send(order)', inLoop)).toBe('hazard');
  });
});

describe('a limiter in Python that is made in each call is shared', () => {
  it.each([
    ['by the turns of a loop', 'for each in orders:\n    async with slots:\n        await send(each)'],
    ['by the turns of an endless loop', 'while True:\n    await slots.acquire()\n    begin(order)'],
    [
      'by coroutines that are defined inside',
      'async def one(each):\n    async with slots:\n        await send(each)\nawait all_of(one)',
    ],
    ['by functions without a name', 'begin(lambda: slots.acquire())'],
    ['by the elements of a list', 'await all_of([slots.acquire() for each in orders])'],
    ['by the elements of a generator', 'await all_of(slots.acquire() for each in orders)'],
    ['by what it is handed to', 'async with slots:\n    await send(order, slots)'],
  ])('%s', async (_sentence, after) => {
    expect(await made(after)).toContain('`slots` is used by more than this line of code');
  });
});

describe('no limiter in Python', () => {
  it.each([
    ['is what nobody takes a permit of', 'print(slots)', 'slots = asyncio.Semaphore(8)'],
    [
      'is what is kept in an attribute',
      'async with self.slots:\n    await send(order)',
      'self.slots = asyncio.Semaphore(8)',
    ],
    ['is a lock', 'async with slots:\n    await send(order)', 'slots = asyncio.Lock()'],
    ['is what the program makes itself', 'async with slots:\n    await send(order)', 'slots = shop.Semaphore(8)'],
    ['is what has another name', 'async with other:\n    await send(order)', 'slots = asyncio.Semaphore(8)'],
  ])('%s', async (_sentence, after, how) => {
    expect(await made(after, how)).toBe('nothing');
  });

  it('is one whose permits were taken before it was made anew', async () => {
    expect(
      await made('print(order)', 'async with slots:\n        await send(order)\n    slots = asyncio.Semaphore(8)'),
    ).toBe('nothing');
  });

  it('is made in each call at the top of a file', async () => {
    const text =
      'import asyncio\n\nslots = asyncio.Semaphore(8)  # HERE\n\nasync def pay(order):\n    async with slots:\n        await send(order)\n';
    expect(await judged('py/misplaced-limiter', 'pay.py', text)).toBe('nothing');
  });
});

it('a limiter in Python is told by where it is made anew', async () => {
  const text =
    'import asyncio\n\nasync def pay(order):\n    slots = asyncio.Semaphore(8)\n    async with slots:\n        await send(order)\n';
  const { hazards } = await engine.scanText('python', text, 'pay.py', { only: ['py/misplaced-limiter'] });
  expect(hazards[0]?.evidence).toEqual(['`asyncio.Semaphore(8)` on line 4 is made anew in each call of `pay`']);
});
