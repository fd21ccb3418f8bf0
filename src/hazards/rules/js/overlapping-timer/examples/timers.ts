export function start() {
  setInterval(async () => { // want low: runs of a timer may overlap
    await refresh();
  }, 1000);
  setInterval(poll, 1000); // want low: runs of a timer may overlap
  setInterval(() => void poll(), 1000); // want low: runs of a timer may overlap
  setInterval(guarded, 1000); // bounded: the check
  setInterval(upkeep, 1000); // bounded: the check
  setInterval(async () => await upkeep(), 1000); // bounded: the check
  setInterval(async () => await cold(), 1000); // want low: runs of a timer may overlap
  setInterval(few, 1000); // bounded: the check
  setInterval(cold, 1000); // want low: runs of a timer may overlap
  setInterval(() => count(), 1000); // nothing
  setInterval(async () => count(), 1000); // nothing
  setTimeout(async () => await refresh(), 1000); // nothing
}

async function poll() {
  await refresh();
}

let running = false;
async function guarded() {
  if (running) return;
  running = true;
  await refresh();
  running = false;
}

let upkept = false;
async function upkeep() {
  if (stopped || upkept) return;
  upkept = true;
  await refresh();
  upkept = false;
}

async function cold() {
  if (stopped) return;
  await refresh();
}

let workers = 0;
async function few() {
  if (workers < settings.maxWorkers) {
    workers += 1;
    await refresh();
    workers -= 1;
  }
}
