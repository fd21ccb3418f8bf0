import { source as axe, type AxeResults } from 'axe-core';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChartSeries } from '../../src/protocol/chart';
import { csv } from '../../webview/chart/csv';
import { nasty } from './fixtures/report';
import { themes, type ThemeName } from './fixtures/themes';
import { inBrowser } from './inBrowser';
import type { Opened } from './open';

const start = Date.UTC(2026, 10, 21, 10);
const samples = 60;
const column = (value: (i: number) => number | null) => Array.from({ length: samples }, (_, i) => value(i));

/** An hour of a queue that begins to grow in the middle; its age could not be read at first. */
const series: ChartSeries = {
  queue: 'main/validated/payment-processor',
  name: 'validated › payment-processor',
  source: 'Read from main every 10 s while somebody looked.',
  seconds: 3600,
  spans: [3600, 86_400],
  at: column((i) => start + i * 60_000).map(Number),
  backlog: column((i) => Math.max(0, i - 30) * 1000),
  arrivals: column(() => 1050),
  departures: column((i) => (i < 30 ? 1050 : 300)),
  age: column((i) => (i < 10 ? null : i / 2)),
  missing: {},
  changes: [{ at: start + 31 * 60_000, to: 'growing', severity: 'critical', reason: '1,050/s arrive, 300/s leave.' }],
};
const message = { type: 'series', series } as const;
const chart = { bundle: 'chart' } as const;

inBrowser('the chart of a queue', (open) => {
  let opened: Opened;
  afterEach(async () => {
    expect(await opened.violations()).toEqual([]);
    await opened.close();
  });
  const plots = () => opened.page.getByRole('application');
  const value = (name: string) => opened.page.locator('.cursor div', { hasText: name }).locator('dd').innerText();

  it.each(Object.keys(themes) as ThemeName[])(
    'draws its plots and has nothing that axe objects to in %s',
    async (theme) => {
      opened = await open({ ...chart, theme });
      await opened.send(message);
      await plots().waitFor();
      expect(await opened.page.locator('.plot canvas').count()).toBe(3);
      await opened.page.getByText('The figures as a table').click();
      await opened.page.evaluate(axe);
      const { violations } = await opened.page.evaluate<AxeResults>('axe.run()');
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      await opened.screenshot(`chart-${theme}`);
    },
  );

  it('says the same to those who do not see it: a summary, the values by arrow keys, a table', async () => {
    opened = await open(chart);
    await opened.send(message);
    expect(await plots().getAttribute('aria-label')).toContain(
      'the backlog went from 0 to 29,000 in 59 m, 29,000 at most.',
    );
    expect(await value('Backlog')).toBe('29,000');
    await plots().focus();
    await opened.page.keyboard.press('Home');
    await expect.poll(() => value('Backlog')).toBe('0');
    expect(await value('Age')).toBe('?');
    await opened.page.keyboard.press('End');
    await opened.page.keyboard.press('ArrowLeft');
    await expect.poll(() => value('Backlog')).toBe('28,000');
    expect(await value('Departures')).toBe('300/s');
    await opened.page.getByText('The figures as a table').click();
    await expect.poll(() => opened.page.locator('tbody tr').count()).toBe(samples);
    expect(await opened.page.locator('tbody tr').first().innerText()).toContain('29,000');
  });

  it('zooms by keys and by dragging, and shows all again', async () => {
    opened = await open(chart);
    await opened.send(message);
    const picture = () =>
      opened.page
        .locator('.plot canvas')
        .first()
        .evaluate((c) => (c as HTMLCanvasElement).toDataURL());
    await plots().focus();
    const all = await picture();
    await opened.page.keyboard.press('+');
    await expect.poll(picture).not.toBe(all);
    await opened.page.keyboard.press('Escape');
    await expect.poll(picture).toBe(all);
    const box = (await opened.page.locator('.u-over').first().boundingBox())!;
    await opened.page.mouse.move(box.x + box.width * 0.5, box.y + 40);
    await opened.page.mouse.down();
    await opened.page.mouse.move(box.x + box.width * 0.7, box.y + 40, { steps: 4 });
    await opened.page.mouse.up();
    await opened.page.mouse.move(5, 5);
    await expect.poll(picture).not.toBe(all);
    await opened.page.getByRole('button', { name: 'All' }).click();
    await expect.poll(picture).toBe(all);
  });

  it('hands out a table and a picture, and asks for another span', async () => {
    opened = await open(chart);
    await opened.send(message);
    await opened.page.getByRole('button', { name: 'Export CSV' }).click();
    await opened.page.getByRole('button', { name: 'Export PNG' }).click();
    await opened.page.getByRole('button', { name: '24 h' }).click();
    const [, table, picture, span] = await opened.posted();
    expect(table).toEqual({ type: 'save', format: 'csv', content: csv(series) });
    const bytes = Buffer.from(picture?.type === 'save' ? picture.content : '', 'base64');
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.readUInt32BE(16), 'width').toBeGreaterThan(600);
    expect(span).toEqual({ type: 'span', seconds: 86_400 });
    expect(await opened.kept()).toEqual({ queue: series.queue, seconds: 3600 });
  });

  it('shows a name made of markup as text, and what it does not understand not at all', async () => {
    opened = await open(chart);
    await opened.send({ type: 'series', series: { ...series, name: nasty } });
    await opened.page.getByRole('heading', { name: nasty }).waitFor();
    await opened.send({ type: 'series', series: { ...series, at: 'yesterday' } });
    await opened.send({ type: 'problem', text: 'The Prometheus main does not answer.' });
    await opened.page.getByRole('alert').getByText('The Prometheus main does not answer.').waitFor();
    expect(await opened.page.locator('img').count()).toBe(0);
    expect(await opened.page.getByRole('heading', { level: 1 }).innerText()).toBe(nasty);
  });
});

describe('the table that is exported', () => {
  it('has a field for every figure, empty where nothing was read', () => {
    const [head, first] = csv(series).split('\r\n');
    expect(head).toBe('time,backlog_messages,arrivals_per_second,departures_per_second,age_seconds');
    expect(first).toBe('2026-11-21T10:00:00.000Z,0,1050,1050,');
    expect(csv(series).split('\r\n')).toHaveLength(samples + 2);
  });
});
