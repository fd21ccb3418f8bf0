import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { none, unknown } from '../../src/model/figure';
import { count } from '../../src/model/format';
import { report as schema } from '../../src/model/report';
import { flowGraph, queueNodeId, stageId } from '../../webview/map/graph';
import { layout } from '../../webview/map/layout';
import { areaPath } from '../../webview/map/sparkline';
import { centred, firstView, fit, revealed, zoomed } from '../../webview/map/view';
import { reach, walk } from '../../webview/map/walk';
import { sorted, tableRows } from '../../webview/report/rows';
import { keepUnchanged } from '../../webview/ui/stable';
import { figureText } from '../../webview/ui/figureText';
import { bottleneckReport, largeReport, nasty, queue, stage } from './fixtures/report';

const measure = (text: string) => text.length * 7;
const graph = flowGraph(bottleneckReport, measure);
const positions = layout(graph.nodes, graph.edges);
const payment = stageId('payment-processor');

describe('the graph of a report', () => {
  it('has every stage, every connected queue and every edge once', () => {
    expect(graph.nodes).toHaveLength(11);
    expect(graph.edges).toHaveLength(10);
    expect(graph.leftOut).toBe(0);
  });

  it('gives an unknown rate its reason', () => {
    const odd = graph.edges.find(({ to }) => to === queueNodeId(bottleneckReport.queues[2]!.id));
    expect(odd).toMatchObject({ rate: null, why: 'The user may not read this queue.' });
  });

  it('draws the way from a blocked stage to what it waits for heavily, and no other', () => {
    const heavy = graph.edges.filter((edge) => edge.heavy).map(({ from, to }) => [from, to]);
    const mails = queueNodeId('main/mails/mailer');
    expect(heavy).toEqual([
      [stageId('notification-sender'), mails],
      [mails, stageId('mailer')],
    ]);
  });

  it('cuts a long destination and keeps the group whole', () => {
    const long = queue({ destination: 'a-very-long-destination-name-that-fits-nowhere', group: 'billing' });
    const [node] = flowGraph(schema.parse({ ...bottleneckReport, edges: [], queues: [long] }), measure).nodes.filter(
      ({ kind }) => kind === 'queue',
    );
    expect(node?.label).toMatch(/^a-very-long.*… › billing$/);
    expect(node?.name).toBe('a-very-long-destination-name-that-fits-nowhere › billing');
  });

  it('leaves out healthy queues without a connection while others have one', () => {
    const lonely = queue({ destination: 'lonely' });
    const forgotten = queue({ destination: 'forgotten', state: 'no-consumer', severity: 'critical' });
    const report = schema.parse({ ...bottleneckReport, queues: [...bottleneckReport.queues, lonely, forgotten] });
    const { nodes, leftOut } = flowGraph(report, measure);
    expect(nodes.map(({ id }) => id)).toContain(queueNodeId(forgotten.id));
    expect(nodes.map(({ id }) => id)).not.toContain(queueNodeId(lonely.id));
    expect(leftOut).toBe(1);
  });

  it('keeps to its limit with the bottleneck and its neighbours first', () => {
    const { nodes } = flowGraph(bottleneckReport, measure, 3);
    expect(nodes).toHaveLength(3);
    expect(nodes.map(({ id }) => id)).toContain(payment);
  });
});

describe('the layout', () => {
  it('places every stage right of what it reads and no two boxes over each other', () => {
    for (const { from, to } of graph.edges)
      expect(positions.nodes.get(to)!.x).toBeGreaterThan(positions.nodes.get(from)!.x);
    const boxes = graph.nodes.map((node) => ({ ...node, ...positions.nodes.get(node.id)! }));
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1))
        expect(
          Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2,
          `${a.id} over ${b.id}`,
        ).toBe(true);
  });

  it('accepts cycles, self loops and nothing at all', () => {
    const boxes = ['a', 'b'].map((id) => ({ id, width: 100, height: 50 }));
    const links = [
      ['a', 'b'],
      ['b', 'a'],
      ['a', 'a'],
    ].map(([from = '', to = '']) => ({ id: from + to, from, to }));
    expect(layout(boxes, links).links.size).toBe(3);
    expect(layout([], [])).toMatchObject({ width: expect.any(Number) as number });
  });

  it('places what is not connected side by side, nothing over each other, in reading order', () => {
    const boxes = Array.from({ length: 60 }, (_, i) => ({ id: `b${i}`, width: 200, height: 70 }));
    const links = boxes.slice(0, 30).map(({ id }, i) => ({ id: `l${i}`, from: id, to: `b${i + 30}` }));
    const { nodes, width, height } = layout(boxes, links);
    expect(width / height).toBeGreaterThan(1);
    expect(width / height).toBeLessThan(4);
    expect([...nodes.keys()].slice(0, 4)).toEqual(['b0', 'b30', 'b1', 'b31']);
    expect(new Set([...nodes.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(60);
  });

  it('lays out 500 nodes with the ranker for large graphs', () => {
    const large = flowGraph(largeReport(500), measure);
    const before = performance.now();
    expect(layout(large.nodes, large.edges).nodes.size).toBe(500);
    console.info(`layout of 500 nodes: ${Math.round(performance.now() - before)} ms`);
  });
});

describe('the view', () => {
  const window = { width: 800, height: 300 };

  it('shows all of a drawing that fits, without magnifying it', () => {
    expect(fit({ width: 400, height: 100 }, window)).toEqual({ scale: 1, x: 200, y: 100 });
  });

  it('keeps a large drawing readable and has the focus in sight', () => {
    const at = positions.nodes.get(payment)!;
    const view = firstView(positions, { width: 320, height: 150 }, at);
    expect(view.scale).toBeGreaterThan(0.9);
    expect(at.x * view.scale + view.x).toBeGreaterThan(0);
    expect(at.x * view.scale + view.x).toBeLessThan(320);
  });

  it('leaves the place under the pointer where it is when it zooms', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(number(0.2, 2), number(-500, 500), number(0.8, 1.2), number(0, 800), (scale, x, factor, at) => {
        const before = { scale, x, y: 0 };
        const after = zoomed(before, factor, { x: at, y: 0 });
        expect((at - after.x) / after.scale).toBeCloseTo((at - x) / scale, 6);
      }),
    );
  });

  it('moves only as far as it takes to bring a box into sight', () => {
    const view = centred({ x: 400, y: 150 }, 1, window);
    expect(revealed(view, { x: 400, y: 150, width: 100, height: 60 }, window)).toEqual(view);
    expect(revealed(view, { x: 900, y: 150, width: 100, height: 60 }, window).x).toBe(-174);
  });
});

describe('walking the map', () => {
  const go = (from: string, direction: 'left' | 'right' | 'up' | 'down') =>
    walk(from, direction, graph.nodes, graph.edges, positions);

  it('goes along the edges, and stays where there is none', () => {
    expect(go(stageId('api'), 'right')).toBe(queueNodeId('main/orders/validator'));
    expect(go(queueNodeId('main/orders/validator'), 'left')).toBe(stageId('api'));
    expect(go(stageId('api'), 'left')).toBeNull();
  });

  it('lights what is before and after, but no side branches', () => {
    const lit = reach(payment, graph.edges);
    expect(lit.has(stageId('api'))).toBe(true);
    expect(lit.has(stageId('mailer'))).toBe(true);
    expect(lit.has(queueNodeId('main/audit/archiver'))).toBe(false);
  });
});

describe('an update', () => {
  const kept = () => keepUnchanged(bottleneckReport, structuredClone(bottleneckReport));

  it('that changes nothing is the same object as before', () => {
    expect(kept()).toBe(bottleneckReport);
  });

  it('keeps what did not change and equals what came', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, next) => {
        expect(keepUnchanged(before, next)).toEqual(next);
      }),
    );
    const later = structuredClone(bottleneckReport);
    later.queues[0]!.backlog = 7;
    const both = keepUnchanged(bottleneckReport, later);
    expect(both.queues[0]?.backlog).toBe(7);
    expect(both.queues[1]).toBe(bottleneckReport.queues[1]);
    expect(both.stages).toBe(bottleneckReport.stages);
  });
});

describe('figures and rows', () => {
  it('are a number, a dash or a question mark, never a zero for what is not known', () => {
    expect(figureText(0, count)).toEqual({ text: '0', why: null });
    expect(figureText(null, count, none('never committed'))).toEqual({ text: '–', why: 'never committed' });
    expect(figureText(null, count, unknown('denied'))).toEqual({ text: '?', why: 'denied' });
    expect(figureText(5, count, undefined, 'sampled')).toEqual({ text: '≈ 5', why: 'sampled' });
  });

  it('stand worst first, and what has no figure stands last in either direction', () => {
    const rows = tableRows(bottleneckReport);
    expect(rows[0]?.name).toBe('payment-processor');
    for (const descending of [true, false]) {
      const values = sorted(rows, 'backlog', descending).map(({ backlog }) => backlog.value);
      const firstNull = values.indexOf(null);
      expect(values.slice(firstNull).every((value) => value === null)).toBe(true);
    }
    expect(rows.some(({ name }) => name === nasty)).toBe(true);
  });

  it('draw a history as an area inside its box', () => {
    expect(areaPath([[0, 0]], 10, 10)).toBeNull();
    expect(
      areaPath(
        [
          [0, 0],
          [10, 50],
        ],
        20,
        10,
      ),
    ).toBe('M0 10L0.0 10.0L20.0 0.0L20 10Z');
  });

  it('count a stage that waits as one to look at', () => {
    const report = schema.parse({ ...bottleneckReport, stages: [stage({ name: 'a', state: 'blocked' })] });
    expect(tableRows(report).find(({ name }) => name === 'a')?.healthy).toBe(false);
  });
});
