import { connect } from 'amqplib';
import { Kafka } from 'kafkajs';
import { connect as nats } from 'nats';

const consumer = new Kafka({ brokers: [] }).consumer({ groupId: 'orders' });

await consumer.run({
  eachMessage: async ({ message }) => {
    handle(message); // want critical: work nobody awaits, per message
  },
});

await consumer.run({
  async eachMessage({ message }) {
    void handle(message); // want critical: work nobody awaits, per message
  },
});

const subscription = (await nats()).subscribe('orders');
for await (const message of subscription) {
  handle(message); // want high: work nobody awaits, per message
  (async () => { // want high: work nobody awaits, per message
    await handle(message);
  })();
}

export async function awaited() {
  for await (const message of subscription) await handle(message); // nothing
  await consumer.run({ eachMessage: ({ message }) => handle(message) }); // nothing
}

export async function withRoom(queue: Queue) {
  for await (const message of subscription) {
    await queue.onSizeLessThan(100);
    handle(message); // bounded: onSizeLessThan
  }
}

export async function twoOfThem() {
  for await (const message of subscription) {
    started.push(message);
    handle(message); // bounded: Promise.all
    await Promise.all(started);
  }
}

async function handle(message: unknown) {
  await store(message);
}

export class Consumer {
  constructor(private readonly queue: Redis) {}

  async run() {
    while (true) {
      const job = await this.queue.blpop('jobs', 0);
      this.work(job); // want high: work nobody awaits, per message
    }
  }

  async stop() {
    while (true) {
      const job = await this.queue.blpop('jobs', 0);
      this.work(job); // bounded: stops things
    }
  }

  private async work(job: unknown) {
    await store(job);
  }
}

export function overArray(jobs: unknown[]) {
  for (const job of jobs) handle(job); // nothing
}
