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
