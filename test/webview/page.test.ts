import { afterEach, expect, it } from 'vitest';
import { reportFormats } from '../../src/protocol/page';
import { bottleneckReport, healthyReport, history, nasty } from './fixtures/report';
import { inBrowser } from './inBrowser';
import type { Opened } from './open';

const report = { type: 'report', report: bottleneckReport, history } as const;

/** All but the questions of the what-if panel, which asks on its own. */
const asked = async (opened: Opened) => (await opened.posted()).filter(({ type }) => type !== 'whatIf');

inBrowser('the page', (open) => {
  let opened: Opened;
  afterEach(async () => {
    expect(await opened.violations()).toEqual([]);
    await opened.close();
  });

  it('says the answer first and then its figures, advice, causes and notes', async () => {
    opened = await open();
    await opened.send(report);
    const { page } = opened;
    await page.getByRole('heading', { level: 1, name: 'payment-processor is the bottleneck.' }).waitFor();
    const headings = await page.getByRole('heading', { level: 2 }).allTextContents();
    expect(headings).toEqual([
      'Figures',
      'What to do',
      'Why',
      'Queues and stages',
      'What changed',
      'Steps',
      'Strategies',
      'Runbook',
      'Notes',
    ]);
    const figures = await page.getByRole('table', { name: 'Figures of payment-processor' }).innerText();
    for (const figure of ['1,050/s', '300/s', '750/s', '85,000', 'never', '100 %']) expect(figures).toContain(figure);
    await page.getByText('kubectl scale deployment/payment-processor --replicas=10').waitFor();
    await page.getByText('rabbit: Wrong password. Enter the password of user app.').waitFor();
  });

  it('shows a name made of markup as text and runs none of it', async () => {
    opened = await open();
    await opened.send(report);
    await opened.page.getByRole('button', { name: `${nasty}, queue, unknown` }).waitFor();
    // Once as a queue, once as a step.
    expect(await opened.page.getByRole('rowheader', { name: nasty }).count()).toBe(2);
    expect(await opened.page.locator('img').count()).toBe(0);
  });

  it('tells zero, nothing to count and could-not-be-read apart, each with its reason', async () => {
    opened = await open();
    await opened.send(report);
    const row = (name: string) => opened.page.getByRole('row', { name }).locator('.figure').first();
    const unread = row(`${nasty} unknown`);
    await unread.waitFor();
    expect(await unread.innerText()).toContain('?');
    expect(await unread.getAttribute('title')).toBe('The user may not read this queue.');
    await opened.page.getByText('5 healthy queues and stages').click();
    const never = row('audit › archiver idle');
    expect(await never.innerText()).toContain('–');
    expect(await never.getAttribute('title')).toBe('The group has never committed.');
    await opened.page.getByText('0/s', { exact: true }).first().waitFor();
  });

  it('says of a figure that the broker never has that it is not applicable', async () => {
    opened = await open();
    await opened.send(report);
    await opened.page.getByRole('button', { name: /^validated › payment-processor, queue/ }).click();
    const inFlight = opened.page.locator('.details dl > div', { hasText: 'In flight' }).locator('.figure');
    expect(await inFlight.innerText()).toContain('–');
    expect(await inFlight.getAttribute('title')).toBe('Not applicable: Kafka has no such figure.');
  });

  it('hands out a command of the runbook and says first what a destructive one loses', async () => {
    opened = await open();
    await opened.send(report);
    const { page } = opened;
    await page.getByText('85,000 messages wait for payment-processor').click();
    const destructive = page.getByRole('listitem').filter({ hasText: 'Loses all 85,000 waiting messages' });
    await destructive.getByRole('button', { name: /^Copy kafka-consumer-groups.sh .* --execute$/ }).click();
    expect((await opened.posted()).at(-1)).toEqual({
      type: 'copyText',
      text: 'kafka-consumer-groups.sh --bootstrap-server 127.0.0.1:9092 --group payment-processor --topic validated --reset-offsets --to-latest --execute',
    });
    expect(await page.locator('.destructive').count()).toBe(1);
    await opened.screenshot('runbook');
  });

  it('shows the time that steps wait, and the best strategies before the rest', async () => {
    opened = await open();
    await opened.send(report);
    const { page } = opened;
    const steps = page.getByRole('table', { name: 'Steps that wait for each other' });
    expect(await steps.getByRole('row', { name: /^parse/ }).innerText()).toMatch(/62 %\s+0 %\s+40\/s\s+0\/s/);
    expect(await steps.getByRole('row', { name: nasty }).innerText()).toContain('?');
    await page.getByText('Rate limiting', { exact: true }).waitFor();
    expect(await page.getByText('Circuit breaker', { exact: true }).isVisible()).toBe(false);
    await page.getByText('Fit less: bounded buffer, circuit breaker').click();
    await page.getByText('rejects when full').waitFor();
  });

  it('sorts the table by a column and back', async () => {
    opened = await open();
    await opened.send(report);
    const table = opened.page.getByRole('table', { name: 'Queues and stages that need a look' });
    await table.getByRole('button', { name: 'Age', exact: true }).click();
    expect(await table.locator('tbody tr').first().innerText()).toContain('validated');
    expect(await table.getByRole('columnheader', { name: 'Age', exact: true }).getAttribute('aria-sort')).toBe(
      'descending',
    );
    await table.getByRole('button', { name: 'Age', exact: true }).click();
    expect(await table.locator('tbody tr').first().innerText()).toContain('mails');
  });

  it('says so with a figure when nothing is wrong, and draws the pipeline all the same', async () => {
    opened = await open();
    await opened.send({ type: 'report', report: healthyReport, history: {} });
    await opened.page.getByRole('heading', { name: 'Nothing is backing up.' }).waitFor();
    await opened.page.getByText('The busiest is validator at 71 %.').waitFor();
    await opened.page.getByRole('button', { name: /validator, stage, busy/ }).waitFor();
    await opened.screenshot('healthy');
  });

  it('asks the extension for what its buttons say', async () => {
    opened = await open();
    const { page } = opened;
    await opened.send(report);
    await page.getByRole('button', { name: 'Analyze' }).click();
    await page.getByRole('checkbox', { name: 'Live' }).click();
    await page.getByText('Copy or export').click();
    for (const button of [
      'Copy as Markdown',
      'Copy as HTML',
      'Copy as JSON',
      'Export Markdown',
      'Export HTML',
      'Export JSON',
    ])
      await page.getByRole('button', { name: button }).click();
    expect(await asked(opened)).toEqual([
      { type: 'ready' },
      { type: 'analyze' },
      { type: 'setLive', live: true },
      ...reportFormats.map((format) => ({ type: 'copy', format })),
      ...reportFormats.map((format) => ({ type: 'export', format })),
    ]);
  });

  it('does not answer the extension when it is the extension that turns live on', async () => {
    opened = await open();
    await opened.send(report);
    await opened.send({ type: 'status', status: { phase: 'live', text: 'Live.', progress: null } });
    await opened.page.getByRole('checkbox', { name: 'Live', checked: true }).waitFor();
    expect(await asked(opened)).toEqual([{ type: 'ready' }]);
  });

  it('ignores messages that it does not understand', async () => {
    opened = await open();
    await opened.send(report);
    await opened.send({ type: 'report', report: { version: 2 }, history: {} });
    await opened.send({ type: 'status', status: { phase: 'dancing' } });
    await opened.send({ hello: 'world' });
    await opened.send({ type: 'status', status: { phase: 'paused', text: 'Still here.', progress: null } });
    await opened.page.getByText('Still here.').waitFor();
    expect(await opened.page.getByRole('heading', { level: 1 }).innerText()).toBe(
      'payment-processor is the bottleneck.',
    );
  });

  it('comes back as it was left when the editor shows it again', async () => {
    opened = await open();
    await opened.send(report);
    await opened.page.getByRole('button', { name: /payment-processor, stage/ }).click();
    await opened.page.getByRole('region', { name: 'Details of payment-processor' }).waitFor();
    const state = await opened.kept();
    await opened.close();
    opened = await open({ state });
    await opened.send(report);
    await opened.page.getByRole('region', { name: 'Details of payment-processor' }).waitFor();
  });

  it('starts afresh from a state it cannot read', async () => {
    opened = await open({ state: { selected: 7, view: { scale: -1 }, live: 'yes' } });
    await opened.send(report);
    await opened.page.getByRole('button', { name: /payment-processor, stage/ }).waitFor();
  });
});
