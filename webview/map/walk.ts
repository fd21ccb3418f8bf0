import type { Box, Link, Point, Positions } from './layout';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The node that an arrow key leads to: along an edge sideways, within the column up and down; null where there is none. */
export function walk(
  from: string,
  direction: Direction,
  boxes: readonly Box[],
  links: readonly Link[],
  positions: Positions,
): string | null {
  const here = positions.nodes.get(from);
  if (!here) return null;
  const near = (id: string) => distance(here, positions.nodes.get(id), direction);
  return reachable(from, direction, boxes, links, positions).sort((a, b) => near(a) - near(b))[0] ?? null;
}

function reachable(
  from: string,
  direction: Direction,
  boxes: readonly Box[],
  links: readonly Link[],
  { nodes }: Positions,
): string[] {
  if (direction === 'right') return links.filter((link) => link.from === from && link.to !== from).map(({ to }) => to);
  if (direction === 'left')
    return links.filter((link) => link.to === from && link.from !== from).map((link) => link.from);
  return boxes.map(({ id }) => id).filter((id) => beyond(nodes.get(from), nodes.get(id), direction));
}

const beyond = (here: Point | undefined, there: Point | undefined, direction: 'up' | 'down') =>
  here !== undefined && there !== undefined && (direction === 'up' ? there.y < here.y - 1 : there.y > here.y + 1);

/** Going up or down, a node of the same column is nearer than one of the next. */
function distance(here: Point, there: Point | undefined, direction: Direction): number {
  if (!there) return Infinity;
  const vertical = direction === 'up' || direction === 'down';
  return Math.abs(there.y - here.y) + Math.abs(there.x - here.x) * (vertical ? 3 : 0);
}

/** Everything upstream and downstream of a node, itself included, and the links between. */
export function reach(from: string, links: readonly Link[]): Set<string> {
  const found = new Set<string>();
  for (const [start, end] of [
    ['from', 'to'],
    ['to', 'from'],
  ] as const) {
    const passed = new Set([from]);
    for (const at of passed)
      for (const link of links)
        if (link[start] === at) {
          found.add(link.id);
          passed.add(link[end]);
        }
    for (const id of passed) found.add(id);
  }
  return found;
}
