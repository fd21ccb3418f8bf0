import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { bottleneckReport, history, largeReport } from './fixtures/report';
import { inBrowser } from './inBrowser';

inBrowser('the live page', (open) => {
  it('changes figures in place: nodes stay where they are and keep the focus', async () => {
    const opened = await open();
    const { page } = opened;
    await opened.send({ type: 'report', report: bottleneckReport, history });
    const node = page.getByRole('button', { name: /^validated › payment-processor, queue/ });
    await node.focus();
    const places = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('.map > svg .node')].map((box) => box.getAttribute('transform')),
      );
    const before = await places();
    const [first, ...others] = bottleneckReport.queues;
    // Another order as well: what was worst is drained and stands last now.
    const later = [
      ...others,
      { ...first!, backlog: 7, growthRate: 0, ageSeconds: 3, state: 'healthy', severity: 'ok' },
    ];
    await opened.send({ type: 'report', report: { ...bottleneckReport, queues: later }, history: {} });
    await page.getByRole('button', { name: /^validated › payment-processor, queue, healthy, 7 waiting/ }).waitFor();
    expect(await places()).toEqual(before);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toContain(
      'healthy, 7 waiting',
    );
    expect(await page.evaluate(() => performance.getEntriesByName('layout').length)).toBe(1);
    await opened.close();
  });

  it('draws 500 nodes, changes only what an update changes and moves one group to zoom', async () => {
    const opened = await open();
    const { page } = opened;
    const spent = await costs(page);
    const report = largeReport(500);
    const first = await spent(async () => {
      await opened.send({ type: 'report', report, history: {} });
      await page.waitForFunction(() => document.querySelectorAll('.map > svg .node').length === 500);
    });

    const changed = await watchChanges(page);
    const queues = report.queues.map((queue, i) => (i === 7 ? { ...queue, backlog: 99 } : queue));
    const update = await spent(async () => {
      await opened.send({ type: 'report', report: { ...report, queues }, history: {} });
      await page.getByRole('button', { name: /^topic-7 › group-7, queue, healthy, 99 waiting/ }).waitFor();
    });
    expect(await changed()).toEqual([
      'topic-7 › group-7, queue, healthy, 99 waiting, oldest 0.2 s',
      'row topic-7 › group-7',
    ]);

    const scale = () => page.locator('.map > svg > g').getAttribute('transform');
    const before = await scale();
    await page.getByRole('button', { name: /^topic-7 › group-7, queue/ }).focus();
    await changed();
    const zoom = await spent(async () => {
      await page.keyboard.press('+');
      await page.waitForFunction(
        (was) => document.querySelector('.map > svg > g')?.getAttribute('transform') !== was,
        before,
      );
    });
    expect(await changed()).toEqual(['transform of the drawing']);

    const layouts = await page.evaluate(() => performance.getEntriesByName('layout').map(({ duration }) => duration));
    expect(layouts).toHaveLength(1);
    const [placing = 0] = layouts;
    console.info(
      `500 nodes, script + style + layout: first ${first} ms (placing ${Math.round(placing)} ms), update ${update} ms, zoom step ${zoom} ms`,
    );
    expect(await opened.violations()).toEqual([]);
    await opened.screenshot('500-nodes');
    await opened.close();
  });
});

/** What the browser's main thread does meanwhile, by its own books: milliseconds of script, style and layout. */
async function costs(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const sum = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics
      .filter(({ name }) => ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'].includes(name))
      .reduce((total, { value }) => total + value * 1000, 0);
  };
  return async (act: () => Promise<void>) => {
    const before = await sum();
    await act();
    return Math.round((await sum()) - before);
  };
}

/** @returns what has changed in the map and the table since the last call, each place once */
async function watchChanges(page: Page) {
  const places = await page.evaluateHandle(() => {
    const found = new Set<string>();
    const placeOf = ({ target, attributeName }: MutationRecord) => {
      const element = target instanceof Element ? target : target.parentElement;
      const node = element?.closest('.node')?.querySelector('.target')?.getAttribute('aria-label');
      if (node) return node;
      const row = element?.closest('tbody tr')?.querySelector('th')?.textContent;
      if (row) return `row ${row}`;
      return element?.matches('.map > svg > g') ? `${attributeName} of the drawing` : (element?.outerHTML ?? 'a part');
    };
    const observer = new MutationObserver((records) => records.forEach((record) => found.add(placeOf(record))));
    const options = { subtree: true, childList: true, characterData: true, attributes: true };
    for (const part of document.querySelectorAll('.map > svg, .rest-of-it')) observer.observe(part, options);
    return found;
  });
  return () =>
    places.evaluate((found) => {
      const all = [...found];
      found.clear();
      return all;
    });
}
