import { createWriteStream } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { Kafka } from 'kafkajs';

const file = createWriteStream('orders');

await new Kafka({ brokers: [] }).consumer({ groupId: 'orders' }).run({
  eachMessage: async ({ message }) => {
    file.write(String(message.value)); // want high: write per message, result ignored
  },
});

export function copied(source: Readable, sink: Writable): void {
  source.on('data', (chunk) => {
    sink.write(chunk); // want low: write per chunk, result ignored
  });
}
