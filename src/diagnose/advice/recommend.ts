import type { Cause, Recommendation } from '../../model/report';
import { autoscale, boundedBuffer, setPrefetch } from './buffers';
import type { Case } from './case';
import { batch, circuitBreaker, fixDownstream } from './downstream';
import { optimiseHot, rekey } from './hotPartition';
import { addPartitions, capPartitions, scaleOut } from './instances';
import { deadLetter, keepMembers, smallerPolls } from './loops';
import { limitProducer, optimise } from './pace';
import { extendRetention, freeBroker, restartConsumer, startConsumer } from './repair';

type Advise = (facts: Case) => Recommendation | null;

const more: Advise = (facts) => scaleOut(facts, null);
const moreOncePartitioned: Advise = (facts) => scaleOut(facts, 'partitions');

/** For each cause what to do, in the order in which to try it. */
const advice: Record<Cause['kind'], readonly Advise[]> = {
  'no-consumer': [startConsumer],
  'stuck-consumer': [restartConsumer],
  'hot-partition': [rekey, optimiseHot, limitProducer],
  'partition-limited': [addPartitions, moreOncePartitioned, optimise, limitProducer],
  'too-few-consumers': [more, capPartitions, optimise, limitProducer],
  'cpu-bound': [more, capPartitions, optimise, limitProducer],
  'memory-bound': [boundedBuffer, more, limitProducer],
  'downstream-wait': [fixDownstream, batch, circuitBreaker, limitProducer],
  'rebalance-loop': [keepMembers, smallerPolls],
  'redelivery-loop': [deadLetter, circuitBreaker],
  'prefetch-too-small': [setPrefetch, more, optimise],
  'prefetch-too-large': [setPrefetch, more],
  'publisher-burst': [limitProducer, autoscale, boundedBuffer],
  'broker-flow-control': [freeBroker],
  unknown: [more, capPartitions, optimise, limitProducer],
};

/** What to do about a bottleneck with this cause, in the order in which to try it; last, what keeps messages until then. */
export const recommend = (cause: Cause['kind'], facts: Case): Recommendation[] =>
  [...advice[cause], extendRetention].map((advise) => advise(facts)).filter((item) => item !== null);
