import { rate as rateText } from '../../src/model/format';
import type { MapEdge } from './graph';
import type { Point } from './layout';

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
        marker-end="url(#tip)"
      />
      <text class="rate" x={label.x} y={label.y - width / 2 - 4} text-anchor="middle">
        {rate === null ? '?' : rateText(rate)}
      </text>
    </>
  );
}

/** Through the middle between each two points, so that bends are round. */
function smooth(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.pop();
  if (!first || !last) return '';
  const bends = rest.map((bend, i) => {
    const next = rest[i + 1] ?? last;
    const end = i === rest.length - 1 ? last : { x: (bend.x + next.x) / 2, y: (bend.y + next.y) / 2 };
    return `Q${bend.x} ${bend.y} ${end.x} ${end.y}`;
  });
  return `M${first.x} ${first.y}${bends.length > 0 ? bends.join('') : `L${last.x} ${last.y}`}`;
}
