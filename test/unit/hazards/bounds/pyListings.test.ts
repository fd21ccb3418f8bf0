import { describe, expect, it } from 'vitest';
import { judged } from './judged';

const indented = (text: string, by: string) => text.replace(/^(?=.)/gm, by);

describe('all elements of a listing in Python are', () => {
  const gathered = (body: string) =>
    judged(
      'py/unbounded-fanout',
      'rows.py',
      `import asyncio\n\nasync def all_of(db, pages):\n${indented(body, '    ')}\n`,
    );
  const together = 'await asyncio.gather(*[pay(row) for row in rows])  # HERE\n';

  it('many at once, wherever else pieces are cut', async () => {
    expect(await gathered(`rows = await db.fetch_all()\n${together}`)).toBe('hazard');
    expect(await gathered(`for page in pages:\n    count(page)\nrows = await db.fetch_all()\n${together}`)).toBe(
      'hazard',
    );
    expect(await gathered(`for shop in shops:\n    rows = await db.fetch_all(shop)\n    ${together}`)).toBe('hazard');
    expect(
      await gathered(`rows = await db.fetch_all()\nawait asyncio.gather(*[pay(row[1:]) for row in rows])  # HERE\n`),
    ).toBe('hazard');
    expect(
      await gathered(
        `rows = await db.fetch_all()\npaid = await asyncio.gather(*[pay(row, batch) for row in rows])  # HERE\n`,
      ),
    ).toBe('hazard');
  });

  it('as many as a piece holds', async () => {
    expect(await gathered(`for page in pages:\n    rows = await db.fetch_all(page)\n    ${together}`)).toBe(
      'pieces of a fixed size (`pages`)',
    );
    expect(
      await gathered(`for first in range(begin, 1000, 10):\n    rows = await db.fetch_all(first)\n    ${together}`),
    ).toContain('pieces of a fixed size');
  });

  it('as many as a permit lets in that each takes', async () => {
    const limited = 'async def pay(row):\n    async with slots:\n        await send(row)\n\n';
    expect(await gathered(`${limited}rows = await db.fetch_all()\n${together}`)).toContain('a permit taken at `slots`');
    const collected =
      'rows = await db.fetch_all()\ntasks = []\nfor row in rows:\n    tasks.append(pay(row))\nawait asyncio.gather(*tasks)  # HERE\n';
    expect(await gathered(`${limited}${collected}`)).toContain('a permit taken at `slots`');
    expect(await gathered(collected)).toBe('hazard');
  });

  it('as many as the permit lets in that the function inside takes, not another of its name', async () => {
    const limited = (how: string) => `async def limited(row):\n    ${how}:\n        await send(row)\n`;
    const both = (first: string, second: string) =>
      judged(
        'py/unbounded-fanout',
        'rows.py',
        `import asyncio\n\ndef sync():\n${indented(limited(first), '    ')}\nasync def all_of(db):\n${indented(`${limited(second)}rows = await db.fetch_all()\nawait asyncio.gather(*[limited(row) for row in rows])  # HERE\n`, '    ')}`,
      );
    expect(await both('async with other', 'async with slots')).toContain('a permit taken at `slots`');
    expect(await both('async with slots', 'async with other')).toBe('hazard');
  });
});
