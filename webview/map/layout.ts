import { Graph, layout as dagre, type EdgeLabel, type GraphLabel, type NodeLabel } from '@dagrejs/dagre';

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

/** The compact ranker takes minutes on large graphs (references: 47 s at 800 nodes, against 1.2 s). */
const compactUpTo = 300;

/** Places boxes in columns from left to right. Cycles are fine; links between unknown boxes must be left out. */
export function layout(boxes: readonly Box[], links: readonly Link[]): Positions {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>({ multigraph: true });
  graph.setGraph({
    rankdir: 'LR',
    nodesep: 28,
    ranksep: 28,
    edgesep: 16,
    marginx: 16,
    marginy: 24,
    ranker: boxes.length <= compactUpTo ? 'network-simplex' : 'tight-tree',
  });
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  for (const { id, from, to } of links) graph.setEdge(from, to, { ...label, labelpos: 'c' }, id);
  dagre(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: Number.isFinite(width) ? width : 0,
    height: Number.isFinite(height) ? height : 0,
    nodes: new Map(boxes.map(({ id }) => [id, point(graph.node(id))])),
    links: new Map(
      links.map(({ id, from, to }) => {
        const edge = graph.edge(from, to, id);
        const text = point(edge);
        const inner = (edge.points ?? []).slice(1, -1).flatMap((bend) => underText(point(bend), text));
        const source = graph.node(from);
        const target = graph.node(to);
        const points = [side(source, inner[0] ?? target), ...inner, side(target, inner.at(-1) ?? source)];
        return [id, { points, label: text }];
      }),
    ),
  };
}

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
