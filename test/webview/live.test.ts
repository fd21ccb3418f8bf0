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

  it('draws 500 nodes and updates them without another layout', async () => {
    const opened = await open();
    const { page } = opened;
    const report = largeReport(500);
    await opened.send({ type: 'report', report, history: {} });
    await page.waitForFunction(() => document.querySelectorAll('.map > svg .node').length === 500, undefined, {
      timeout: 30_000,
    });
    const drawn = await page.evaluate(() => performance.getEntriesByName('layout').map(({ duration }) => duration));
    const took = await page.evaluate(
      (data) =>
        new Promise<number>((resolve) => {
          const start = performance.now();
          const observer = new MutationObserver(() => {
            observer.disconnect();
            requestAnimationFrame(() => resolve(performance.now() - start));
          });
          observer.observe(document.body, { subtree: true, characterData: true, childList: true });
          window.postMessage(data, '*');
        }),
      { type: 'report', report: { ...report, sentence: 'Still fine.' }, history: {} },
    );
    console.info(`500 nodes: layout ${drawn.map(Math.round).join()} ms, update to frame ${Math.round(took)} ms`);
    expect(drawn).toHaveLength(1);
    expect(await page.evaluate(() => performance.getEntriesByName('layout').length)).toBe(1);
    expect(await opened.violations()).toEqual([]);
    await opened.screenshot('500-nodes');
    await opened.close();
  });
});
