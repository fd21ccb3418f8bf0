import { Graph, layout as dagre, type EdgeLabel, type GraphLabel, type NodeLabel } from '@dagrejs/dagre';
import { components, shelves, type Part } from './components';

/** Pixels at zoom 1. */
export interface Point {
  x: number;
  y: number;
}

export interface Box {
  id: string;
  width: number;
  height: number;
}

export interface Link {
  id: string;
  from: string;
  to: string;
}

export interface Positions {
  width: number;
  height: number;
  /** Centres by node id. */
  nodes: Map<string, Point>;
  /** By link id: the way of the line, and where its text stands. */
  links: Map<string, { points: Point[]; label: Point }>;
}

/** Room for a rate such as `99,999/s` beside its edge. */
const label = { width: 54, height: 18 };

/** Beyond that many boxes the compact ranker, room for texts of their own and fewest crossings take too long (500: 0.5 s). */
const carefulUpTo = 120;

/**
 * Places boxes in columns from left to right; what is not connected stands apart, in rows like text.
 * Cycles are fine; links between unknown boxes must be left out.
 * @returns nodes in reading order: one connected part after the other, each by columns from top to bottom
 */
export function layout(boxes: readonly Box[], links: readonly Link[]): Positions {
  const careful = boxes.length <= carefulUpTo;
  const parts = components(boxes, links).map((part) => layoutConnected(part, careful));
  const { corners, width, height } = shelves(parts);
  const placed: Positions = { width, height, nodes: new Map(), links: new Map() };
  parts.forEach((part, i) => {
    const corner = corners[i] ?? { x: 0, y: 0 };
    const moved = ({ x, y }: Point) => ({ x: x + corner.x, y: y + corner.y });
    const inOrder = [...part.nodes].sort(([, a], [, b]) => a.x - b.x || a.y - b.y);
    for (const [id, place] of inOrder) placed.nodes.set(id, moved(place));
    for (const [id, line] of part.links)
      placed.links.set(id, { points: line.points.map(moved), label: moved(line.label) });
  });
  return placed;
}

function layoutConnected({ boxes, links }: Part, careful: boolean): Positions {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>({ multigraph: true });
  graph.setGraph({
    rankdir: 'LR',
    nodesep: 28,
    ranksep: careful ? 28 : 28 + label.width,
    edgesep: 16,
    marginx: 16,
    marginy: 24,
    ranker: careful ? 'network-simplex' : 'tight-tree',
  });
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  for (const { id, from, to } of links) graph.setEdge(from, to, careful ? { ...label, labelpos: 'c' } : {}, id);
  dagre(graph, { disableOptimalOrderHeuristic: !careful });
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: Number.isFinite(width) ? width : 0,
    height: Number.isFinite(height) ? height : 0,
    nodes: new Map(boxes.map(({ id }) => [id, point(graph.node(id))])),
    links: new Map(
      links.map(({ id, from, to }) => {
        const edge = graph.edge(from, to, id);
        const bends = (edge.points ?? []).slice(1, -1).map(point);
        const [source, target] = [graph.node(from), graph.node(to)];
        const text = careful ? point(edge) : halfWay(side(source, target), bends[0] ?? side(target, source));
        const inner = careful ? bends.flatMap((bend) => underText(bend, text)) : bends;
        const points = [side(source, inner[0] ?? target), ...inner, side(target, inner.at(-1) ?? source)];
        return [id, { points, label: text }];
      }),
    ),
  };
}

const halfWay = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** The line runs level under its text, from its one end to the other. */
const underText = (bend: Point, text: Point): Point[] =>
  Math.abs(bend.x - text.x) > 1
    ? [bend]
    : [
        { x: text.x - label.width / 2, y: text.y },
        { x: text.x + label.width / 2, y: text.y },
      ];

/** The middle of the side that faces `other`. */
const side = ({ x = 0, y = 0, width }: NodeLabel, other: Partial<Point>): Point => ({
  x: x + ((other.x ?? 0) < x ? -width : width) / 2,
  y,
});

const point = ({ x, y }: Partial<Point>): Point => ({ x: x ?? 0, y: y ?? 0 });
