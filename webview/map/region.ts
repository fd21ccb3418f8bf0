import { useRef } from 'preact/hooks';
import type { Point } from './layout';
import { inDrawing, type Size, type View } from './view';

/** A part of the drawing, in its own pixels. */
export interface Region {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Below this zoom no text can be read, and the drawing is outlines only. */
export const legible = 0.55;

/** How much is drawn beyond each side of the window, as a share of it: the next steps find it drawn already. */
const margin = 0.25;
/** A drawn part more than that many times as wide as what is seen of it is drawn anew. */
const mostSpare = 3;

/** What the window shows of the drawing. */
export function seen(view: View, { width, height }: Size): Region {
  const [from, to] = [inDrawing({ x: 0, y: 0 }, view), inDrawing({ x: width, y: height }, view)];
  return { left: from.x, top: from.y, right: to.x, bottom: to.y };
}

/** The part to draw: somewhat more than is seen, and the same object for as long as it will do. */
export function useRegion(view: View, size: Size): Region {
  const drawn = useRef<Region | null>(null);
  const now = seen(view, size);
  if (!drawn.current || !serves(drawn.current, now)) drawn.current = widened(now);
  return drawn.current;
}

/** Does a box lie in the region, at least in part? */
export const touches = ({ left, top, right, bottom }: Region, { x, y }: Point, { width, height }: Size): boolean =>
  x + width / 2 >= left && x - width / 2 <= right && y + height / 2 >= top && y - height / 2 <= bottom;

/** The smallest region around all of the points. */
export function around(points: readonly Point[]): Region {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/** Do two regions overlap? */
export const overlap = (a: Region, b: Region): boolean =>
  a.right >= b.left && a.left <= b.right && a.bottom >= b.top && a.top <= b.bottom;

const serves = (drawn: Region, now: Region) =>
  drawn.left <= now.left &&
  drawn.top <= now.top &&
  drawn.right >= now.right &&
  drawn.bottom >= now.bottom &&
  drawn.right - drawn.left <= mostSpare * (now.right - now.left);

function widened({ left, top, right, bottom }: Region): Region {
  const [x, y] = [(right - left) * margin, (bottom - top) * margin];
  return { left: left - x, top: top - y, right: right + x, bottom: bottom + y };
}
