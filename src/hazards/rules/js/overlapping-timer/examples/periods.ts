const HOUR = 60 * 60 * 1000;
const defaults = { pings: 90_000, polls: 2 * 1000 };

export function start(options: { period?: number }) {
  setInterval(async () => await refresh(), HOUR / 4); // nothing
  setInterval(async () => await refresh(), timespan.minutes(30)); // nothing
  setInterval(async () => await refresh(), everyHour); // nothing
  setInterval(async () => await refresh(), 60 * 1000); // nothing
  setInterval(async () => await refresh(), timespan.minutes(2)); // nothing
  setInterval(async () => await refresh(), defaults.pings); // nothing
  setInterval(async () => await refresh(), options.period ?? 120_000); // nothing
  setInterval(async () => await refresh(), Math.max(options.period, 60_000)); // nothing
  setInterval(async () => await refresh(), defaults.polls); // want low: runs of a timer may overlap
  setInterval(async () => await refresh(), options.period); // want low: runs of a timer may overlap
  setInterval(async () => await refresh(), timespan.seconds(20)); // want low: runs of a timer may overlap
  setInterval(async () => await client.ping(), 1000); // nothing
  setInterval(() => void upkeep(), 1000); // nothing
}

async function upkeep() {
  await inFlight.run('upkeep', refresh);
}

async function settled(job: Job) {
  const poll = setInterval(async () => { // nothing
    if (await job.isDone()) clearInterval(poll);
  }, 1000);
  const shown = setInterval(async () => await show(job), 1000); // nothing
  await job.done;
  clearInterval(shown);
}

let keeping = false;
async function keepsTime() {
  try {
    if (stopped || keeping) return;
    if (testing) throw new Error('as told');
    keeping = true;
    await refresh();
  } finally {
    keeping = false;
  }
}

class Queue {
  draining: Promise<void> | null = null;
  start() {
    setInterval(keepsTime, 1000); // bounded: the check
    setInterval(() => void this.drain(), 1000); // bounded: the check
  }
  async drain() {
    if (this.draining) return this.draining;
    this.draining = this.work();
    await this.draining;
    this.draining = null;
  }
}
