import { describe, expect, it } from 'vitest';
import { orders, type Arrangement } from '../../../src/extension/tree/arrangement';
import type { BrokerView } from '../../../src/extension/tree/brokerRows';
import { Listing } from '../../../src/extension/tree/listing';
import { queueDescription, queueSpoken, queueTooltip, sparkline } from '../../../src/extension/tree/queueText';
import { changedRows, subjectOf, type Row } from '../../../src/extension/tree/row';
import { pageSize, treeRows } from '../../../src/extension/tree/rows';
import { queueReport, type QueueReport } from '../../../src/model/report';
import { queueReading, type BrokerError } from '../../../src/model/sweep';

const queue = (destination: string, over: Partial<QueueReport> = {}): QueueReport =>
  queueReport.parse({
    ...{ id: `b/${destination}`, broker: 'b', system: 'redis', kind: 'stream', destination, backlog: 0 },
    ...{ trend: { state: 'stable', slope: 0, confidence: 1, lane: null, since: null }, reason: '', state: 'healthy' },
    ...{ severity: 'ok', missing: {}, approximate: {}, ...over },
  });
const growing = { state: 'growing', slope: 41, confidence: 1, lane: 'fast', since: null } as const;
const broker = (...queues: QueueReport[]): BrokerView => ({
  ...{ name: 'b', origin: 'saved', paused: false, queues, shortened: null, past: () => [], detail: () => null },
  reading: {
    ...{ name: 'b', system: 'redis', url: 'redis://b', state: 'ok', error: null, pressure: [], alarms: [] },
    ...{ roundTripSeconds: null, notApplicable: [], sweep: { seconds: 0, requests: 0, bytes: 0 } },
  },
});

/** A tree that remembers, as the view's does. */
class Tree {
  arrangement: Arrangement = { order: 'worst', filter: '', hideEmpty: false, pinned: new Set() };
  readonly limits = new Map<string, number>();
  readonly opened = new Set<string>();
  readonly #listing = new Listing();

  rows(view: BrokerView): Map<string, Row> {
    return treeRows([view], [], {
      arrangement: this.arrangement,
      listing: () => this.#listing,
      limit: (parent) => this.limits.get(parent) ?? pageSize,
      opened: this.opened,
    });
  }

  labels(...queues: QueueReport[]): (string | undefined)[] {
    const rows = this.rows(broker(...queues));
    return (rows.get('broker:b')?.children ?? []).map((id) => rows.get(id)?.label);
  }
}

describe('the rows of the tree', () => {
  it('say figures as a person reads them, and the state in words where the figures do not tell it', () => {
    const described = (over: Partial<QueueReport>) => queueDescription(queue('orders', over));
    expect(described({ backlog: 12_430, growthRate: 41, ageSeconds: 312, trend: growing, state: 'growing' })).toBe(
      'growing · 12,430 ↑ 41/s · 5 m old',
    );
    expect(described({ backlog: 3, state: 'no-consumer' })).toBe('no consumer · 3');
    expect(described({ backlog: 0, ageSeconds: 9 })).toBe('0');
    expect(described({ backlog: 7, approximate: { backlog: 'upper bound' } })).toBe('≈7');
    expect(described({ backlog: null, missing: { backlog: { kind: 'none', reason: 'never committed' } } })).toBe(
      '– never committed',
    );
    expect(described({ backlog: null, missing: { backlog: { kind: 'unknown', reason: 'denied' } } })).toBe('? denied');
    expect(described({ backlog: null })).toBe('? not read');
    expect(queueSpoken(queue('orders'))).toBe('orders: healthy, 0');
    expect(queueSpoken(queue('orders', { backlog: 3, state: 'stuck' }))).toBe('orders: stuck · 3');
  });

  it('come worst first, and keep their order until a state changes', () => {
    const tree = new Tree();
    const rows = (a: Partial<QueueReport>, b: Partial<QueueReport>) => tree.labels(queue('a', a), queue('b', b));
    const warn = { severity: 'warning', state: 'growing' } as const;
    expect(rows({}, { ...warn, backlog: 5 })).toEqual(['b', 'a']);
    expect(rows({ ...warn, backlog: 1 }, { ...warn, backlog: 5 })).toEqual(['b', 'a']);
    expect(rows({ ...warn, backlog: 9 }, { ...warn, backlog: 5 })).toEqual(['b', 'a']);
    expect(rows({ ...warn, backlog: 9 }, {})).toEqual(['a', 'b']);
  });

  it('can be sorted by backlog, age, growth and name; what is not known comes last', () => {
    const tree = new Tree();
    const queues = [
      queue('c', { backlog: 9, ageSeconds: 1, growthRate: -2 }),
      queue('a', { backlog: 5, ageSeconds: 8, growthRate: 3 }),
      queue('b', { backlog: null, ageSeconds: null, growthRate: null, trend: { ...growing, slope: null } }),
    ];
    const sorted = orders.map((order) => {
      tree.arrangement = { ...tree.arrangement, order };
      return `${order}: ${tree.labels(...queues).join('')}`;
    });
    expect(sorted).toEqual(['worst: cab', 'backlog: cab', 'age: acb', 'growth: acb', 'name: abc']);
  });

  it('keep the order of a figure until one of them has changed by about 40 %', () => {
    const tree = new Tree();
    tree.arrangement = { ...tree.arrangement, order: 'backlog' };
    const rows = (a: number, b: number) => tree.labels(queue('a', { backlog: a }), queue('b', { backlog: b }));
    expect(rows(1000, 1010)).toEqual(['b', 'a']);
    expect(rows(1020, 1010)).toEqual(['b', 'a']);
    expect(rows(2000, 1010)).toEqual(['a', 'b']);
  });

  it('are filtered by any part of a name, without what is empty, the pinned ones first', () => {
    const tree = new Tree();
    const queues = [queue('orders', { backlog: 1 }), queue('Order-retry'), queue('mail', { backlog: null })];
    tree.arrangement = { ...tree.arrangement, filter: ' ORDER' };
    expect(tree.labels(...queues)).toEqual(['orders', 'Order-retry']);
    tree.arrangement = { ...tree.arrangement, hideEmpty: true };
    expect(tree.labels(...queues)).toEqual(['orders']);
    tree.arrangement = { ...tree.arrangement, filter: '' };
    expect(tree.labels(...queues), 'a backlog that is not known is not empty').toEqual(['orders', 'mail']);
    tree.arrangement = { ...tree.arrangement, hideEmpty: false, pinned: new Set(['b/mail']) };
    expect(tree.labels(...queues)[0]).toBe('mail');
    expect(tree.rows(broker(...queues)).get('queue:b/mail')).toMatchObject({
      kind: 'queue pinned',
      spoken: 'mail: healthy, ? not read, pinned',
    });
  });

  it('of a long list come two hundred at a time, and those that are not shown are not made', () => {
    const tree = new Tree();
    const queues = Array.from({ length: 5000 }, (_, n) => queue(`q${n}`));
    const rows = tree.rows(broker(...queues));
    expect(rows.size).toBe(1 + pageSize + 1);
    const more = rows.get('more:broker:b');
    expect(more).toMatchObject({
      label: '200 more …',
      description: 'of 4,800',
      command: { id: 'backpressure.showMore', argument: 'broker:b' },
    });
    tree.limits.set('broker:b', 4990);
    expect(tree.rows(broker(...queues)).get('more:broker:b')?.label).toBe('10 more …');
    tree.limits.set('broker:b', 5000);
    expect(tree.rows(broker(...queues)).has('more:broker:b')).toBe(false);
  });

  it('open to partitions, and to consumers where there are none, once they are asked for', () => {
    const tree = new Tree();
    const groups = ['x', 'y'].map((group) => queue('t', { id: `b/t/${group}`, group }));
    const partition = { start: 0, end: 9, committed: 4, backlog: 5, consumer: 'worker-1' };
    const read = queueReading.parse({
      ...groups[0],
      partitions: [
        { partition: 0, ...partition },
        { partition: 1, ...partition, committed: null, backlog: null, consumer: null },
      ],
    });
    const members = [{ id: 'm"1', client: null, host: 'h', inFlight: 3, idleSeconds: 61, prefetch: 10 }];
    const detail = (id: string) => (id === 'b/t/x' ? read : queueReading.parse({ ...groups[1], members }));
    const view = { ...broker(...groups), detail };
    expect(tree.rows(view).get('queue:b/t/x')).toMatchObject({ opens: true, children: [] });
    tree.opened.add('queue:b/t/x').add('queue:b/t/y');
    const rows = tree.rows(view);
    const below = (id: string) => rows.get(id)?.children.map((child) => rows.get(child));
    expect(below('queue:b/t/x')?.map((row) => `${row?.label}: ${row?.description}`)).toEqual([
      'partition 0: 5 · worker-1',
      'partition 1: – never committed · no consumer',
    ]);
    expect(below('queue:b/t/y')?.map((row) => `${row?.label}: ${row?.description}`)).toEqual([
      'm"1: 3 in flight · prefetch 10 · idle 1 m 1 s · h',
    ]);
    expect(subjectOf('partition:b/t/x 1')).toEqual({ queue: 'b/t/x' });
    expect(rows.get('destination:b/t')?.spoken).toBe('2 groups, worst: t › x: healthy, 0');
  });

  it('name only what changed', () => {
    const tree = new Tree();
    const rows = (...backlogs: number[]) =>
      tree.rows(broker(...backlogs.map((backlog, n) => queue(`q${n}`, { backlog }))));
    const before = rows(1, 2);
    expect(changedRows(before, rows(1, 2))).toEqual({ whole: false, ids: [] });
    expect(changedRows(before, rows(1, 3))).toEqual({ whole: false, ids: ['queue:b/q1'] });
    expect(changedRows(before, rows(1, 2, 3)).ids).toContain('broker:b');
    expect(changedRows(new Map(), before)).toEqual({ whole: true, ids: [] });
  });

  it('say what happened and what mends it where a broker cannot be read', () => {
    const view = broker();
    const { reading } = view;
    if (!reading) throw new Error('the broker was read');
    const row = (origin: BrokerView['origin'], code: BrokerError['code']) => {
      const error = { code, message: 'WRONGPASS', next: 'enter the password' };
      return new Tree().rows({ ...view, origin, reading: { ...reading, state: 'failed', error } }).get('error:b');
    };
    expect(row('saved', 'denied')).toMatchObject({
      label: 'not let in — Enter Password…',
      description: 'enter the password',
      kind: 'error saved denied',
      command: { id: 'backpressure.enterPassword', argument: 'broker:b' },
    });
    const action = (origin: BrokerView['origin'], code: BrokerError['code']) => row(origin, code)?.command?.id;
    expect(action('saved', 'tls')).toBe('backpressure.editConnection');
    expect(action('saved', 'wrong-system')).toBe('backpressure.editConnection');
    expect(action('file', 'denied')).toBe('backpressure.openPipelineFile');
    expect(action('saved', 'timeout')).toBe('backpressure.refresh');
    expect(action('saved', 'unknown')).toBe('backpressure.showLog');
  });

  it('say at the broker that its history is kept more coarsely', () => {
    const view = { ...broker(queue('orders')), shortened: '10000 queues share the memory for history' };
    const hover = (shown: BrokerView) => new Tree().rows(shown).get('broker:b')?.tooltip() ?? '';
    expect(hover(view)).toContain('10000 queues share the memory for history');
    expect(hover({ ...view, shortened: null })).not.toContain('history');
  });

  it('say that a broker is paused', () => {
    const rows = new Tree().rows({ ...broker(), paused: true });
    expect(rows.get('broker:b')).toMatchObject({ description: 'paused · 0 queues', kind: 'saved-ok-paused' });
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

  it('keep outside text from becoming markup in a hover; the only links are ours', () => {
    const hostile = '"><img src=x onerror=alert(1)> [x](command:y) **b** `c`';
    const text = queueTooltip(queue(hostile, { reason: hostile }), []);
    expect(text).not.toMatch(/<img|[^\\]\*\*b/);
    const links = [...text.matchAll(/(?<!\\)\]\((command[^)]*)\)/g)].map(([, link = '']) => link);
    expect(links.map((link) => link.replace(/\?.*/, ''))).toEqual([
      'command:backpressure.analyze',
      'command:backpressure.showChart',
    ]);
    const [argument = ''] = links.flatMap((link) => link.split('?').slice(1));
    expect(JSON.parse(decodeURIComponent(argument))).toEqual([`queue:${queue(hostile).id}`]);
  });
});
