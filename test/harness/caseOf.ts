import type { Case } from '../../src/diagnose/advice/case';
import { queueFacts } from '../../src/diagnose/facts';
import { reportQueue } from '../../src/diagnose/queues';
import type { StageFigures } from '../../src/diagnose/stages';
import { defaultObjectives, type Stage } from '../../src/model/pipeline';
import type { BrokerReading, QueueReading } from '../../src/model/sweep';
import { broker, flow, ref, stage, watched } from './observations';

interface Told {
  trouble?: Partial<Case['trouble']>;
  figures?: Partial<StageFigures> | null;
  /** Null: there is no pipeline file. */
  file?: Partial<Stage> | null;
  reading?: Partial<QueueReading>;
  brokerIs?: Partial<BrokerReading>;
  /** So many, of which nothing but their number matters. */
  partitions?: number;
  /** Messages per second out of the first of four partitions, into which 40/s come; the others do their 20/s. */
  hot?: number;
}

export const objectives = { ...defaultObjectives, drainSeconds: 300, utilisation: 0.7, maxAgeSeconds: 60 };

/** What advice is made from: two instances do 30/s each of the 100/s that arrive, and 2,400 wait: 100/0.7 = 142.9/s are needed. */
export function caseOf({ trouble, figures = {}, file, reading, brokerIs, partitions = 0, hot }: Told = {}): Case {
  const queue = flow({ destination: 'a', arrives: 100, finishes: 60, consumers: 2, ...(reading && { reading }) });
  const partition = (seconds: number, index: number) => {
    const [end, committed] = [(index === 0 ? 40 : 20) * seconds, (index === 0 ? (hot ?? 0) : 20) * seconds];
    return { partition: index, start: 0, end, committed, backlog: end - committed, consumer: null };
  };
  const still = { start: 0, end: 0, committed: 0, backlog: 0, consumer: null };
  const rows = (seconds: number) =>
    hot === undefined
      ? Array.from({ length: partitions }, (_, index) => ({ ...still, partition: index }))
      : [0, 1, 2, 3].map((index) => partition(seconds, index));
  const { queues, to } = watched([
    (now) => ({ ...queue(now)!, ...((hot !== undefined || partitions > 0) && { partitions: rows(now) }) }),
  ]);
  const facts = queueFacts(queues[0]!, to, null);
  const report = reportQueue(facts, { objectives, now: to });
  const node = { facts, report, readers: [], writers: [] };
  const known = { serviceRate: 60, instances: 2, utilisation: null, inputRate: 100, processingRate: 60, missing: {} };
  const elsewhere = { url: 'kafka://10.0.0.9:9092', roundTripSeconds: 9, pressure: ['somebody else'] };
  return {
    trouble: {
      stage: {
        name: 'payments',
        file: file === null ? null : stage('payments', [ref('a')], [], file),
        inputs: [node],
        outputs: [],
      },
      ...{ broker: null, queue: node, inputRate: 100, processingRate: 60, deficit: 40, backlog: 2400 },
      ...{ severity: 'warning', confidence: 1, chain: [], ...trouble },
    },
    figures: figures && { ...known, ...figures },
    objectives,
    brokers: [broker('other', elsewhere), broker('main', brokerIs)],
  };
}
