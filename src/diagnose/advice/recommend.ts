import type { Cause, Recommendation } from '../../model/report';
import type { Case } from './case';
import { optimiseHot, rekey } from './hotPartition';
import { addPartitions, capPartitions, scaleOut } from './instances';
import { limitProducer, optimise } from './pace';
import { freeBroker, restartConsumer, startConsumer } from './repair';

/** What to do about a bottleneck with this cause, in the order in which to try it. */
export function recommend(cause: Cause['kind'], facts: Case): Recommendation[] {
  const advice = {
    'no-consumer': () => [startConsumer(facts)],
    'stuck-consumer': () => [restartConsumer(facts)],
    'hot-partition': () => [rekey(facts), optimiseHot(facts), limitProducer(facts)],
    'partition-limited': () => [
      addPartitions(facts),
      scaleOut(facts, 'partitions'),
      optimise(facts),
      limitProducer(facts),
    ],
    'too-few-consumers': () => [scaleOut(facts, null), capPartitions(facts), optimise(facts), limitProducer(facts)],
    'broker-flow-control': () => [freeBroker(facts)],
  };
  const make = cause in advice ? advice[cause as keyof typeof advice] : advice['too-few-consumers'];
  return make().filter((item) => item !== null);
}
