import { html } from '../../model/escape';
import { count, rate } from '../../model/format';
import { queueLabel } from '../../model/identity';
import type { Edge, Report } from '../../model/report';
import { trendArrow } from './flowMap';
import { letters } from './letters';

const box = { width: 150, height: 44, gapX: 70, gapY: 18, margin: 8 };

interface Place {
  x: number;
  y: number;
}

/**
 * The pipeline as one SVG drawing, left to right: stages as boxes, queues as pills, each as far to the right as the
 * longest way to it. Self-contained; names are escaped. Empty without edges.
 */
export function svgMap(report: Report): string {
  const { edges } = report;
  if (edges.length === 0) return '';
  const places = placesOf(edges);
  const width = Math.max(...[...places.values()].map(({ x }) => x)) + box.width + box.margin;
  const height = Math.max(...[...places.values()].map(({ y }) => y)) + box.height + box.margin;
  const nodes = [...places].map(([id, place]) => node(id, place, report));
  return [
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="Flow map">`,
    ...edges.map((edge) => line(edge, places, report)),
    ...nodes,
    '</svg>',
  ].join('\n');
}

function placesOf(edges: readonly Edge[]): Map<string, Place> {
  const columnOf = new Map<string, number>();
  for (const { from, to } of edges) for (const id of [from, to]) columnOf.set(id, 0);
  const onward = withoutReturns(edges);
  // Without a way back the longest way has fewer steps than there are nodes.
  for (let round = 0; round < columnOf.size; round++) {
    for (const { from, to } of onward) {
      columnOf.set(to, Math.max(columnOf.get(to) ?? 0, (columnOf.get(from) ?? 0) + 1));
    }
  }
  const rows = new Map<number, number>();
  const places = new Map<string, Place>();
  for (const [id, column] of columnOf) {
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    places.set(id, {
      x: box.margin + column * (box.width + box.gapX),
      y: box.margin + row * (box.height + box.gapY),
    });
  }
  return places;
}

/** The edges but those that lead back to where their way has come from, as a retry topic does. */
function withoutReturns(edges: readonly Edge[]): Edge[] {
  const leaving = new Map<string, Edge[]>();
  for (const edge of edges) leaving.set(edge.from, [...(leaving.get(edge.from) ?? []), edge]);
  const reached = new Set(edges.map(({ to }) => to));
  const starts = edges.map(({ from }) => from).toSorted((a, b) => Number(reached.has(a)) - Number(reached.has(b)));
  const [done, way] = [new Set<string>(), new Set<string>()];
  const onward: Edge[] = [];
  for (const start of starts) {
    const stack: { id: string; left: Edge[] }[] = done.has(start)
      ? []
      : [{ id: start, left: leaving.get(start) ?? [] }];
    way.add(start);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const [edge, ...left] = top.left;
      if (!edge) {
        done.add(top.id);
        way.delete(top.id);
        stack.pop();
        continue;
      }
      top.left = left;
      if (way.has(edge.to)) continue;
      onward.push(edge);
      if (done.has(edge.to)) continue;
      way.add(edge.to);
      stack.push({ id: edge.to, left: leaving.get(edge.to) ?? [] });
    }
    way.delete(start);
  }
  return onward;
}

function node(id: string, { x, y }: Place, { stages, queues, bottlenecks }: Report): string {
  const stage = stages.find(({ name }) => name === id);
  const queue = queues.find((one) => one.id === id);
  const isWorst = bottlenecks.some((one) => one.stage === id);
  const kind = stage ? (isWorst ? 'stage bottleneck' : `stage ${stage.state}`) : 'queue';
  const title = queue ? queueLabel({ ...queue, group: null }) : id;
  const detail = queue
    ? `${queue.backlog === null ? '?' : count(queue.backlog)}${trendArrow(queue)}`
    : `${stage?.instances == null ? '' : `×${count(stage.instances)} `}${isWorst ? 'bottleneck' : (stage?.state ?? '')}`;
  const shape = (inset: number) =>
    `<rect x="${x + inset}" y="${y + inset}" width="${box.width - 2 * inset}" height="${box.height - 2 * inset}" rx="${stage ? 6 : box.height / 2}"/>`;
  return [
    `<g class="${kind}"><title>${html(id)}</title>${shape(0)}${isWorst ? shape(3) : ''}`,
    text(x, y + 18, title),
    `${text(x, y + 34, detail, 'detail')}</g>`,
  ].join('');
}

const text = (x: number, y: number, words: string, kind = 'name') =>
  `<text class="${kind}" x="${x + box.width / 2}" y="${y}">${html(cut(words))}</text>`;

const cut = (words: string) => {
  const seen = letters(words);
  return seen.length <= 22 ? words : `${seen.slice(0, 21).join('')}…`;
};

function line({ from, to, rate: flow }: Edge, places: Map<string, Place>, { bottlenecks }: Report): string {
  const [start, end] = [places.get(from), places.get(to)];
  if (!start || !end) return '';
  const [x1, y1, y2] = [start.x + box.width, start.y + box.height / 2, end.y + box.height / 2];
  const heavy = bottlenecks.some(({ stage }) => stage === to) ? ' class="heavy"' : '';
  // The way back swings out below, where it is told from the ways on.
  const sag = end.x <= start.x ? box.height + box.gapY : 0;
  const way = `M${x1} ${y1}C${x1 + 30} ${y1 + sag} ${end.x - 30} ${y2 + sag} ${end.x} ${y2}`;
  const label =
    flow === null
      ? ''
      : `<text class="rate" x="${(x1 + end.x) / 2}" y="${(y1 + y2) / 2 - 4}">${html(rate(flow))}</text>`;
  return `<path${heavy} d="${way}"/>${label}`;
}
