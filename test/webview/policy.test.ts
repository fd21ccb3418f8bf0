import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { bottleneckReport, history } from './fixtures/report';
import { inBrowser } from './inBrowser';
import type { Opened } from './open';

inBrowser("the page's policy", (open) => {
  let opened: Opened;
  afterEach(() => opened.close());

  it.each(['page', 'chart'] as const)('lets nothing injected into the %s run or reach the network', async (bundle) => {
    opened = await open({ bundle });
    const told: string[] = [];
    const outside = createServer((request, response) => {
      told.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    const { port } = outside.address() as AddressInfo;
    if (bundle === 'page') await opened.send({ type: 'report', report: bottleneckReport, history });
    const ran = await opened.page.evaluate(async (stranger) => {
      const marks: string[] = [];
      Object.assign(window, { mark: (name: string) => marks.push(name) });
      const script = document.createElement('script');
      script.textContent = 'window.mark("inline script")';
      document.body.append(script);
      const holder = document.createElement('div');
      holder.innerHTML =
        '<img src="x" onerror="window.mark(\'handler\')"><a href="javascript:window.mark(\'link\')">a</a>';
      document.body.append(holder);
      holder.querySelector('a')?.click();
      await fetch(`${stranger}/told`).then(
        () => marks.push('fetch'),
        () => undefined,
      );
      const beacon = new Image();
      const failed = new Promise((resolve) => beacon.addEventListener('error', resolve));
      beacon.src = `${stranger}/picture`;
      await failed;
      const frame = document.createElement('iframe');
      frame.src = `${stranger}/frame`;
      document.body.append(frame);
      return marks;
    }, `http://127.0.0.1:${port}`);
    outside.closeAllConnections();
    outside.close();
    expect(ran).toEqual([]);
    expect(told).toEqual([]);
    // A frame is refused when it would load, a moment after it is there.
    const page = opened;
    const refused = async () => (await page.violations()).map((violation) => violation.split(' ')[0]);
    const directives = ['script-src-elem', 'script-src-attr', 'connect-src', 'img-src', 'frame-src'];
    await expect.poll(refused).toEqual(expect.arrayContaining(directives));
  });

  it('asks the network for nothing by itself', async () => {
    opened = await open();
    const requests: string[] = [];
    opened.page.on('request', (request) => requests.push(request.url()));
    await opened.send({ type: 'report', report: bottleneckReport, history });
    await opened.page.getByRole('button', { name: /payment-processor, stage, bottleneck/ }).click();
    expect(requests).toEqual([]);
  });
});
