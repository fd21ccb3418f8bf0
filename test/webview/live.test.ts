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

  it('draws what is seen of 500 nodes, changes only what an update changes and moves one group to zoom', async () => {
    const opened = await open();
    const { page } = opened;
    const report = largeReport(500);
    await opened.send({ type: 'report', report, history: {} });
    const node = page.getByRole('button', { name: /^stage-0, stage/ });
    await node.waitFor();
    expect(await page.locator('.map > svg .node').count()).toBeLessThan(100);

    const changed = await watchChanges(page);
    const stages = report.stages.map((stage, i) => (i === 0 ? { ...stage, processingRate: 99 } : stage));
    await opened.send({ type: 'report', report: { ...report, stages }, history: {} });
    await page.getByRole('button', { name: /^stage-0, stage.* 99\/s finished/ }).waitFor();
    const places = await changed();
    expect(places).toHaveLength(2);
    expect(places[0]).toMatch(/^stage-0, stage/);
    expect(places[1]).toBe('row stage-0');

    await node.focus();
    await changed();
    await zoom(page, '+');
    expect(await changed()).toEqual(['transform of the drawing']);
    expect(await page.evaluate(() => performance.getEntriesByName('layout').length)).toBe(1);
    expect(await opened.violations()).toEqual([]);
    await opened.screenshot('500-nodes');
    await opened.close();
  });

  it('walks to nodes that were out of sight, and shows 500 at once as outlines that can be picked', async () => {
    const opened = await open();
    const { page } = opened;
    await opened.send({ type: 'report', report: largeReport(500), history: {} });
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    await page.getByRole('button', { name: /^topic-0 › group-0, queue/ }).focus();
    for (let step = 0; step < 12; step++) {
      const before = await focused();
      await page.keyboard.press('ArrowRight');
      await expect.poll(focused).not.toBe(before);
    }
    expect(await focused()).toMatch(/^topic-6 › group-6, queue/);

    await page.keyboard.press('f');
    await page.locator('.map > svg .outlines').waitFor();
    expect(await page.locator('.map > svg .node').count()).toBeLessThan(10);
    expect(await focused()).toMatch(/^topic-6 › group-6, queue/);
    const target = page.locator('.map > svg .target');
    const box = (await target.boundingBox())!;
    await page.keyboard.press('ArrowLeft');
    await expect.poll(focused).toMatch(/^stage-5, stage/);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.getByRole('heading', { name: /^topic-6 › group-6/ }).waitFor();
    await opened.screenshot('500-nodes-fit');

    await page.keyboard.press('Escape');
    const minimap = (await page.locator('.overview svg').count()) === 0;
    expect(minimap, 'all is in sight: no overview').toBe(true);
    await opened.close();
  });

  it('has an overview of a large drawing that moves the view', async () => {
    const opened = await open();
    const { page } = opened;
    await opened.send({ type: 'report', report: largeReport(500), history: {} });
    const frame = page.locator('.overview .frame');
    await frame.waitFor();
    const before = await frame.getAttribute('x');
    const corner = (await page.locator('.overview .ground').boundingBox())!;
    await page.mouse.click(corner.x + corner.width * 0.8, corner.y + corner.height * 0.5);
    await expect.poll(() => frame.getAttribute('x')).not.toBe(before);
    expect(await page.locator('.map > svg .node').count()).toBeGreaterThan(1);
    await opened.screenshot('500-nodes-overview');
    await opened.close();
  });
});

async function zoom(page: Page, key: string) {
  const transform = () => page.locator('.map > svg > g').getAttribute('transform');
  const before = await transform();
  await page.keyboard.press(key);
  await expect.poll(transform).not.toBe(before);
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
