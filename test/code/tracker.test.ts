import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Template from '../../src/generate/code/templates/step-tracker/typescript/stepTracker';
import { stepsReads } from '../harness/drivers';
import { typescriptModule, typescriptProblems } from '../harness/typescriptModule';

interface Module {
  OrderJobs: typeof Template.StepTracker;
  OrderJobsPage: typeof Template.StepTrackerPage;
  OrderJobsLog: typeof Template.StepTrackerLog;
}
let module: Module;
let now = 0;

beforeAll(async () => {
  module = await typescriptModule<Module>('step-tracker');
});
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

const track = (recorder: Template.Recorder, worker = '') =>
  new module.OrderJobs('parse', recorder, { worker, now: () => now });
const passes = (ms: number) => {
  now += ms;
  vi.advanceTimersByTime(ms);
};
/** What the page says of a name, but for what stays at zero. */
const lines = (page: Template.StepTrackerPage, name: string) =>
  page
    .text()
    .split('\n')
    .filter((line) => line.startsWith(name) && !line.endsWith(' 0'));

describe('the step tracker in TypeScript', () => {
  it('has nothing that ESLint would say', async () => {
    vi.useRealTimers();
    expect(await typescriptProblems('step-tracker')).toEqual([]);
  });

  it('ends an episode at the retry of a held message, and at the next message', () => {
    const page = new module.OrderJobsPage();
    const tracker = track(page);
    tracker.sent();
    tracker.sendRefused();
    passes(20);
    tracker.sendRefused();
    passes(20);
    tracker.sent();
    tracker.sendRefused();
    passes(2000);
    tracker.sent();
    tracker.receiveRefused();
    passes(60_000);
    tracker.received();
    tracker.close();
    expect(lines(page, 'pipeline_sent')).toEqual(['pipeline_sent_total{step="parse"} 3']);
    expect(lines(page, 'pipeline_send_backpressure_total')).toEqual([
      'pipeline_send_backpressure_total{step="parse"} 2',
    ]);
    const send = 'pipeline_send_backpressure_duration_seconds';
    expect(lines(page, send)).toEqual([
      ...[0.1, 0.5, 1].map((bound) => `${send}_bucket{step="parse",le="${bound}"} 1`),
      ...['5', '30', '+Inf'].map((bound) => `${send}_bucket{step="parse",le="${bound}"} 2`),
      ...[`${send}_sum{step="parse"} 2.04`, `${send}_count{step="parse"} 2`],
    ]);
    expect(lines(page, 'pipeline_receive')).toEqual([
      'pipeline_received_total{step="parse"} 1',
      'pipeline_receive_backpressure_total{step="parse"} 1',
      'pipeline_receive_backpressure_duration_seconds_bucket{step="parse",le="+Inf"} 1',
      'pipeline_receive_backpressure_duration_seconds_sum{step="parse"} 60',
      'pipeline_receive_backpressure_duration_seconds_count{step="parse"} 1',
    ]);
  });

  it('does not count an episode that has not ended when it is closed', () => {
    const page = new module.OrderJobsPage();
    const tracker = track(page, 'a "b"\\\n');
    tracker.sendRefused();
    passes(3_600_000);
    tracker.close();
    expect(lines(page, 'pipeline')).toEqual([]);
    expect(page.text()).toContain('pipeline_send_backpressure_total{step="parse",worker="a \\"b\\"\\\\\\n"} 0\n');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('calls the recorder on its timer and never from the step', () => {
    const recorded: number[] = [];
    const tracker = track({ record: (_step, _worker, { sent }) => recorded.push(sent) });
    for (let message = 0; message < 1000; message++) tracker.sent();
    expect(recorded).toEqual([0]);
    passes(2000);
    tracker.sent();
    tracker.close();
    expect(recorded).toEqual([0, 1000, 0, 1]);
  });

  it('keeps workers of a step apart', () => {
    const page = new module.OrderJobsPage();
    for (const worker of ['1', '2']) {
      const tracker = track(page, worker);
      tracker.sent();
      tracker.close();
    }
    expect(lines(page, 'pipeline_sent')).toEqual([
      'pipeline_sent_total{step="parse",worker="1"} 1',
      'pipeline_sent_total{step="parse",worker="2"} 1',
    ]);
  });

  it('logs instead of exporting, where it was held up', () => {
    const written: string[] = [];
    const tracker = track(new module.OrderJobsLog((line) => written.push(line)));
    tracker.sent();
    passes(1000);
    tracker.sendRefused();
    passes(3000);
    tracker.sent();
    tracker.close();
    expect(written).toEqual([
      'step "parse" worker "": sent 1, received 0, waited 1 times for the next step (3 s), made others wait 0 times (0 s)',
    ]);
  });

  it('tells steps what it counted', async () => {
    const page = new module.OrderJobsPage();
    const tracker = track(page);
    const before = page.text();
    tracker.sendRefused();
    passes(500);
    tracker.sent();
    tracker.close();
    vi.useRealTimers();
    const { sendSeconds, episodes } = await stepsReads(before, page.text());
    expect(sendSeconds).toBeCloseTo(0.5, 6);
    expect(episodes).toBeCloseTo(1, 6);
  });
});
