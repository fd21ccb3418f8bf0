// What the side bar does while nobody acts: reads and judges brokers, on a clock that goes faster. Prints one JSON line.
// node --expose-gc probe.js CONFIGS_AS_JSON SWEEPS
import { setTimeout as sleep } from 'node:timers/promises';
import { WatchedBroker } from '../../../src/extension/watchedBroker';
import type { BrokerConfig } from '../../../src/model/brokerUrl';

const intervalMs = 10_000;
const [configs = '[]', sweeps = '0'] = process.argv.slice(2);
const signal = new AbortController().signal;
const clock = { ahead: 0 };
const machine = Date.now.bind(Date);
Date.now = () => machine() + clock.ahead;

/** How many have still to judge what they read, and who waits for that. */
const judging: { left: number; done: () => void } = { left: 0, done: () => undefined };
const judged = () => {
  judging.left -= 1;
  if (judging.left === 0) judging.done();
};
const brokers = (JSON.parse(configs) as BrokerConfig[]).map(
  (config) => new WatchedBroker({ config, origin: 'saved' }, judged, () => undefined),
);

async function sweepOften(times: number, everyMs = intervalMs): Promise<void> {
  for (let i = 0; i < times; i++) {
    clock.ahead += everyMs;
    const all = new Promise<void>((resolve) => Object.assign(judging, { left: brokers.length, done: resolve }));
    await Promise.all(brokers.map((broker) => broker.refresh(signal)));
    await all;
  }
}

const settled = async () => {
  for (let i = 0; i < 5; i++) {
    globalThis.gc?.();
    await sleep(50);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss: rss / 1e6, inUse: (heapUsed + external) / 1e6 };
};

/** After a day of minutes and this many more, history is full: it grows no more. */
const minutesOfADay = 1440;
const full = 400;
/** The engine takes and gives back some megabytes as it likes, so that one stretch says little: the mean of some does. */
const stretches = 6;
const count = Number(sweeps);
await sweepOften(minutesOfADay, 60_000);
await sweepOften(full);
const before = await settled();
let percent = 0;
for (let i = 0; i < stretches; i++) {
  const cpu = process.cpuUsage();
  await sweepOften(count);
  const used = process.cpuUsage(cpu);
  percent = Math.max(percent, (100 * (used.user + used.system)) / 1000 / (count * intervalMs));
}
const after = await settled();
const grown = { rss: (after.rss - before.rss) / stretches, inUse: (after.inUse - before.inUse) / stretches };
const queues = brokers.reduce((sum, broker) => sum + broker.queues.length, 0);
await Promise.all(brokers.map((broker) => broker.close()));
process.stdout.write(JSON.stringify({ percent, grown, queues }));
