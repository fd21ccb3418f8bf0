import { afterEach, expect, it } from 'vitest';
import { bottleneckReport, history } from './fixtures/report';
import { inBrowser } from './inBrowser';
import type { Opened } from './open';

const report = { type: 'report', report: bottleneckReport, history } as const;

inBrowser('the map by keyboard', (open) => {
  let opened: Opened;
  afterEach(async () => {
    expect(await opened.violations()).toEqual([]);
    await opened.close();
  });
  const focused = () => opened.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  const press = async (...keys: string[]) => {
    for (const key of keys) await opened.page.keyboard.press(key);
  };
  const details = (name: string) => opened.page.getByRole('region', { name: `Details of ${name}` });

  it('leads from the first Tab to the bottleneck, its details, along the edges and back', async () => {
    opened = await open();
    await opened.send(report);
    const { page } = opened;
    await page.getByRole('button', { name: /^payment-processor, stage, bottleneck/ }).waitFor();
    for (let i = 0; i < 10 && !(await focused()).includes(', stage,'); i++) await press('Tab');
    await press('b');
    expect(await focused()).toBe('payment-processor, stage, bottleneck, 2 instances, 300/s finished, 100 % utilised');
    await press('Enter');
    await details('payment-processor').waitFor();
    await opened.screenshot('details');
    await press('ArrowLeft');
    expect(await focused()).toBe(
      'validated › payment-processor, queue, growing, 85,000 waiting, grows by 750/s, oldest 1 m 52 s',
    );
    await details('validated › payment-processor').waitFor();
    await press('Escape');
    await details('validated › payment-processor').waitFor({ state: 'detached' });
    expect(await focused()).toContain('validated › payment-processor');
    await press('ArrowRight', 'ArrowRight', 'ArrowUp');
    expect(await focused()).not.toContain('payment-processor');
  });

  it('gives the focus back to the node when the details are closed from inside', async () => {
    opened = await open();
    await opened.send(report);
    await opened.page.getByRole('button', { name: /^payment-processor, stage/ }).focus();
    await press('Enter');
    await details('payment-processor').getByRole('button', { name: 'Close' }).focus();
    await press('Escape');
    await details('payment-processor').waitFor({ state: 'detached' });
    expect(await focused()).toContain('payment-processor, stage');
  });

  it('moves into the details when a row of the table is opened, and back to the row', async () => {
    opened = await open();
    await opened.send(report);
    const row = opened.page.getByRole('rowheader', { name: 'mails › mailer' }).getByRole('button');
    await row.press('Enter');
    await opened.page.locator('.details h2:focus', { hasText: 'mails › mailer' }).waitFor();
    await press('Escape');
    await details('mails › mailer').waitFor({ state: 'detached' });
    expect(await opened.page.evaluate(() => document.activeElement?.textContent)).toBe('mails › mailer');
  });

  it('shows all of it on F and zooms on + and -', async () => {
    opened = await open();
    await opened.send(report);
    const { page } = opened;
    const node = page.getByRole('button', { name: /^payment-processor, stage/ });
    await node.focus();
    const width = async () => (await node.boundingBox())?.width ?? 0;
    const readable = await width();
    await press('f');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.map > svg .node')].every((box) => {
        const { left, right } = box.getBoundingClientRect();
        return left >= 0 && right <= window.innerWidth;
      }),
    );
    const all = await width();
    expect(all).toBeLessThan(readable);
    await press('+');
    expect(await width()).toBeGreaterThan(all);
    await press('-', '-');
    expect(await width()).toBeLessThan(all);
  });

  it('zooms by the wheel only while the map has the focus, so that the page still scrolls', async () => {
    opened = await open();
    await opened.send(report);
    const { page } = opened;
    const node = page.getByRole('button', { name: /^payment-processor, stage/ });
    const { x = 0, y = 0, width = 0 } = (await node.boundingBox()) ?? {};
    await page.mouse.move(x + 20, y + 20);
    await page.mouse.wheel(0, 60);
    await page.waitForFunction(() => window.scrollY > 0);
    await node.focus();
    await page.mouse.wheel(0, -100);
    await expect.poll(async () => (await node.boundingBox())?.width ?? 0).toBeGreaterThan(width);
  });

  it('moves under the mouse', async () => {
    opened = await open();
    await opened.send(report);
    const { page } = opened;
    const node = page.getByRole('button', { name: /^payment-processor, stage/ });
    const before = (await node.boundingBox()) ?? { x: 0, y: 0 };
    await page.mouse.move(before.x + 20, before.y + 20);
    await page.mouse.down();
    await page.mouse.move(before.x + 90, before.y + 50, { steps: 5 });
    await page.mouse.up();
    const after = (await node.boundingBox()) ?? { x: 0, y: 0 };
    expect(after.x - before.x).toBeCloseTo(70, 0);
    expect(after.y - before.y).toBeCloseTo(30, 0);
    expect(await page.locator('.details').count()).toBe(0);
  });

  it('asks the editor to show a queue in its tree', async () => {
    opened = await open();
    await opened.send(report);
    await opened.page.getByRole('button', { name: /^mails › mailer, queue/ }).focus();
    await press('Enter');
    await opened.page.getByRole('button', { name: 'Show in tree' }).click();
    expect((await opened.posted()).at(-1)).toEqual({ type: 'reveal', queue: 'main/mails/mailer' });
  });
});
