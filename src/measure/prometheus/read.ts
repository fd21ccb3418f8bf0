import pMap from 'p-map';
import type { QueueQueries, QueueRef } from '../../model/pipeline';
import type { QueueReading, StageReading } from '../../model/sweep';
import type { Questions, StageQuestion } from '../questions';
import { nothing, unread, type Told } from '../told';
import { oneFigure, type QueryAnswer } from './api';
import { queriesAtOnce } from './connect';
import { queueRow, stageRow, unnamed, type QueueTold } from './rows';

/** Asks each of many questions with a bounded number at once. @throws {SourceError} when not one is answered */
export async function askAll<Q, A>(
  questions: readonly Q[],
  ask: (question: Q) => Promise<A>,
  failed: (reason: string) => A,
): Promise<A[]> {
  let answers = 0;
  let failure: Error | undefined;
  const all = await pMap(
    questions,
    async (question) => {
      try {
        const answer = await ask(question);
        answers += 1;
        return answer;
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error));
        return failed(failure.message);
      }
    },
    { concurrency: queriesAtOnce },
  );
  if (answers === 0 && failure) throw failure;
  return all;
}

/** All queries of a pipeline, each once. */
export function queriesOf({ queues, stages }: Pick<Questions, 'queues' | 'stages'>): string[] {
  const ofQueues = queues.flatMap(({ figures }) => (figures ? [figures.backlog, ...countersOf(figures)] : []));
  const ofStages = stages.flatMap(({ metrics: { processed, cpu, memory, network } }) => [
    processed,
    cpu,
    memory,
    network,
  ]);
  return [...new Set([...ofQueues, ...ofStages].filter((query) => query !== null))];
}

const countersOf = ({ produced, consumed }: QueueQueries) =>
  [produced, consumed].flatMap((counter) => (counter === null ? [] : [counter, rateQuery(counter)]));

/**
 * The rate of any counter, also of a sum of several. Our own sweeps come more often than Prometheus scrapes and would
 * see steps; two minutes hold at least two scrapes a minute apart.
 */
const rateQuery = (counter: string) => `rate((${counter})[2m:15s])`;

/** The answers by query; a failed one stands as its reason. */
export type Answers = ReadonlyMap<string, Told>;

/** Asks each query once, for its newest value; one that fails costs only its own figure. */
export async function readInstant(
  questions: Questions,
  ask: (query: string) => Promise<QueryAnswer>,
): Promise<Answers> {
  const queries = queriesOf(questions);
  const told = await askAll(queries, async (query) => oneFigure(await ask(query)), unread);
  return new Map(queries.map((query, i) => [query, told[i] ?? unnamed]));
}

/** The rows of a pipeline's queues and stages at one moment. */
export function rowsOf(
  { queues, stages }: Questions,
  answers: Answers,
): { queues: QueueReading[]; stages: StageReading[] } {
  return {
    queues: queues.map((ref) => queueRow(ref, queueTold(ref, answers))),
    stages: stages.map((stage) => stageRow(stage.name, stageTold(stage, answers))),
  };
}

const told = (query: string | null | undefined, answers: Answers): Told =>
  query == null ? unnamed : (answers.get(query) ?? unnamed);

function queueTold({ figures }: QueueRef, answers: Answers): QueueTold {
  const rate = (counter: string | null | undefined) => {
    const found = counter == null ? undefined : answers.get(rateQuery(counter));
    return found && found.value !== null && found.value >= 0 ? found : undefined;
  };
  const [arrivalRate, departureRate] = [rate(figures?.produced), rate(figures?.consumed)];
  return {
    backlog: told(figures?.backlog, answers),
    produced: told(figures?.produced, answers),
    consumed: told(figures?.consumed, answers),
    ...(arrivalRate && { arrivalRate }),
    ...(departureRate && { departureRate }),
  };
}

const stageTold = ({ metrics }: StageQuestion, answers: Answers) => ({
  processedTotal: nothing('its query gives a rate'),
  processedRate: told(metrics.processed, answers),
  cpu: told(metrics.cpu, answers),
  memory: told(metrics.memory, answers),
  network: told(metrics.network, answers),
});
