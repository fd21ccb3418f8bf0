import { connect, type ChannelModel } from 'amqplib';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { deriveTopology } from '../../src/discover/topology/derive';
import { open } from '../../src/measure/rabbitmq';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import type { SeenPublisher } from '../../src/model/publisher';
import { describeWith } from '../harness/need';
import { until } from '../harness/process';
import { startRabbitmq, type RabbitmqServer } from '../harness/rabbitmq';

type Address = Pick<RabbitmqServer, 'amqp' | 'management' | 'username' | 'password'>;

/** Whom a server sees publish. */
async function publishersOf({ amqp, management }: Address): Promise<SeenPublisher[]> {
  const source = open(parseBrokerUrl(`${amqp}?management=${management}`), { wanted: null, log: () => undefined });
  const request = { at: Date.now(), signal: new AbortController().signal, callTimeoutMs: 10_000 };
  try {
    return (await source.publishers?.(request)) ?? [];
  } finally {
    await source.close();
  }
}

/** How many messages an exchange got, as the server itself counts them. */
async function countedBy({ management, username, password }: Address, exchange: string): Promise<number> {
  const headers = { authorization: `Basic ${btoa(`${username}:${password}`)}` };
  const response = await fetch(`${management}/api/exchanges/%2F/${exchange}`, { headers });
  const { message_stats: stats } = (await response.json()) as { message_stats?: { publish_in?: number } };
  return stats?.publish_in ?? 0;
}

describeWith(['rabbitmq'], 'Who publishes to RabbitMQ', ({ rabbitmq }) => {
  let detailed: RabbitmqServer;
  const connections: ChannelModel[] = [];

  /** One program sends to a queue by the default exchange, another to a fanout of two queues; both stay connected. */
  async function publish({ amqp }: Address): Promise<void> {
    const named = (connection_name: string) => connect(amqp, { clientProperties: { connection_name } });
    const [importer, biller] = await Promise.all([named('importer-1'), named('biller-2')]);
    connections.push(importer, biller);
    const [imports, bills] = await Promise.all([importer.createConfirmChannel(), biller.createConfirmChannel()]);
    for (const queue of ['raw', 'booked', 'mailed'])
      await bills.assertQueue(queue, { exclusive: false, expires: 60_000 });
    await bills.assertExchange('billed', 'fanout', { durable: false, autoDelete: true });
    for (const queue of ['booked', 'mailed']) await bills.bindQueue(queue, 'billed', '');
    imports.sendToQueue('raw', Buffer.of(1));
    bills.publish('billed', '', Buffer.of(1));
    await Promise.all([imports.waitForConfirms(), bills.waitForConfirms()]);
  }

  beforeAll(async () => {
    detailed = await startRabbitmq({ further: 'management.rates_mode = detailed\n' });
  });
  afterEach(async () => {
    await Promise.all(connections.splice(0).map((connection) => connection.close()));
  });
  afterAll(() => detailed.stop());

  it('is told by a server with detailed rates, and becomes a stage that produces', async () => {
    await publish(detailed);
    let publishers: SeenPublisher[] = [];
    await until('both programs and their queues are told', async () => {
      publishers = await publishersOf(detailed);
      return publishers.flatMap(({ destinations }) => destinations).length === 3;
    });
    const { stages, conflicts } = deriveTopology([], [], [], publishers);
    const produced = (destination: string, client: string) => ({
      ...{ system: 'rabbitmq', destination, group: null },
      origins: [`rabbitmq: client ${client} publishes to it`],
    });
    expect(stages).toEqual([
      { name: 'biller', consumes: [], produces: [produced('booked', 'biller'), produced('mailed', 'biller')] },
      { name: 'importer', consumes: [], produces: [produced('raw', 'importer')] },
    ]);
    expect(conflicts).toEqual([]);
  });

  it('is nobody, without an error, by a server with its default of basic rates', async () => {
    await publish(rabbitmq);
    await until('the server has counted', async () => (await countedBy(rabbitmq, 'billed')) > 0);
    expect(await publishersOf(rabbitmq)).toEqual([]);
  });
});
