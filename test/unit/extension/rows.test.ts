import { describe, expect, it } from 'vitest';
import { queueDescription, queueTooltip, sparkline } from '../../../src/extension/tree/queueText';
import { changedRows, treeRows, WorstFirst, type BrokerView } from '../../../src/extension/tree/rows';
import { queueReport, type QueueReport } from '../../../src/model/report';

const queue = (destination: string, over: Partial<QueueReport> = {}): QueueReport =>
  queueReport.parse({
    ...{ id: `b/${destination}`, broker: 'b', system: 'redis', kind: 'stream', destination, backlog: 0 },
    ...{ trend: { state: 'stable', slope: 0, confidence: 1, lane: null, since: null }, reason: '', state: 'healthy' },
    ...{ severity: 'ok', missing: {}, approximate: {}, ...over },
  });
const growing = { state: 'growing', slope: 41, confidence: 1, lane: 'fast', since: null } as const;
const broker = (...queues: QueueReport[]): BrokerView => ({
  ...{ name: 'b', origin: 'saved', queues, past: () => [] },
  reading: {
    ...{ name: 'b', system: 'redis', url: 'redis://b', state: 'ok', error: null, pressure: [], alarms: [] },
    ...{ roundTripSeconds: null, notApplicable: [], sweep: { seconds: 0, requests: 0, bytes: 0 } },
  },
});
const labels = (rows: ReturnType<typeof treeRows>) => rows.get('broker:b')?.children.map((id) => rows.get(id)?.label);

describe('the rows of the tree', () => {
  it('say figures as a person reads them', () => {
    const described = (over: Partial<QueueReport>) => queueDescription(queue('orders', over));
    expect(described({ backlog: 12_430, growthRate: 41, ageSeconds: 312, trend: growing })).toBe(
      '12,430 ↑ 41/s · 5 m old',
    );
    expect(described({ backlog: 0, ageSeconds: 9 })).toBe('0');
    expect(described({ backlog: 7, approximate: { backlog: 'upper bound' } })).toBe('≈7');
    expect(described({ backlog: null, missing: { backlog: { kind: 'none', reason: 'never committed' } } })).toBe(
      '– never committed',
    );
    expect(described({ backlog: null, missing: { backlog: { kind: 'unknown', reason: 'denied' } } })).toBe('? denied');
    expect(described({ backlog: null })).toBe('? not read');
  });

  it('come worst first, and keep their order until a state changes', () => {
    const order = new WorstFirst();
    const rows = (a: Partial<QueueReport>, b: Partial<QueueReport>) =>
      labels(treeRows([broker(queue('a', a), queue('b', b))], [], order));
    const warn = { severity: 'warning', state: 'growing' } as const;
    expect(rows({}, { ...warn, backlog: 5 })).toEqual(['b', 'a']);
    expect(rows({ ...warn, backlog: 1 }, { ...warn, backlog: 5 })).toEqual(['b', 'a']);
    expect(rows({ ...warn, backlog: 9 }, { ...warn, backlog: 5 })).toEqual(['b', 'a']);
    expect(rows({ ...warn, backlog: 9 }, {})).toEqual(['a', 'b']);
  });

  it('name only what changed', () => {
    const order = new WorstFirst();
    const rows = (...backlogs: number[]) =>
      treeRows([broker(...backlogs.map((backlog, n) => queue(`q${n}`, { backlog })))], [], order);
    const before = rows(1, 2);
    expect(changedRows(before, rows(1, 2))).toEqual({ whole: false, ids: [] });
    expect(changedRows(before, rows(1, 3))).toEqual({ whole: false, ids: ['queue:b/q1'] });
    expect(changedRows(before, rows(1, 2, 3)).ids).toContain('broker:b');
    expect(changedRows(new Map(), before)).toEqual({ whole: true, ids: [] });
  });

  it('say what happened and what to do where a broker cannot be read', () => {
    const failed = broker();
    const reading = failed.reading;
    if (!reading) throw new Error('the broker was read');
    const error = { code: 'denied', message: 'WRONGPASS', next: 'enter the password' } as const;
    const rows = treeRows([{ ...failed, reading: { ...reading, state: 'failed', error } }], [], new WorstFirst());
    expect(rows.get('error:b')).toMatchObject({
      label: 'not let in — Enter Password…',
      description: 'enter the password',
      command: { id: 'backpressure.editConnection', argument: 'broker:b' },
    });
  });

  it('draw the past to scale', () => {
    expect(sparkline([])).toBe('');
    expect(sparkline([[0, 5]])).toBe('');
    expect(
      sparkline([
        [0, 0],
        [1, 4],
        [2, 8],
        [3, 8],
      ]),
    ).toBe('▁▅██');
    expect(
      sparkline([
        [0, 0],
        [1, NaN],
        [2, 0],
      ]),
    ).toBe('▁▁');
  });

  it('keep outside text from becoming markup in a hover', () => {
    const hostile = '"><img src=x onerror=alert(1)> [x](command:y) **b** `c`';
    const text = queueTooltip(queue(hostile, { reason: hostile }), []);
    expect(text).not.toMatch(/<img|\]\(command|[^\\]\*\*b/);
  });
});
