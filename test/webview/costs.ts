import type { Page } from 'playwright-core';

const parts = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'];

/** @returns measures what the browser's main thread does meanwhile, by its own books: milliseconds of script, style and layout */
export async function costs(page: Page): Promise<(act: () => Promise<unknown>) => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const sum = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.filter(({ name }) => parts.includes(name)).reduce((total, { value }) => total + value * 1000, 0);
  };
  return async (act) => {
    const before = await sum();
    await act();
    return (await sum()) - before;
  };
}

/** Lets the page draw what it was told: two frames, so that the first has been laid out. */
export const drawn = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
