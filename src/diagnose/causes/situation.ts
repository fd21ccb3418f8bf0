import { count, rate } from '../../model/format';
import type { BrokerReading, StageReading } from '../../model/sweep';
import type { Trouble } from '../bottleneck';
import type { QueueFacts } from '../facts';
import type { StageFigures } from '../stages';

/** What a cause is looked for in. */
export interface Situation {
  trouble: Trouble;
  /** Of its worst queue. */
  facts: QueueFacts;
  figures: StageFigures | null;
  /** As last measured, where the pipeline file names metrics. */
  metrics: StageReading | null;
  broker: BrokerReading | null;
}

/** What arrives and what waits, as evidence. */
export const flow = ({ rates, latest }: QueueFacts) => [
  ...(rates.arrival === null ? [] : [`${rate(rates.arrival)} arrive.`]),
  ...(latest.backlog === null ? [] : [`${count(latest.backlog)} wait.`]),
];
