import { readFileSync } from 'node:fs';

export async function copied(cache: Cache, target: Cache): Promise<void> {
  const jobs: Promise<void>[] = [];
  const keys = await cache.keys();
  keys.forEach((key) => {
    jobs.push(target.copy(key));
  });
  await Promise.all(jobs); // want low: all elements at once
}

export async function restored(file: string, target: Cache): Promise<void> {
  const jobs: Promise<void>[] = [];
  const entries = JSON.parse(readFileSync(file, 'utf8'));
  for (const key of Object.keys(entries)) jobs.push(target.set(key, entries[key]));
  await Promise.all(jobs); // want low: all elements at once
}

export async function removed(db: Database, id: string): Promise<void> {
  const group = await db.get(id);
  const pads = group ? group.pads : {};
  await Promise.all(Object.keys(pads).map((pad) => db.remove(pad))); // want low: all elements at once
}

export async function few(target: Cache): Promise<void> {
  const jobs: Promise<void>[] = [];
  for (const name of ['a', 'b']) jobs.push(target.copy(name));
  jobs.push(target.copy('c'));
  await Promise.all(jobs); // nothing
}
