import { percent, plural, rate } from '../../model/format';
import type { StrategyKind } from '../../model/report';
import type { Character } from './character';

/** One line of the table: where the condition holds, the strategy gains (or loses) so many points, and why. */
export interface Rule {
  strategy: StrategyKind;
  when: (character: Character) => boolean;
  points: number;
  because: (character: Character) => string;
}

const isOverloaded = ({ isBottleneck, burst }: Character) => isBottleneck && !burst;
const waitsDownstream = ({ cause }: Character) => cause === 'downstream-wait';
const shown = (pace: number | null) => (pace === null ? 'an unknown rate' : rate(pace));

/** What speaks for and against each strategy. The sum decides; the strongest reason is told. */
export const rules: readonly Rule[] = [
  rule(
    'autoscaling',
    ({ isBottleneck, canScale }) => isBottleneck && canScale,
    5,
    (c) => `${shown(c.arrivalRate)} arrive and ${shown(c.capacity)} are done, which more instances change`,
  ),
  rule(
    'autoscaling',
    ({ burst }) => burst,
    1,
    () => 'the load comes and goes',
  ),
  rule(
    'autoscaling',
    ({ isBottleneck }) => !isBottleneck,
    1,
    () => 'nothing is short now, so it would follow the load',
  ),
  rule(
    'autoscaling',
    ({ canScale }) => !canScale,
    -4,
    () => 'more instances would find nothing more to do',
  ),
  rule(
    'rate-limiting',
    isOverloaded,
    3,
    (c) => `more arrives than ${c.stage} can do all the time, so something has to slow down until it can do more`,
  ),
  rule(
    'rate-limiting',
    ({ isBottleneck, canScale }) => isBottleneck && !canScale,
    2,
    (c) => `instances do not make ${c.stage} faster`,
  ),
  rule(
    'rate-limiting',
    ({ ordered }) => ordered,
    1,
    () => 'order is kept',
  ),
  rule(
    'bounded-buffer',
    ({ burst }) => burst,
    4,
    (c) => `a burst passes, and ${shown(c.capacity)} are enough for the usual`,
  ),
  rule(
    'bounded-buffer',
    ({ bounded }) => !bounded,
    2,
    () => 'its queue has no limit today',
  ),
  rule(
    'bounded-buffer',
    ({ bounded }) => bounded,
    1,
    () => 'its queue has a limit already',
  ),
  rule('bounded-buffer', isOverloaded, -1, () => 'no buffer is large enough for what arrives all the time'),
  rule('batching', waitsDownstream, 4, (c) => `one call could carry several messages to what ${c.stage} waits for`),
  rule(
    'batching',
    ({ arrivalRate }) => (arrivalRate ?? 0) >= 100,
    2,
    (c) => `at ${shown(c.arrivalRate)} what a call costs is shared by many messages`,
  ),
  rule(
    'batching',
    ({ arrivalRate }) => (arrivalRate ?? 0) < 10,
    -2,
    (c) => `at ${shown(c.arrivalRate)} a batch fills slowly`,
  ),
  rule('circuit-breaker', waitsDownstream, 7, (c) => `more calls make what ${c.stage} waits for slower still`),
  rule(
    'circuit-breaker',
    ({ cause }) => cause === 'redelivery-loop',
    5,
    () => 'the same messages fail again and again',
  ),
  rule(
    'circuit-breaker',
    () => true,
    0,
    (c) => `nothing seen says that ${c.stage} waits for another service`,
  ),
  rule(
    'load-shedding',
    ({ isBottleneck }) => isBottleneck,
    2,
    (c) => `more arrives than ${c.stage} can do`,
  ),
  rule(
    'load-shedding',
    ({ durable }) => durable,
    -3,
    () => 'its messages are kept for good, so losing them was not meant',
  ),
  rule(
    'load-shedding',
    ({ ordered }) => ordered,
    -1,
    () => 'a hole in an order is noticed',
  ),
  rule(
    'load-shedding',
    ({ isBottleneck }) => !isBottleneck,
    -1,
    () => 'nothing has to be dropped',
  ),
  rule(
    'priority-queues',
    ({ severalInputs }) => severalInputs,
    2,
    (c) => `the queues that ${c.stage} reads need not wait for each other`,
  ),
  rule(
    'priority-queues',
    ({ isBottleneck }) => isBottleneck,
    1,
    () => 'what is urgent need not wait behind the rest',
  ),
  rule(
    'priority-queues',
    ({ ordered }) => ordered,
    -3,
    () => 'order is asked for, and priorities break it',
  ),
];

function rule(strategy: StrategyKind, when: Rule['when'], points: number, because: Rule['because']): Rule {
  return { strategy, when, points, because };
}

/** What each strategy costs, and with what numbers it would stand here. */
export const tradeOffs: Record<StrategyKind, (character: Character) => string> = {
  autoscaling: ({ cost }) =>
    `Instances cost money${cost === null ? '' : ` (${cost} a month for these)`} and take a minute to start; a stage behind may be the next limit.`,
  'rate-limiting': () => 'Producers wait or turn work away, so their callers notice.',
  'bounded-buffer': () => 'Once it is full its producers feel it; the larger it is, the older what comes out of it.',
  batching: () => 'A message waits until its batch is full or its time is up, and a failing call fails for all of it.',
  'circuit-breaker': () => 'While it is open nothing is finished, and the backlog grows until it closes again.',
  'load-shedding': () => 'What is dropped is gone: count it, and tell who sent it.',
  'priority-queues': () => 'What is least urgent may never be done while more arrives than can be.',
};

/** The concrete numbers of a strategy for this pipeline; empty where nothing is known. */
export const numbers: Record<StrategyKind, (character: Character) => string> = {
  autoscaling: ({ instancesNeeded, instances }) =>
    instancesNeeded === null
      ? ''
      : `${instances === null ? '' : `from ${instances} `}to ${plural(instancesNeeded, 'instance')}`,
  'rate-limiting': ({ capacity, targetUtilisation }) =>
    capacity === null ? '' : `${rate(targetUtilisation * capacity)}, ${percent(targetUtilisation)} of what it can do`,
  'bounded-buffer': ({ capacity, arrivalRate, maxAgeSeconds }) => {
    const pace = capacity ?? arrivalRate;
    return pace === null
      ? ''
      : `${Math.ceil(pace * maxAgeSeconds).toLocaleString('en-US')} messages are ${maxAgeSeconds} s of work`;
  },
  batching: ({ capacity, arrivalRate, targetUtilisation }) =>
    capacity && arrivalRate && arrivalRate > targetUtilisation * capacity
      ? `${Math.ceil(arrivalRate / (targetUtilisation * capacity))} messages a call`
      : '',
  'circuit-breaker': ({ maxAgeSeconds }) =>
    `open after 5 failures in a row, try again after ${Math.ceil(maxAgeSeconds / 2)} s`,
  'load-shedding': ({ capacity, arrivalRate }) =>
    capacity !== null && arrivalRate !== null && arrivalRate > capacity
      ? `${rate(arrivalRate - capacity)} of ${rate(arrivalRate)} (${percent(1 - capacity / arrivalRate)}) would go`
      : '',
  'priority-queues': ({ capacity }) => (capacity === null ? '' : `${rate(capacity)} to share out`),
};
