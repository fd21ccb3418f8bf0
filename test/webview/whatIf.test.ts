import { afterEach, beforeEach, expect, it } from 'vitest';
import { whatIf } from '../../src/diagnose/whatIf';
import type { WhatIfChange } from '../../src/model/whatIf';
import { bottleneckReport, history } from './fixtures/report';
import { inBrowser } from './inBrowser';
import type { Opened } from './open';

const report = { type: 'report', report: bottleneckReport, history } as const;
const none: WhatIfChange = { stage: 'payment-processor', instances: null, producerLimit: null, drainSeconds: null };

inBrowser('what if', (open) => {
  let opened: Opened;
  beforeEach(async () => {
    opened = await open({ width: 320 });
    await opened.send(report);
    await panel().waitFor();
  });
  afterEach(async () => {
    expect(await opened.violations()).toEqual([]);
    await opened.close();
  });
  const panel = () => opened.page.getByRole('group', { name: 'What if' });
  const instances = () => panel().getByRole('spinbutton', { name: 'Instances' });
  const outcome = () => panel().locator('.outcome');
  const announced = () => panel().getByRole('status');
  const question = async () => {
    const last = (await opened.posted()).findLast((message) => message.type === 'whatIf');
    return last?.type === 'whatIf' ? last.change : null;
  };
  /** As the extension answers, by the very function that it asks. */
  const answer = (change: WhatIfChange) =>
    opened.send({ type: 'whatIf', change, result: whatIf(bottleneckReport, null, change) });
  const answerWhenAsked = async (change: WhatIfChange) => {
    await expect.poll(question).toEqual(change);
    await answer(change);
  };

  it('starts from the first recommendation and says quietly what that does', async () => {
    await answerWhenAsked({ ...none, instances: 10 });
    await outcome().getByText('3 m 9 s', { exact: true }).waitFor();
    expect(await outcome().innerText()).toContain('70 %');
    expect(await announced().innerText()).toBe('');
  });

  it('steps the instances by key and by button, and announces what the reader asked for', async () => {
    await answerWhenAsked({ ...none, instances: 10 });
    await instances().press('ArrowUp');
    await answerWhenAsked({ ...none, instances: 11 });
    await expect.poll(() => announced().innerText()).toContain('11 instances of payment-processor can do 1,650/s');
    await panel().getByRole('button', { name: 'One instance fewer' }).press('Enter');
    await answerWhenAsked({ ...none, instances: 10 });
    await instances().fill('7');
    await answerWhenAsked({ ...none, instances: 7 });
    await outcome().getByText('never', { exact: true }).waitFor();
    await opened.screenshot('what-if-320');
  });

  it('lets the drain time decide the instances, or the producers be limited', async () => {
    await panel().getByRole('spinbutton', { name: 'or drain within' }).fill('10');
    await answerWhenAsked({ ...none, drainSeconds: 600 });
    expect(await instances().inputValue()).toBe('');
    await panel().getByRole('spinbutton', { name: 'Producers send at most' }).fill('150');
    await answerWhenAsked({ ...none, drainSeconds: 600, producerLimit: 150 });
    await expect.poll(() => announced().innerText()).toContain('150/s would arrive');
    await panel().getByRole('button', { name: 'One instance more' }).click();
    await expect.poll(question).toEqual({ ...none, instances: 3, producerLimit: 150 });
  });

  it('drops an answer to what is no longer asked', async () => {
    await answerWhenAsked({ ...none, instances: 10 });
    await outcome().getByText('70 %', { exact: true }).waitFor();
    await instances().fill('20');
    await answer({ ...none, instances: 30 });
    await answerWhenAsked({ ...none, instances: 20 });
    await outcome().getByText('35 %', { exact: true }).waitFor();
    await answer({ ...none, instances: 30 });
    await opened.send({ type: 'status', status: { phase: 'paused', text: 'Later.', progress: null } });
    await opened.page.getByText('Later.').waitFor();
    expect(await outcome().innerText()).toContain('35 %');
  });

  it('keeps what was entered when a live report comes, asks again and stays silent', async () => {
    await instances().fill('12');
    await answerWhenAsked({ ...none, instances: 12 });
    await expect.poll(() => announced().innerText()).toContain('12 instances');
    const before = (await opened.posted()).length;
    const [worst, ...others] = bottleneckReport.bottlenecks;
    const [first, ...rest] = worst!.recommendations;
    const later = { ...worst!, recommendations: [{ ...first!, title: 'Run 11 instances', instances: 11 }, ...rest] };
    await opened.send({ ...report, report: { ...bottleneckReport, bottlenecks: [later, ...others] } });
    await opened.page.getByText('Run 11 instances').waitFor();
    await expect.poll(async () => (await opened.posted()).length).toBe(before + 1);
    expect(await question()).toEqual({ ...none, instances: 12 });
    expect(await instances().inputValue()).toBe('12');
    await opened.send({
      type: 'whatIf',
      change: { ...none, instances: 12 },
      result: { ...whatIf(bottleneckReport, null, none), sentence: 'Another sentence.' },
    });
    await outcome().getByText('Another sentence.').waitFor();
    expect(await announced().innerText()).toContain('12 instances');
  });
});
