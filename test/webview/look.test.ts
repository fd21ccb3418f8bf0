import { source as axe } from 'axe-core';
import type { AxeResults } from 'axe-core';
import { expect, it } from 'vitest';
import { whatIf } from '../../src/diagnose/whatIf';
import { bottleneckReport, history } from './fixtures/report';
import { themes, type ThemeName } from './fixtures/themes';
import { inBrowser } from './inBrowser';
import type { Opened } from './open';

const report = { type: 'report', report: bottleneckReport, history } as const;
const change = { stage: 'payment-processor', instances: 10, producerLimit: null, drainSeconds: null };
const answer = { type: 'whatIf', change, result: whatIf(bottleneckReport, null, change) } as const;

/** Everything of the report in sight, the runbook too. */
const unfold = async (opened: Opened) => {
  await opened.send(answer);
  await opened.page.locator('.outcome').waitFor();
  await opened.page.locator('.runbook summary').click();
};
const live = { type: 'status', status: { phase: 'live', text: 'Live, every 5 s.', progress: null } } as const;

/** The colour of the toolkit's main button, as the browser computes it. */
const buttonColour = ({ page }: Opened) =>
  page.locator('vscode-button', { hasText: 'Analyze' }).evaluate((button) => getComputedStyle(button).backgroundColor);

const rgb = (hex: string) => `rgb(${[1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;

inBrowser("the page's looks", (open) => {
  it.each([
    ['dark', 1280],
    ['light', 1280],
    ['high-contrast', 1280],
    ['high-contrast-light', 1280],
    ['dark', 320],
    ['dark', 1600],
  ] as [ThemeName, number][])('fits its window in %s at %i pixels', async (theme, width) => {
    const opened = await open({ theme, width });
    await opened.send(report);
    await opened.send(live);
    await opened.page.getByRole('button', { name: /payment-processor, stage, bottleneck/ }).waitFor();
    await unfold(opened);
    await opened.screenshot(`${theme}-${width}`);
    const { scroll, client } = await opened.page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      client: document.documentElement.clientWidth,
    }));
    expect(scroll).toBe(client);
    expect(await opened.violations()).toEqual([]);
    await opened.close();
  });

  it.each(Object.keys(themes) as ThemeName[])('has nothing that axe objects to in %s', async (theme) => {
    const opened = await open({ theme });
    await opened.send(report);
    await opened.page.getByRole('button', { name: /payment-processor, stage, bottleneck/ }).click();
    await opened.page.getByText('Legend and keys').click();
    await unfold(opened);
    // Through the debugging protocol, which the page's policy does not bind.
    await opened.page.evaluate(axe);
    const { violations } = await opened.page.evaluate<AxeResults>('axe.run()');
    const places = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => [id, html, failureSummary]),
    );
    expect(places).toEqual([]);
    await opened.screenshot(`legend-${theme}`);
    await opened.close();
  });

  it.each(Object.keys(themes) as ThemeName[])(
    'has nothing that axe objects to before the first report, in a comparison and in a recording, in %s',
    async (theme) => {
      const opened = await open({ theme });
      const objections = async () => {
        await opened.page.evaluate(axe);
        const { violations } = await opened.page.evaluate<AxeResults>('axe.run()');
        return violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => [html, failureSummary])]);
      };
      await opened.send({ type: 'status', status: { phase: 'sampling', text: 'Reading for 9 s more', progress: 0.4 } });
      await opened.page.getByRole('progressbar').waitFor();
      expect(await objections()).toEqual([]);
      const { queues, window } = bottleneckReport;
      const at = Date.parse(window.to);
      const change = {
        at: window.to,
        queue: queues[0]!.id,
        from: 'healthy',
        to: 'growing',
        severity: 'critical',
      } as const;
      await opened.send(report);
      await opened.send({ type: 'status', status: { phase: 'replaying', text: 'From a recording.', progress: null } });
      await opened.send({
        type: 'recording',
        recording: {
          name: 'incident.jsonl',
          moments: [at - 60_000, at],
          at,
          changes: [{ ...change, reason: 'Grows.' }],
        },
      });
      const kept = [2, 1].map((id) => ({ id, at: window.to, sentence: bottleneckReport.sentence }));
      await opened.send({ type: 'reports', reports: kept });
      await opened.send({ type: 'comparison', comparison: { before: bottleneckReport, after: bottleneckReport } });
      await opened.page.getByRole('region', { name: 'Comparison of two reports' }).waitFor();
      await opened.page.getByRole('slider').waitFor();
      expect(await objections()).toEqual([]);
      await opened.screenshot(`recording-${theme}`);
      await opened.close();
    },
  );

  it('follows a change of theme, the toolkit too', async () => {
    const opened = await open({ theme: 'dark' });
    await opened.send(report);
    await expect.poll(() => buttonColour(opened)).toBe(rgb(themes.dark.colors['button-background']!));
    await opened.theme('light');
    await expect.poll(() => buttonColour(opened)).toBe(rgb(themes.light.colors['button-background']!));
    expect(await opened.page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    await opened.theme('high-contrast');
    await expect.poll(() => buttonColour(opened)).toMatch(/rgba\(0, 0, 0, 0\)|rgb\(0, 0, 0\)/);
    await opened.close();
  });

  it('has the colours of the theme when it is loaded late', async () => {
    const opened = await open({ theme: 'light', late: true });
    await opened.send(report);
    await expect.poll(() => buttonColour(opened)).toBe(rgb(themes.light.colors['button-background']!));
    expect(await opened.violations()).toEqual([]);
    await opened.close();
  });

  it('holds still for whoever asks for reduced motion', async () => {
    const opened = await open();
    await opened.page.emulateMedia({ reducedMotion: 'reduce' });
    await opened.send({ type: 'status', status: { phase: 'sampling', text: 'Measuring.', progress: null } });
    await opened.page.getByText('Measuring.').waitFor();
    expect(await opened.page.evaluate(() => document.getAnimations().length)).toBe(0);
    await opened.close();
  });
});
