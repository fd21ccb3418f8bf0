import { plain } from '../../src/model/escape';
import type { Edge, QueueReport, Report, Severity, StageReport } from '../../src/model/report';
import { bySeverity, queueName } from '../words';
import type { Box, Link } from './layout';

interface NodeBase extends Box {
  /** The whole name. */
  name: string;
  /** As much of the name as fits the box. */
  label: string;
  severity: Severity;
}
export type StageNode = NodeBase & { kind: 'stage'; stage: StageReport };
export type QueueNode = NodeBase & { kind: 'queue'; queue: QueueReport };
export type MapNode = StageNode | QueueNode;

export interface MapEdge extends Link {
  /** Messages per second. */
  rate: number | null;
  /** Why the rate is not known. */
  why: string | null;
  /** A blocked stage waits along this edge. */
  heavy: boolean;
}

export interface FlowGraph {
  nodes: MapNode[];
  edges: MapEdge[];
  /** Queues and stages that are left out: healthy ones without any edge, and what is beyond `limit`. */
  leftOut: number;
}

/** Width of a text in pixels as the page draws it. */
export type Measure = (text: string) => number;

export const stageId = (name: string) => `stage:${name}`;
export const queueNodeId = (id: string) => `queue:${id}`;

const stageSize = { least: 136, most: 260, height: 72 };
const queueSize = { most: 320, height: 72 };
/** The longest state line that is usual; the width of a pill must not depend on its figures. */
const longLine = 'no consumer · 59 m 59 s old';
const padding = 38;

/**
 * What the map draws of a report.
 * @param limit nodes drawn at most; the worst and what is nearest to them come first
 */
export function flowGraph(report: Report, measure: Measure, limit = 600): FlowGraph {
  const nodes = new Map<string, MapNode>();
  for (const stage of report.stages) {
    const node = stageNode(stage, report, measure);
    nodes.set(node.id, node);
  }
  for (const queue of report.queues) {
    const node = queueNode(queue, measure);
    nodes.set(node.id, node);
  }
  const queues = new Map(report.queues.map((queue) => [queue.id, queue]));
  const edges = new Map<string, MapEdge>();
  for (const edge of report.edges) {
    const [from, to] = [edge.from, edge.to].map((end) => (queues.has(end) ? queueNodeId(end) : stageId(end)));
    if (from === undefined || to === undefined || !nodes.has(from) || !nodes.has(to)) continue;
    const id = JSON.stringify([from, to]);
    edges.set(id, { id, from, to, rate: edge.rate, why: whyUnknown(edge, queues), heavy: heavy(edge, report) });
  }
  const shown = nearestToTrouble(nodes, [...edges.values()], limit);
  return {
    nodes: [...nodes.values()].filter(({ id }) => shown.has(id)),
    edges: [...edges.values()].filter(({ from, to }) => shown.has(from) && shown.has(to)),
    leftOut: nodes.size - shown.size,
  };
}

function stageNode(stage: StageReport, report: Report, measure: Measure): StageNode {
  const name = plain(stage.name);
  const { least, most, height } = stageSize;
  const width = Math.min(most, Math.max(least, Math.ceil(measure(name)) + padding));
  const severity = report.bottlenecks.find((found) => found.stage === stage.name)?.severity ?? 'ok';
  const label = shorten(name, '', width - padding, measure);
  return { kind: 'stage', id: stageId(stage.name), stage, name, label, severity, width, height };
}

function queueNode(queue: QueueReport, measure: Measure): QueueNode {
  const name = queueName(queue);
  const group = queue.group === null ? '' : ` › ${plain(queue.group)}`;
  const { most, height } = queueSize;
  const width = Math.min(most, Math.ceil(Math.max(measure(longLine), measure(name))) + padding);
  const label = shorten(name.slice(0, name.length - group.length), group, width - padding, measure);
  return { kind: 'queue', id: queueNodeId(queue.id), queue, name, label, severity: queue.severity, width, height };
}

/** Cuts the end of `text` and keeps `tail` whole; only a tail that alone is too wide is cut, at its own end. */
function shorten(text: string, tail: string, room: number, measure: Measure): string {
  if (measure(text + tail) <= room) return text + tail;
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  while (characters.length > 3) {
    characters.pop();
    const cut = `${characters.join('')}…${tail}`;
    if (measure(cut) <= room) return cut;
  }
  return tail === '' ? `${characters.join('')}…` : shorten(`${characters.join('')}…${tail}`, '', room, measure);
}

const whyUnknown = (edge: Edge, queues: ReadonlyMap<string, QueueReport>): string | null => {
  if (edge.rate !== null) return null;
  const reason =
    queues.get(edge.from)?.missing.departureRate?.reason ?? queues.get(edge.to)?.missing.arrivalRate?.reason;
  return reason ?? 'The rate of this path is not counted.';
};

/** From a blocked stage to the queue that blocks it, and on to the stage it waits for. */
function heavy(edge: Edge, report: Report): boolean {
  const blocked = report.stages.filter(({ waitsFor }) => waitsFor !== null);
  return blocked.some((stage) => {
    const out = stage.produces.filter((id) => leadsTo(id, stage, report));
    return (
      (edge.from === stage.name && out.includes(edge.to)) || (edge.to === stage.waitsFor && out.includes(edge.from))
    );
  });
}

const leadsTo = (queue: string, { waitsFor }: StageReport, report: Report) =>
  report.stages.some(
    (next) => next.consumes.includes(queue) && (next.name === waitsFor || next.waitsFor === waitsFor),
  ) || report.queues.some(({ id, broker }) => id === queue && waitsFor === `broker:${broker}`);

/** Breadth first along the edges, from the worst nodes on; healthy nodes without an edge stay out unless all are so. */
function nearestToTrouble(nodes: ReadonlyMap<string, MapNode>, edges: readonly MapEdge[], limit: number): Set<string> {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) {
    next.set(from, [...(next.get(from) ?? []), to]);
    next.set(to, [...(next.get(to) ?? []), from]);
  }
  const starts = [...nodes.values()]
    .filter(({ id, severity }) => edges.length === 0 || next.has(id) || severity !== 'ok')
    .sort(bySeverity);
  const shown = new Set<string>();
  for (const { id } of starts) {
    const waiting = [id];
    for (let at = waiting.shift(); at !== undefined && shown.size < limit; at = waiting.shift()) {
      if (shown.has(at)) continue;
      shown.add(at);
      waiting.push(...(next.get(at) ?? []));
    }
  }
  return shown;
}

/** The stage or queue behind a node id; null where the report no longer has it. */
export function flowNodeOf(report: Report, node: string) {
  const stage = report.stages.find(({ name }) => stageId(name) === node);
  if (stage) return { name: plain(stage.name), stage, queue: undefined };
  const queue = report.queues.find(({ id }) => queueNodeId(id) === node);
  return queue ? { name: queueName(queue), stage: undefined, queue } : null;
}
