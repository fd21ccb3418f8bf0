import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, startChromium } from '../harness/chromium';
import { bottleneckReport, history } from './fixtures/report';
import type { ThemeName } from './fixtures/themes';
import { buildPage, openPage } from './open';

const chromium = await findChromium();

describe.skipIf(!chromium.ok)(`the page's looks${chromium.ok ? '' : ` (skipped: ${chromium.reason})`}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    await buildPage();
    browser = await startChromium(chromium.ok ? chromium.value : '');
  });
  afterAll(() => browser.close());

  it.each([
    ['dark', 1280],
    ['light', 1280],
    ['high-contrast', 1280],
    ['dark', 320],
    ['dark', 1600],
  ] as [ThemeName, number][])('fits its window in %s at %i pixels', async (theme, width) => {
    const opened = await openPage(browser, { theme, width });
    await opened.send({ type: 'report', report: bottleneckReport, history });
    await opened.send({ type: 'status', status: { phase: 'live', text: 'Live, every 5 s.', progress: null } });
    await opened.page.getByRole('button', { name: /payment-processor, stage, bottleneck/ }).waitFor();
    await opened.screenshot(`${theme}-${width}`);
    const { scroll, client } = await opened.page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      client: document.documentElement.clientWidth,
    }));
    expect(scroll).toBe(client);
    expect(await opened.violations()).toEqual([]);
    await opened.close();
  });
});
