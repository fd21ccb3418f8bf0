import { memo } from '../ui/memo';
import type { MapEdge, MapNode } from './graph';
import type { Point, Positions } from './layout';

interface OutlineProps {
  nodes: readonly MapNode[];
  edges: readonly MapEdge[];
  positions: Positions;
  /** What is before and after the selected node; the rest steps back. */
  lit: ReadonlySet<string> | null;
}

/** All boxes and lines without their texts, one shape for each state: however many they are, the browser draws few. */
export const Outline = memo(function Outline({ nodes, edges, positions, lit }: OutlineProps) {
  const lines = new Map<string, string[]>();
  const boxes = new Map<string, string[]>();
  const add = (to: Map<string, string[]>, name: string, path: string) => {
    const paths = to.get(name);
    if (paths) paths.push(path);
    else to.set(name, [path]);
  };
  const back = (id: string) => (lit !== null && !lit.has(id) ? ' back' : '');
  for (const { id, heavy } of edges) {
    const line = positions.links.get(id);
    if (line) add(lines, `edge${heavy ? ' heavy' : ''}${back(id)}`, polyline(line.points));
  }
  for (const node of nodes) {
    const place = positions.nodes.get(node.id);
    const { state } = node.kind === 'stage' ? node.stage : node.queue;
    if (place) add(boxes, `node ${node.kind} ${state} ${node.severity}${back(node.id)}`, box(node, place));
  }
  return (
    <g class="outlines" aria-hidden="true">
      {[...lines].map(([name, paths]) => (
        <g key={name} class={name}>
          <path class="line" stroke-width="3" d={paths.join('')} />
        </g>
      ))}
      {[...boxes].map(([name, paths]) => (
        <g key={name} class={name}>
          <path class="shape" d={paths.join('')} />
        </g>
      ))}
    </g>
  );
});

const polyline = (points: readonly Point[]) =>
  points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${Math.round(x)} ${Math.round(y)}`).join('');

/** A rectangle with the corners of its kind. */
function box({ kind, width, height }: MapNode, { x, y }: Point): string {
  const radius = kind === 'stage' ? 10 : height / 2;
  const [across, down] = [width - 2 * radius, height - 2 * radius];
  const corner = (dx: number, dy: number) => `a${radius} ${radius} 0 0 1 ${dx * radius} ${dy * radius}`;
  const start = `M${Math.round(x - width / 2 + radius)} ${Math.round(y - height / 2)}`;
  return `${start}h${across}${corner(1, 1)}v${down}${corner(-1, 1)}h${-across}${corner(-1, -1)}v${-down}${corner(1, -1)}Z`;
}
