import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { findChromium, startChromium } from '../harness/chromium';
import { buildPage, openPage, type Opened, type OpenOptions } from './open';

const chromium = await findChromium();

/** A suite in a real browser with the built page; skipped, with the reason in its title, where there is no browser. */
export function inBrowser(title: string, suite: (open: (options?: OpenOptions) => Promise<Opened>) => void) {
  if (!chromium.ok) {
    describe.skip(`${title} (skipped: ${chromium.reason})`, () => suite(() => Promise.reject(new Error('no browser'))));
    return;
  }
  describe(title, () => {
    let browser: Browser;
    beforeAll(async () => {
      await buildPage();
      browser = await startChromium(chromium.value);
    });
    afterAll(() => browser.close());
    suite((options) => openPage(browser, options));
  });
}
