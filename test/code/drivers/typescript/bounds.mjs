// Puts the generated texts through what can happen to them and prints what came of it. Arguments: module, kind, situations.
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const [file, kind, ...situations] = process.argv.slice(2);
const { OrderJobs: Bound } = await import(pathToFileURL(file).href);

/** What a worker pool and a semaphore have in common; `begin` waits until the item is begun. */
const scenes = {
  'worker-pool': (concurrency, handle, failed, signal) => {
    const pool = new Bound({ handle, failed, ...(concurrency && { concurrency }), ...(signal && { signal }) });
    return { begin: (item) => pool.submit(item), close: () => pool.close() };
  },
  semaphore: (concurrency, handle, failed, signal) => {
    const semaphore = new Bound({ ...(concurrency && { concurrency }), ...(signal && { signal }) });
    const begin = async (item) => {
      const release = await semaphore.acquire();
      void Promise.resolve(item)
        .then(handle)
        .catch((error) => failed(item, error))
        .finally(release)
        .finally(release);
    };
    return { begin, close: () => semaphore.close() };
  },
};
const of = scenes[kind];
const isRefused = (promise) =>
  promise.then(
    () => false,
    (error) => error.name === 'OrderJobsStopped',
  );

async function crowd() {
  const [items, size, producers] = [10_000, 16, 4];
  let [running, most, strange] = [0, 0, 0];
  const handled = new Uint8Array(items);
  const failures = new Uint8Array(items);
  const handle = async (item) => {
    most = Math.max(most, ++running);
    try {
      await sleep(Math.random() * 2);
      if (item % 101 === 0) throw `broken ${item}.`;
      if (item % 7 === 0) throw new Error(`failed ${item}.`);
      handled[item]++;
    } finally {
      running--;
    }
  };
  const bound = of(size, handle, (item, error) => {
    failures[item]++;
    if (!String(error).includes(` ${item}.`)) strange++;
  });
  const produce = async (producer) => {
    for (let item = producer; item < items; item += producers) await bound.begin(item);
  };
  await Promise.all(Array.from({ length: producers }, (_, producer) => produce(producer)));
  await bound.close();
  const sum = (counts) => counts.reduce((total, count) => total + count, 0);
  const notOnce = handled.filter((count, item) => count + failures[item] !== 1).length;
  return { most, handled: sum(handled), failed: sum(failures), notOnce, strange };
}

/** A promise and what fulfils it. */
function gated() {
  let open;
  return { gate: new Promise((resolve) => (open = resolve)), open: () => open() };
}

async function cancel() {
  const { gate, open } = gated();
  const stopping = new AbortController();
  let [begun, ended, refused] = [0, 0, 0];
  const handle = async () => {
    begun++;
    await gate;
    ended++;
  };
  const bound = of(4, handle, () => undefined, stopping.signal);
  for (let item = 0; item < 4; item++) await bound.begin(item);
  const blocked = [5, 6, 7].map(async (item) => {
    if (await isRefused(bound.begin(item))) refused++;
  });
  await sleep(50);
  const early = refused;
  stopping.abort();
  await Promise.all(blocked);
  const lateRefused = await isRefused(bound.begin(9));
  const endedEarly = ended;
  open();
  await bound.close();
  return { early, refused, lateRefused, endedEarly, begun, ended };
}

async function drain() {
  let [accepted, ended] = [0, 0];
  const handle = async () => {
    await sleep(20);
    ended++;
  };
  const bound = of(4, handle, () => undefined);
  for (let item = 0; item < 20; item++) {
    await bound.begin(item);
    accepted++;
  }
  const before = ended;
  await bound.close();
  const after = ended;
  await bound.close();
  return { accepted, before, after, late: await isRefused(bound.begin(1)) };
}

async function flat() {
  const [items, bytes] = [200, 50_000];
  const held = () => {
    globalThis.gc();
    return process.memoryUsage().heapUsed / 1e6;
  };
  let [ended, ahead, first] = [0, 0, 0];
  const producing = [];
  const handle = async (payload) => {
    await sleep(32);
    if (payload.length === bytes / 8) ended++;
  };
  const bound = of(4, handle, () => undefined);
  const started = performance.now();
  for (let item = 0; item < items; item++) {
    const produced = performance.now();
    const payload = new Array(bytes / 8).fill(item);
    producing.push(performance.now() - produced);
    if (item === items / 10) first = held();
    await bound.begin(payload);
    ahead = Math.max(ahead, item + 1 - ended);
  }
  const last = held();
  await bound.close();
  return {
    ...{ ahead, grownMegabytes: last - first, unboundedMegabytes: (items * 0.9 * bytes) / 1e6 },
    timesFaster: (performance.now() - started) / items / producing.sort((a, b) => a - b)[items / 2],
  };
}

async function idle() {
  const { gate, open } = gated();
  const nothing = of(4, async () => undefined);
  const full = of(2, () => gate);
  await full.begin(1);
  await full.begin(2);
  const waiting = full.begin(3);
  const before = process.cpuUsage();
  await sleep(500);
  const { user, system } = process.cpuUsage(before);
  open();
  await waiting;
  await nothing.close();
  await full.close();
  return { share: (user + system) / 1e6 / 0.5 };
}

/** How many run at once where the environment says it, or why not. */
async function environment() {
  const { gate, open } = gated();
  let begun = 0;
  let bound;
  try {
    bound = of(undefined, () => (begun++, gate));
  } catch (error) {
    return { refused: error.message };
  }
  for (let item = 0; item < 3; item++) await bound.begin(item);
  const waiting = bound.begin(3);
  await sleep(50);
  const size = begun;
  open();
  await waiting;
  await bound.close();
  return { size };
}

/** Runs tasks in the only slot of a semaphore: each has to give it back. */
async function call() {
  const semaphore = new Bound({ concurrency: 1 });
  const value = await semaphore.run(async () => 42);
  const message = (error) => error.message;
  const failed = await semaphore.run(() => Promise.reject(new Error('failed'))).catch(message);
  const broken = await semaphore
    .run(() => {
      throw new Error('panic: broken');
    })
    .catch(message);
  const again = await semaphore.run(async () => true);
  await semaphore.close();
  return { value, errors: `${failed}, ${broken}`, again };
}

const played = { crowd, cancel, drain, flat, idle, environment, call };
const told = {};
for (const name of situations) told[name] = await played[name]();
console.log(JSON.stringify(told));
