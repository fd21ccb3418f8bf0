// A process of its own that opens, reads and closes a broker over and over, and tells what that leaves: `node --expose-gc
// cycles.mjs BUNDLE '{"config": …, "wanted": …}' CYCLES`.
import { createRequire } from 'node:module';
import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';

const [bundle = '', text = '{}', cycles = '200'] = process.argv.slice(2);
const { open } = createRequire(import.meta.url)(bundle);
const { config, wanted } = JSON.parse(text);
/** One that lives as long as the program, as the editor's does: nothing may be left on it. */
const { signal } = new AbortController();

async function cycle() {
  const source = open(config, { wanted, log: () => undefined });
  const { broker } = await source.sweep({ at: Date.now(), signal, callTimeoutMs: 20_000 });
  if (broker.state !== 'ok') throw new Error(broker.error.message);
  await source.close();
}

const handles = () => process.getActiveResourcesInfo().filter((kind) => kind !== 'Immediate').length;

/**
 * Bytes of the heap, and everything that would keep the process alive or hear of something.
 * @param least handles there were before: a socket's end takes some turns of the loop
 */
async function held(least) {
  for (const until = Date.now() + 2000; Date.now() < until && handles() > least;) await turn();
  globalThis.gc();
  const listeners = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
  return {
    heap: process.memoryUsage().heapUsed,
    handles: handles(),
    listeners: listeners + getEventListeners(signal, 'abort').length,
  };
}

const samples = [];
for (let i = 0; i <= Number(cycles); i++) {
  await cycle();
  // What is compiled or cached once comes with the first ones.
  if (i % 50 === 0 && i > 0) samples.push(await held(samples[0]?.handles ?? 0));
}
process.stdout.write(JSON.stringify(samples));
