import { rate as rateText } from '../../src/model/format';
import type { MapEdge } from './graph';
import type { Point } from './layout';

/** Pixels that an arrow head takes of its line. */
export const tipLength = 9;

interface EdgeLineProps {
  edge: MapEdge;
  points: readonly Point[];
  label: Point;
}

/** 1.5 px for a trickle, 2 px more for each hundredfold, 8 px at most. @param rate messages per second */
const thickness = (rate: number | null) => Math.min(8, 1.5 + Math.log10(1 + Math.max(0, rate ?? 0)));

/** A line with an arrow head whose width tells the rate, and the rate itself beside it. */
export function EdgeLine({ edge, points, label }: EdgeLineProps) {
  const { rate, why, heavy } = edge;
  const width = thickness(rate) + (heavy ? 3 : 0);
  return (
    <>
      {why !== null && <title>{why}</title>}
      <path
        class={rate === 0 ? 'line silent' : 'line'}
        d={smooth(points)}
        stroke-width={width}
        marker-end={width > 5 ? 'url(#heavy-tip)' : 'url(#tip)'}
      />
      <text class="rate" x={label.x} y={label.y - width / 2 - 4} text-anchor="middle">
        {rate === null ? '?' : rateText(rate)}
      </text>
    </>
  );
}

/** Leaves, passes and reaches every point level, so that the text above it is clear of the line; ends at the arrow head. */
function smooth(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (!first || !last) return '';
  const before = rest.at(-2) ?? first;
  const tip = { x: last.x - Math.sign(last.x - before.x) * tipLength, y: last.y };
  let { x, y } = first;
  let path = `M${x} ${y}`;
  for (const next of [...rest.slice(0, -1), tip]) {
    const middle = (x + next.x) / 2;
    path += `C${middle} ${y} ${middle} ${next.y} ${next.x} ${next.y}`;
    ({ x, y } = next);
  }
  return path;
}
