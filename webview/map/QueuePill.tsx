import { count, duration, rate } from '../../src/model/format';
import { figureText } from '../ui/figureText';
import { growthText, stateGlyphs, stateWords } from '../words';
import type { QueueNode } from './graph';
import { areaPath } from './sparkline';

/** What a screen reader says of a queue. */
export function queueSpoken({ name, queue }: QueueNode): string {
  const { backlog, growthRate, ageSeconds, missing } = queue;
  const growth = growthText(queue) === '' || growthRate === null ? null : rate(Math.abs(growthRate));
  const said = [
    `${name}, queue, ${stateWords[queue.state]}`,
    backlog === null ? (missing.backlog?.reason ?? 'backlog unknown') : `${count(backlog)} waiting`,
    growth === null ? null : `${(growthRate ?? 0) > 0 ? 'grows' : 'falls'} by ${growth}`,
    ageSeconds === null ? null : `oldest ${duration(ageSeconds)}`,
  ];
  return said.filter((part) => part !== null).join(', ');
}

/** What the mouse is told: the whole name, the state's evidence, and why the backlog is not exact. */
export const queueHint = ({ name, queue: { reason, missing, approximate } }: QueueNode): string =>
  [name, reason, missing.backlog?.reason, approximate.backlog].filter(Boolean).join('\n');

const chart = { width: 58, height: 18 };

/** Name, backlog, trend, age, state and the last minutes as an area. Drawn around its centre. */
export function QueuePill({ node, history }: { node: QueueNode; history: readonly [number, number][] }) {
  const { queue, width, height } = node;
  const left = -width / 2;
  const top = -height / 2;
  const inner = left + 20;
  const { missing, approximate } = queue;
  const backlog = figureText(queue.backlog, count, missing.backlog, approximate.backlog);
  const age = figureText(queue.ageSeconds, (n) => `${duration(n)} old`, missing.ageSeconds, approximate.ageSeconds);
  const area = areaPath(history, chart.width, chart.height);
  return (
    <>
      <rect class="shape" x={left} y={top} width={width} height={height} rx={height / 2} />
      <text class="name" x={inner} y={top + 22}>
        {node.label}
      </text>
      <text class="figures" x={inner} y={top + 40}>
        <tspan class="backlog">{backlog.text}</tspan>
        <tspan class="growth" dx={6}>
          {growthText(queue)}
        </tspan>
      </text>
      <text class="word" x={inner} y={top + 57}>
        <tspan class="glyph">{stateGlyphs[queue.state]}</tspan>
        <tspan dx={5}>{stateWords[queue.state]}</tspan>
        {queue.ageSeconds !== null && queue.ageSeconds > 0 && <tspan class="age">{` · ${age.text}`}</tspan>}
      </text>
      {area !== null && <path class="area" transform={`translate(${-left - 24 - chart.width} ${top + 26})`} d={area} />}
    </>
  );
}
