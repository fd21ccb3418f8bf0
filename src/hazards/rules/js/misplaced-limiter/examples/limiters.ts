import pLimit from 'p-limit';
import PQueue from 'p-queue';

const shared = pLimit(4); // nothing

export async function charge(order: Order) {
  const limit = pLimit(4); // want high: limits nothing: made anew for each call
  return limit(() => pay(order));
}

export async function upload(file: File) {
  const queue = new PQueue({ concurrency: 2 }); // want high: limits nothing: made anew for each call
  await queue.add(() => send(file));
}

export async function all(orders: Order[]) {
  const limit = pLimit(4); // bounded: limit
  await Promise.all(orders.map((order) => limit(() => pay(order))));
  const queue = new PQueue({ concurrency: 2 }); // bounded: queue
  for (const order of orders) void queue.add(() => pay(order));
  const two = pLimit(1); // bounded: two
  await Promise.all([two(() => pay(orders[0])), two(() => pay(orders[1]))]);
  const handed = pLimit(1); // nothing
  return handed;
}
