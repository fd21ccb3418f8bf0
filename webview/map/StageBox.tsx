import { percent, plural, rate } from '../../src/model/format';
import { figureText } from '../ui/figureText';
import { stateWords } from '../words';
import type { StageNode } from './graph';

/** What a screen reader says of a stage. */
export function stageSpoken({ name, stage }: StageNode): string {
  const { instances, processingRate, utilisation, missing } = stage;
  const said = [
    `${name}, stage, ${stateWords[stage.state]}`,
    instances === null ? null : plural(instances, 'instance'),
    processingRate === null
      ? (missing.processingRate?.reason ?? 'finished per second unknown')
      : `${rate(processingRate)} finished`,
    utilisation === null ? null : `${percent(utilisation)} utilised`,
    stage.waitsFor === null ? null : `waits for ${stage.waitsFor}`,
  ];
  return said.filter((part) => part !== null).join(', ');
}

/** What the mouse is told: the whole name, and why figures are missing. */
export const stageHint = ({ name, stage: { missing, instances, processingRate } }: StageNode): string =>
  [name, instances === null && missing.instances?.reason, processingRate === null && missing.processingRate?.reason]
    .filter(Boolean)
    .join('\n');

/** Name, instances, finished per second, state and a thin bar of utilisation. Drawn around its centre. */
export function StageBox({ node }: { node: StageNode }) {
  const { stage, width, height } = node;
  const left = -width / 2;
  const top = -height / 2;
  const instances = figureText(stage.instances, (n) => `×${n}`, stage.missing.instances);
  const finished = figureText(stage.processingRate, rate, stage.missing.processingRate);
  const share = Math.min(1, Math.max(0, stage.utilisation ?? 0));
  const inner = left + 14;
  const bar = width - 28;
  return (
    <>
      <rect class="shape" x={left} y={top} width={width} height={height} rx={10} />
      {stage.state === 'bottleneck' && (
        <rect class="outline" x={left + 4} y={top + 4} width={width - 8} height={height - 8} rx={7} />
      )}
      {stage.state === 'blocked' && (
        <rect class="hatch" x={left} y={top} width={width} height={height} rx={10} fill="url(#blocked)" />
      )}
      <text class="name" x={inner} y={top + 22}>
        {node.label}
      </text>
      <text class="figures" x={inner} y={top + 40}>
        {instances.text === '–' ? finished.text : `${instances.text} · ${finished.text}`}
      </text>
      <text class="word" x={inner} y={top + 56}>
        {stateWords[stage.state]}
      </text>
      <text class="figures" x={inner + bar} y={top + 56} text-anchor="end">
        {stage.utilisation === null ? '' : percent(stage.utilisation)}
      </text>
      <rect class="track" x={inner} y={top + 62} width={bar} height={3} rx={1.5} />
      {share > 0 && <rect class="used" x={inner} y={top + 62} width={bar * share} height={3} rx={1.5} />}
    </>
  );
}
