import { readdir } from 'node:fs/promises';
import pLimit from 'p-limit';

export async function all(database: Database) {
  const { rows } = await database.query('select * from orders');
  await Promise.all(rows.map(async (row) => await charge(row))); // want low: all elements at once
  const names = await readdir('.');
  return Promise.all(names.filter((name) => name.endsWith('.csv')).map((name) => upload(name))); // want low: all elements at once
}

export async function body(req: Request) {
  await Promise.allSettled(req.body.orders.map(charge)); // want high: all elements at once
}

export async function bounded(database: Database) {
  const limit = pLimit(8);
  const orders = await database.findMany();
  await Promise.all(orders.map((order) => limit(() => charge(order)))); // bounded: limit
  await Promise.all(orders.slice(0, 10).map((order) => charge(order))); // bounded: pieces
  for (const batch of batches(orders)) await Promise.all(orders.map((order) => charge(order))); // bounded: pieces
}

export async function few(stages: Stage[]) {
  await Promise.all(stages.map((stage) => stage.start())); // nothing
  const zones = await listZones();
  await Promise.all(zones.map((zone) => check(zone))); // nothing
  await Promise.all(['a', 'b'].map((name) => upload(name))); // nothing
  await Promise.all([charge(1), charge(2)]); // nothing
  const rows = await database.query('select 1');
  return Promise.all(rows.map((row) => row.id)); // nothing
}

export async function forget(name: string) {
  const known = await caches.keys();
  await Promise.all(known.filter((each) => each !== name).map((each) => caches.delete(each))); // nothing
}
