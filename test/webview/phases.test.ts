import { expect, it } from 'vitest';
import type { PageStatus } from '../../src/protocol/page';
import { bottleneckReport, history } from './fixtures/report';
import { inBrowser } from './inBrowser';

const phases: [PageStatus, heading: string][] = [
  [{ phase: 'sampling', text: '12 of 41 samples, 14 s left.', progress: 0.3 }, 'Measuring the pipeline'],
  [{ phase: 'live', text: 'Live, every 5 s.', progress: null }, 'Waiting for the first figures'],
  [{ phase: 'paused', text: 'Paused by you.', progress: null }, 'Paused'],
  [
    { phase: 'failed', text: 'kafka refused the connection. Check the address.', progress: null },
    'Nothing could be measured',
  ],
  [
    { phase: 'empty', text: 'No broker is connected. Add a connection or start the demo.', progress: null },
    'Nothing to show yet',
  ],
];

inBrowser("the page's phases", (open) => {
  it.each(phases)(
    'has a picture, a heading and a sentence before the first report: $phase',
    async (status, heading) => {
      const opened = await open({ width: 640 });
      const { page } = opened;
      await opened.send({ type: 'status', status });
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await page
        .getByRole(status.phase === 'failed' ? 'alert' : 'status')
        .getByText(status.text)
        .waitFor();
      expect(await page.locator('.placeholder svg').isVisible()).toBe(true);
      await opened.screenshot(`phase-${status.phase}`);
      expect(await opened.violations()).toEqual([]);
      await opened.close();
    },
  );

  it('says what its mark means also where the extension said nothing', async () => {
    const opened = await open();
    await opened.send({ type: 'report', report: bottleneckReport, history });
    await opened.send({ type: 'status', status: { phase: 'live', text: '', progress: null } });
    await opened.page.getByRole('status').getByText('Live.').waitFor();
    await opened.close();
  });

  it('shows how far the sampling is and lets it be cancelled', async () => {
    const opened = await open();
    const { page } = opened;
    await opened.send({ type: 'report', report: bottleneckReport, history });
    await opened.send({ type: 'status', status: phases[0]![0] });
    await page.getByRole('progressbar', { name: 'Sampling' }).waitFor();
    expect(await page.getByRole('progressbar').evaluate((bar: HTMLProgressElement) => bar.value)).toBe(0.3);
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect((await opened.posted()).at(-1)).toEqual({ type: 'cancel' });
    await opened.close();
  });

  it('keeps the last report in sight when a later measurement fails', async () => {
    const opened = await open();
    const { page } = opened;
    await opened.send({ type: 'report', report: bottleneckReport, history });
    await opened.send({ type: 'status', status: phases[3]![0] });
    await page.getByRole('alert').getByText('kafka refused the connection').waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await page.getByRole('heading', { level: 1, name: 'payment-processor is the bottleneck.' }).waitFor();
    await opened.close();
  });
});
