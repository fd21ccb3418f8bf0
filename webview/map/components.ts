import type { Box, Link } from './layout';

export interface Part {
  boxes: Box[];
  links: Link[];
}

/** Boxes that links connect, one way or another, apart from those they do not; in the order of their first boxes. */
export function components(boxes: readonly Box[], links: readonly Link[]): Part[] {
  const leader = new Map(boxes.map(({ id }) => [id, id]));
  const find = (id: string): string => {
    let at = id;
    for (let above = leader.get(at); above !== undefined && above !== at; above = leader.get(at)) {
      leader.set(at, leader.get(above) ?? above);
      at = above;
    }
    return at;
  };
  for (const { from, to } of links) leader.set(find(from), find(to));
  const parts = new Map<string, Part>();
  for (const box of boxes) {
    const part = parts.get(find(box.id)) ?? { boxes: [], links: [] };
    part.boxes.push(box);
    parts.set(find(box.id), part);
  }
  for (const link of links) parts.get(find(link.from))?.links.push(link);
  return [...parts.values()];
}

/** Width to height that a window has, more or less. */
const shape = 1.8;

/**
 * Places rectangles row by row, as many beside each other as make a sheet of about the shape of a window.
 * @returns the upper left corner of each, and the size of all
 */
export function shelves(sizes: readonly { width: number; height: number }[]) {
  const area = sizes.reduce((sum, { width, height }) => sum + width * height, 0);
  const room = Math.max(Math.sqrt(area * shape), ...sizes.map(({ width }) => width));
  let [x, y, rowHeight, width] = [0, 0, 0, 0];
  const corners = sizes.map((size) => {
    if (x > 0 && x + size.width > room) [x, y, rowHeight] = [0, y + rowHeight, 0];
    const corner = { x, y };
    x += size.width;
    rowHeight = Math.max(rowHeight, size.height);
    width = Math.max(width, x);
    return corner;
  });
  return { corners, width, height: y + rowHeight };
}
