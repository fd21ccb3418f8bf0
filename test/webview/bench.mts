// Measures the flow map with 500 nodes and prints the times as JSON: `npm run bench map` runs it.
import type { Page } from 'playwright-core';
import { findChromium, startChromium } from '../harness/chromium';
import { costs, drawn } from './costs';
import { largeReport } from './fixtures/report';
import { buildPage, openPage, type Opened } from './open';

const nodes = 500;
const rounds = 5;
const steps = 12;

/** Milliseconds of the browser's main thread. */
interface Times {
  first: number[];
  update: number[];
  zoom: number[];
}

const found = await findChromium();
if (!found.ok) throw new Error(found.reason);
await buildPage();
const browser = await startChromium(found.value);
const ours: Times = { first: [], update: [], zoom: [] };
const bare: Times = { first: [], update: [], zoom: [] };
try {
  for (let round = 0; round < rounds; round++) {
    for (const [measure, times] of [
      [measureMap, ours],
      [measureBare, bare],
    ] as const) {
      const opened = await openPage(browser);
      await measure(opened, times);
      await opened.close();
    }
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify({ nodes, ours, bare }));

async function measureMap(opened: Opened, times: Times): Promise<void> {
  const { page } = opened;
  const spent = await costs(page);
  const report = largeReport(nodes);
  const tell = async (backlog: number) => {
    const queues = report.queues.map((queue) => ({ ...queue, backlog }));
    await opened.send({ type: 'report', report: { ...report, queues }, history: {} });
    await page.waitForFunction(
      (text) => document.querySelector('.map > svg .backlog')?.textContent === text,
      String(backlog),
    );
    await drawn(page);
  };
  times.first.push(await spent(() => tell(7)));
  times.update.push(await spent(() => tell(8)));
  await page.locator('.map > svg .target').first().focus();
  await zoomed(page, spent, times, (step) => page.keyboard.press(step < steps / 2 ? '-' : '+'));
}

/** Zooms out until all is seen as outlines, and in again. */
async function zoomed(
  page: Page,
  spent: (act: () => Promise<unknown>) => Promise<number>,
  times: Times,
  act: (step: number) => Promise<unknown>,
): Promise<void> {
  for (let step = 0; step < steps; step++) {
    times.zoom.push(
      await spent(async () => {
        await act(step);
        await drawn(page);
      }),
    );
  }
}

async function measureBare({ page }: Opened, times: Times): Promise<void> {
  const spent = await costs(page);
  const show = async (label: string) => {
    await page.evaluate((text) => {
      const root = document.querySelector('#root');
      if (root) root.innerHTML = text;
    }, bareSvg(label));
    await drawn(page);
  };
  times.first.push(await spent(() => show('7')));
  times.update.push(await spent(() => show('8')));
  await zoomed(page, spent, times, (step) =>
    page.evaluate(
      (scale) => document.querySelector('.map g')?.setAttribute('transform', `scale(${scale})`),
      0.8 ** (step < steps / 2 ? step + 1 : steps - step - 1),
    ),
  );
}

/** Boxes with three lines of text and an edge each. */
function bareSvg(label: string): string {
  const boxes = Array.from({ length: nodes }, (_, i) => {
    const place = `translate(${(i % 25) * 320 + 160} ${Math.floor(i / 25) * 100 + 50})`;
    const text = (name: string, y: number, content: string) =>
      `<text class="${name}" x="-120" y="${y}">${content}</text>`;
    const texts = [
      text('name', -14, `topic-${i} › group-${i}`),
      text('figures', 4, label),
      text('word', 21, '✓ healthy'),
    ];
    const shape = '<rect class="shape" x="-140" y="-36" width="280" height="72" rx="36"/>';
    return `<g class="node" transform="${place}">${shape}${texts.join('')}<path class="line" d="M140 0C150 0 150 0 180 0"/></g>`;
  });
  return `<div class="map"><svg height="520"><g>${boxes.join('')}</g></svg></div>`;
}
