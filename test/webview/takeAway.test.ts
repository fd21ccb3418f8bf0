import { afterEach, describe, expect, it } from 'vitest';
import { compare } from '../../webview/report/compare';
import { bottleneckReport, healthyReport, history, nasty } from './fixtures/report';
import { inBrowser } from './inBrowser';
import type { Opened } from './open';

const report = { type: 'report', report: bottleneckReport, history } as const;
const start = Date.parse('2026-11-21T10:00:00.000Z');
const moments = Array.from({ length: 31 }, (_, i) => start + i * 2000);
const recording = { name: 'incident.jsonl', moments, at: start + 60_000, changes: bottleneckReport.timeline };

inBrowser('what a report is kept for', (open) => {
  let opened: Opened;
  afterEach(async () => {
    expect(await opened.violations()).toEqual([]);
    await opened.close();
  });
  const last = async () => (await opened.posted()).at(-1);

  it('hands out the whole map as a picture in the colours of the theme, without what only a reader needs', async () => {
    opened = await open({ width: 500 });
    await opened.send(report);
    await opened.page.getByRole('button', { name: 'Export SVG' }).click();
    await expect.poll(last).toMatchObject({ type: 'exportMap', format: 'svg' });
    const message = await last();
    const svg = message?.type === 'exportMap' ? message.content : '';
    const { names, errors, fill } = await opened.page.evaluate((text) => {
      const drawn = new DOMParser().parseFromString(text, 'image/svg+xml');
      const shape = [...drawn.querySelectorAll('rect')].find((rect) => rect.getAttribute('rx') === '10');
      return {
        names: [...drawn.querySelectorAll('text')].map(({ textContent }) => textContent),
        errors: drawn.querySelectorAll('parsererror').length,
        fill: shape?.getAttribute('fill'),
      };
    }, svg);
    expect(errors).toBe(0);
    for (const stage of bottleneckReport.stages) expect(names).toContain(stage.name);
    expect(fill).toMatch(/^rgb/);
    expect(svg).not.toMatch(/tabindex|aria-|<img|class=/);
    expect(await opened.page.locator('.picture').count()).toBe(0);

    await opened.page.getByRole('button', { name: 'Export PNG' }).click();
    await expect.poll(last).toMatchObject({ type: 'exportMap', format: 'png' });
    const picture = await last();
    const bytes = Buffer.from(picture?.type === 'exportMap' ? picture.content : '', 'base64');
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.readUInt32BE(16), 'all of it, not only what is seen').toBeGreaterThan(1500);
  });

  it('compares two of the last reports: before and after a fix', async () => {
    opened = await open();
    await opened.send(report);
    const kept = [healthyReport, bottleneckReport].map(({ sentence }, i) => ({
      ...{ id: 2 - i, at: new Date(start + (1 - i) * 600_000).toISOString(), sentence },
    }));
    await opened.send({ type: 'reports', reports: kept });
    const { page } = opened;
    await page.getByRole('checkbox', { name: /Nothing is backing up/ }).check();
    expect(await page.locator('vscode-button', { hasText: 'Compare' }).getAttribute('disabled')).not.toBeNull();
    await page.getByRole('checkbox', { name: /payment-processor is the bottleneck/ }).check();
    await page.getByRole('button', { name: 'Compare' }).click();
    expect(await last()).toEqual({ type: 'compare', before: 2, after: 1 });
    await opened.send({ type: 'comparison', comparison: { before: bottleneckReport, after: healthyReport } });
    const row = page
      .getByRole('table', { name: 'Queues and stages before and after' })
      .getByRole('row', { name: /^validated/ });
    expect(await row.innerText()).toMatch(/growing → healthy\s+85,000 → 12\s/);
    await opened.screenshot('comparison');
    await page.getByRole('button', { name: 'Close comparison' }).click();
    await row.waitFor({ state: 'detached' });
  });

  it('moves through a recording on its time line, by keys and from change to change', async () => {
    opened = await open();
    await opened.send(report);
    await opened.send({ type: 'recording', recording });
    const { page } = opened;
    const slider = page.getByRole('slider', { name: 'Moment of the recording' });
    expect(await slider.getAttribute('aria-valuetext')).toBe('10:01:00');
    await slider.press('ArrowLeft');
    expect(await last()).toEqual({ type: 'scrub', at: start + 58_000 });
    await page.getByRole('button', { name: 'Change before' }).click();
    expect(await last()).toEqual({ type: 'scrub', at: start + 20_000 });
    await opened.send({ type: 'recording', recording: { ...recording, at: start + 20_000 } });
    await page.getByRole('status').filter({ hasText: 'growing' }).waitFor();
    await opened.screenshot('recording');
    await page.getByRole('button', { name: 'Close recording' }).click();
    expect(await last()).toEqual({ type: 'closeRecording' });
    await opened.send({ type: 'recording', recording: null });
    await slider.waitFor({ state: 'detached' });
  });

  it('says how long the steps hold each other up, where that is counted', async () => {
    opened = await open();
    const [first, second] = bottleneckReport.steps;
    const steps = [
      { ...first!, sendP50: 0.2, sendP99: 5 },
      { ...second!, sendP50: null, sendP99: null },
    ];
    await opened.send({ type: 'report', report: { ...bottleneckReport, steps }, history });
    const table = opened.page.getByRole('table', { name: 'Steps that wait for each other' });
    expect(await table.getByRole('columnheader').allInnerTexts()).toEqual([
      ...['Step', 'Held up by the next', 'Holds up the last', 'Held up', 'Holds up', 'Held up, half', 'Held up, 99 %'],
    ]);
    expect(await table.getByRole('row', { name: /^parse/ }).innerText()).toMatch(/0\.2 s\s+5 s/);
    expect(await table.getByRole('row', { name: nasty }).locator('.figure').last().innerText()).toContain('–');
  });
});

describe('two reports side by side', () => {
  it('has every queue and stage of both once, what changed its state first', () => {
    const rows = compare(bottleneckReport, healthyReport);
    const ids = rows.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const all = [...bottleneckReport.queues, ...healthyReport.queues].map(({ id }) => id);
    for (const id of all) expect(ids).toContain(id);
    const [first] = rows;
    expect(first?.state.before).not.toBe(first?.state.after);
    expect(rows.find(({ name }) => name.startsWith('mails'))?.state.after).toBeNull();
  });
});
