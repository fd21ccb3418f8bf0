// Sweeps a broker in a process of its own and prints what that cost, one JSON line.
// node sweepProbe.mjs BUNDLE CONFIG_AS_JSON SWEEPS
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

const [bundle, config, sweeps] = process.argv.slice(2);
const { open } = createRequire(import.meta.url)(bundle);
const source = open(JSON.parse(config), { wanted: null, log: () => undefined });

/** The longest the event loop was held, in ms: no longer than the process had a processor, which its server takes from it. */
let blockMs = 0;
let [at, used] = [performance.now(), process.cpuUsage()];
const sampling = setInterval(() => {
  const { user, system } = process.cpuUsage(used);
  blockMs = Math.max(blockMs, Math.min(performance.now() - at, (user + system) / 1000));
  [at, used] = [performance.now(), process.cpuUsage()];
}, 1);
await sleep(50);
const costs = [];
for (let i = 0; i < Number(sweeps); i++) {
  blockMs = 0;
  const { broker } = await source.sweep({
    at: Date.now(),
    signal: new AbortController().signal,
    callTimeoutMs: 30_000,
  });
  await sleep(5);
  costs.push({ ...broker.sweep, blockMs });
}
clearInterval(sampling);

// What stays connected between two sweeps should sleep.
const setTimer = globalThis.setTimeout;
let wakeups = 0;
globalThis.setTimeout = (...args) => {
  wakeups++;
  return setTimer(...args);
};
await new Promise((resolve) => setTimer(resolve, 1000));
globalThis.setTimeout = setTimer;
await source.close();
process.stdout.write(JSON.stringify({ costs, wakeups, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
