import { describe, expect, it } from 'vitest';
import { flowAfter, mostShort, type FlowChange } from '../../../src/diagnose/flow';
import { limitAfter, nextLimit } from '../../../src/diagnose/next';
import { unused } from '../../../src/diagnose/advice/case';
import {
  queueReport,
  stageReport,
  type QueueReport,
  type Recommendation,
  type StageReport,
} from '../../../src/model/report';
import { analyzed } from '../../harness/analyzed';
import { caseOf } from '../../harness/caseOf';
import { flow } from '../../harness/observations';

interface Row {
  reads?: string[];
  writes?: string[];
  does?: number | null;
  can?: number | null;
  state?: StageReport['state'];
}
const row = (name: string, { reads = [], writes = [], does = null, can = null, state = 'busy' }: Row) =>
  stageReport.parse({
    ...{ name, state, inputRate: does, processingRate: does, serviceRate: can, utilisation: null, instances: null },
    ...{ consumes: reads, produces: writes, waitsFor: null, missing: {} },
  });
/** Queues by what arrives in them. */
function arriving(rates: Record<string, number>): QueueReport[] {
  const [any] = analyzed([flow({ destination: 'any', arrives: 1 })]).queues;
  return Object.entries(rates).map(([id, arrivalRate]) => queueReport.parse({ ...any, id, arrivalRate }));
}
const changed = (more: Partial<FlowChange> = {}): FlowChange => ({
  stage: 'a',
  capacity: Infinity,
  limit: null,
  ...more,
});

/** 100/s come and `a` does 40/s of them; then `b`, which could do 60/s. */
const slow: Row = { reads: ['in'], writes: ['mid'], does: 40, can: 40, state: 'bottleneck' };
const line = (b: Row = { can: 60 }, mid = 40, ...beside: StageReport[]) => ({
  stages: [...beside, row('a', slow), row('b', { reads: ['mid'], does: mid, ...b })],
  queues: arriving({ in: 100, mid }),
});
const demands = (report: ReturnType<typeof line>, change = changed()) =>
  Object.fromEntries(flowAfter(report, change).map(({ stage, demand }) => [stage.name, demand]));

describe('the flow after a change', () => {
  it('is what arrives, passed on as far as each stage can', () => {
    expect(demands(line())).toEqual({ a: 100, b: 100 });
    expect(demands(line(), changed({ capacity: 50 }))).toEqual({ a: 100, b: 50 });
    expect(demands(line(), changed({ limit: 30 }))).toEqual({ a: 30, b: 30 });
    expect(demands(line(), changed({ stage: 'b' }))).toEqual({ a: 100, b: 40 });
  });

  it('has as many messages for each one finished as were seen', () => {
    expect(demands(line({}, 80)).b).toBeCloseTo(200, 6);
    expect(demands(line({}, 10)).b).toBeCloseTo(25, 6);
  });

  it('keeps what a source sends, beside which a stage passes on one for one at most', () => {
    const api = row('api', { writes: ['mid'], does: 7 });
    expect(demands(line({}, 100, api)).b).toBeCloseTo(60 + 100, 6);
    expect(demands(line({}, 20, api)).b).toBeCloseTo(50, 6);
  });

  it('keeps what comes from a stage that nobody counts', () => {
    const blind = row('blind', { reads: ['far'], writes: ['mid'] });
    expect(demands(line({}, 90, blind)).b).toBeCloseTo(50 + 100, 6);
  });

  it('adds up the stages that write to one queue, and the queues that one stage reads', () => {
    const other = row('other', { reads: ['side'], writes: ['mid'], does: 20 });
    const { stages } = line({ reads: ['mid', 'own'] }, 60, other);
    expect(demands({ stages, queues: arriving({ in: 100, side: 20, mid: 60, own: 5 }) }).b).toBeCloseTo(125, 6);
  });

  it('is held by a bottleneck whose limit was not seen at what it does now, and by no other such stage', () => {
    const behind = (state: StageReport['state']) => {
      const { stages } = line({ writes: ['out'], does: 30, state });
      const queues = arriving({ in: 100, mid: 40, out: 30 });
      return demands({ stages: [...stages, row('c', { reads: ['out'], does: 30 })], queues }).c;
    };
    expect(behind('bottleneck')).toBeCloseTo(30, 6);
    expect(behind('busy')).toBeCloseTo(100, 6);
  });

  it('settles where messages come back by a queue of their own: a quarter of all that are done', () => {
    const { stages } = line({ writes: ['retry'] });
    const again = stages.map((one) => (one.name === 'a' ? { ...one, consumes: ['in', 'retry'] } : one));
    expect(demands({ stages: again, queues: arriving({ in: 100, mid: 40, retry: 10 }) }).b).toBeCloseTo(100 / 0.75, 3);
  });

  it('takes what comes back among what others send for what it is now, and not for more with every round', () => {
    const queues = arriving({ in: 110, mid: 40 });
    const { stages } = line({ writes: ['in'] });
    expect(demands({ stages, queues })).toEqual({ a: 110, b: 110 });
    expect(demands({ stages: [row('api', { writes: ['in'] }), ...stages], queues })).toMatchObject({ a: 110, b: 110 });
  });
});

describe('the next limit', () => {
  const limit = (report: ReturnType<typeof line>, more: Partial<FlowChange> = {}) => limitAfter(report, changed(more));

  it('is the stage that is most short, by more than both figures are sure of', () => {
    expect(limit(line())).toEqual({ stage: 'b', atRate: 60 });
    expect(limit(line({ can: 98 }))).toEqual({ stage: 'b', atRate: 98 });
    expect(limit(line({ can: 99 }))).toBeNull();
    const { stages, queues } = line();
    const shorter = { stages: [...stages, row('c', { reads: ['mid'], can: 50, does: 40 })], queues };
    expect(mostShort(flowAfter(shorter, changed()))?.stage.name).toBe('c');
  });

  it('is the changed stage itself while it is still too slow', () => {
    expect(limit(line(), { capacity: 50 })).toEqual({ stage: 'a', atRate: 50 });
  });

  it('is to be watched for in the nearest stage behind the change whose limit was not seen', () => {
    const far = (b: Row) => {
      const { stages } = line({ ...b, writes: ['out'] }, 40, row('before', { writes: ['in'] }));
      const last = row('c', { reads: ['out'], does: 40 });
      return { stages: [last, ...stages], queues: arriving({ in: 100, mid: 40, out: 40 }) };
    };
    expect(limit(far({}))).toEqual({ stage: 'b', atRate: null });
    expect(limit(far({ can: 500 }))).toEqual({ stage: 'c', atRate: null });
    expect(limit(line({ can: 500 }))).toBeNull();
  });

  /** Of `payments`, where far more arrives than any advice could do: told at what rate it is still the limit. */
  const stillAt = (advice: Partial<Recommendation>, told: Parameters<typeof caseOf>[0] = {}) => {
    const { trouble, figures } = caseOf(told);
    const stages = [row('payments', { reads: ['in'], does: 60, can: 60, state: 'bottleneck' })];
    const first: Recommendation = { ...unused, kind: 'scale-out', title: '', why: '', drainSeconds: 9, ...advice };
    const own = figures && { ...stages[0]!, ...figures };
    return nextLimit(trouble, first, own, { stages, queues: arriving({ in: 9_999 }) })?.atRate ?? null;
  };

  it('is reckoned with what the instances of the advice can do, as far as they find something to read', () => {
    expect(stillAt({ instances: 5 })).toBe(150);
    expect(stillAt({ instances: 5 }, { partitions: 4 })).toBe(120);
    expect(stillAt({ kind: 'add-partitions', instances: 5, partitions: 5 }, { partitions: 4 })).toBe(150);
  });

  it('is reckoned with the time that a message may take, by the instances there are', () => {
    expect(stillAt({ kind: 'optimise', targetSecondsPerMessage: 0.01 })).toBe(200);
    // One call for several does not finish one sooner.
    expect(stillAt({ kind: 'batch', targetSecondsPerMessage: 0.01 })).toBeNull();
    expect(stillAt({ kind: 'optimise', targetSecondsPerMessage: 0.01 }, { figures: null })).toBeNull();
  });

  it('moves nowhere while the advice leaves the stage too slow, or slows its producers down', () => {
    expect(stillAt({ instances: 3, drainSeconds: null })).toBeNull();
    expect(stillAt({ kind: 'add-partitions', instances: 3, drainSeconds: null })).toBe(90);
    expect(stillAt({ kind: 'limit-producer', instances: 3 })).toBeNull();
    expect(stillAt({ instances: 3 }, { trouble: { inputRate: null } })).toBeNull();
    expect(stillAt({ instances: 3 }, { trouble: { stage: null, broker: 'main' } })).toBeNull();
    const { trouble } = caseOf();
    expect(nextLimit(trouble, undefined, null, line())).toBeNull();
  });
});
