import { expect, it } from 'vitest';
import { engine } from '../../harness/hazardEngine';

const copies = (from: string) => `import { Kafka } from 'kafkajs';
import type { Options } from 'amqplib';
import { Channel } from '${from}';

export class Copies {
  constructor(private readonly channel: Channel, readonly options: Options.Publish) {}

  run = () =>
    new Kafka({ brokers: [] }).consumer({ groupId: 'orders' }).run({
      eachMessage: async ({ message }) => {
        this.channel.sendToQueue('copies', Buffer.from(String(message.value)));
      },
    });
}
`;

it('a channel of a class of the program is not waited on for a drain that it need not emit', async () => {
  const fixes = async (from: string) => {
    const only = ['js/unthrottled-producer'];
    const { hazards } = await engine.scanText('typescript', copies(from), 'copies.ts', { only });
    return hazards.map((hazard) => hazard.fixes.map(({ id }) => id));
  };
  expect(await fixes('amqplib')).toEqual([['js/unthrottled-producer/drain']]);
  expect(await fixes('./channel')).toEqual([[]]);
});

const pool = (made: string, more = '') => `import java.util.concurrent.*;
import org.springframework.kafka.annotation.KafkaListener;

class Orders {
  private final ThreadPoolExecutor pool = ${made};
  ${more}
  @KafkaListener(topics = "orders")
  void on(String order) {
    pool.execute(() -> store(order));
  }
}
`;

it('an executor of one thread keeps its order, and one whose policy is set elsewhere that policy', async () => {
  const fixes = async (text: string) => {
    const { hazards } = await engine.scanText('java', text, 'Orders.java', { only: ['java/unbounded-executor'] });
    return hazards.map((hazard) => hazard.fixes.map(({ id }) => id));
  };
  const of = (most: number) =>
    `new ThreadPoolExecutor(1, ${most}, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<Runnable>())`;
  expect(await fixes(pool(of(8)))).toEqual([['java/unbounded-executor/bounded']]);
  expect(await fixes(pool(of(1)))).toEqual([[]]);
  const policy = 'void quiet() { pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardOldestPolicy()); }';
  expect(await fixes(pool(of(8), policy))).toEqual([[]]);
});

it('what is made of a class of the program is not waited on for a drain that it need not emit', async () => {
  const text = (made: string) => `import { PassThrough } from 'node:stream';
import { Framer } from './framer';

export function read(socket) {
  const framer = new ${made}();
  socket.on('data', (data) => {
    framer.write(data);
  });
}
`;
  const fixes = async (made: string) => {
    const { hazards } = await engine.scanText('javascript', text(made), 'a.js', { only: ['js/ignored-write'] });
    return hazards.map((hazard) => hazard.fixes.map(({ id }) => id));
  };
  expect(await fixes('PassThrough')).toEqual([['js/ignored-write/pause']]);
  expect(await fixes('Framer')).toEqual([[]]);
});
