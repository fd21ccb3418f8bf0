import { connect } from 'amqplib';
import { pathToFileURL } from 'node:url';
import type { Sweep } from '../../src/model/sweep';
import { freePorts, until } from '../harness/process';
import { rabbitmqctl, startRabbitmq, type RabbitmqServer } from '../harness/rabbitmq';
import { median, type Measured } from './measured';
import { atMost, compared, everyRight, numbers, probe, secondsOf, sweepByCli, type Probe } from './probed.mjs';

const queues = 10_000;
/** So many of them hold messages: the first one 1, the next 2 … */
const filled = 100;
const rounds = 3;
const queueName = (i: number) => `bench-queue-${String(i).padStart(5, '0')}`;
const columns = ['name', 'messages_ready', 'messages_unacknowledged', 'consumers'];

/**
 * Sweeps of a RabbitMQ with 10,000 queues, from its prometheus plugin and from its management API alone, against its own
 * command. Needs `npm run build`.
 */
export async function benchRabbitmq(): Promise<Measured[]> {
  const server = await startRabbitmq({ asInstalled: true });
  try {
    await fill(server);
    const [nowhere = 0] = await freePorts(1);
    const url = `${server.amqp}/?management=${server.management}&prometheus=`;
    const [withPlugin, without] = [`${url}${server.prometheus}`, `${url}http://127.0.0.1:${nowhere}`];
    const command = () => rabbitmqctl(server, 'list_queues', ...columns);
    const [plugin, api, peer]: [Probe[], Probe[], number[]] = [[], [], []];
    for (let round = 0; round < rounds; round++) {
      plugin.push(await probe(withPlugin, 3));
      peer.push(await secondsOf(command));
      api.push(await probe(without, 1));
      peer.push(await secondsOf(command));
    }
    const truth = await command();
    return [
      ...measured(plugin, api, median(peer)),
      everyRight(`${what}: rows right, from the plugin`, rightRows(await sweepByCli(withPlugin), truth), queues),
      everyRight(`${what}: rows right, from the API alone`, rightRows(await sweepByCli(without), truth), queues),
      compared(`${what}: bytes from the API alone (peer: its whole list)`, bytesOf(api), await wholeList(server), 10),
    ];
  } finally {
    await server.stop();
  }
}

const what = `RabbitMQ, ${queues} queues`;
const secondsEach = (probes: readonly Probe[]) =>
  median(probes.flatMap(({ costs }) => costs.map((cost) => cost.seconds)));
const bytesOf = ([first]: readonly Probe[]) => first?.costs[0]?.bytes ?? NaN;
const longestPause = (probes: readonly Probe[]) =>
  median(probes.map(({ costs }) => Math.max(...costs.map(({ blockMs }) => blockMs))));

const measured = (plugin: readonly Probe[], api: readonly Probe[], peer: number): Measured[] => [
  compared(`${what}: a sweep from the plugin, s (peer: rabbitmqctl list_queues)`, secondsEach(plugin), peer, 5),
  compared(`${what}: a sweep from the API alone, s (peer: rabbitmqctl list_queues)`, secondsEach(api), peer, 1 / 1.6),
  atMost(`${what}: MB received a sweep from the API alone`, bytesOf(api) / 1e6, 1.2, 'must'),
  atMost(`${what}: longest pause of the event loop, from the plugin, ms`, longestPause(plugin), 30),
  atMost(`${what}: longest pause of the event loop, from the API alone, ms`, longestPause(api), 30),
];

/** Imported in one go, a queue takes the server a thousandth of a second or two. */
async function fill(server: RabbitmqServer): Promise<void> {
  const definitions = {
    queues: numbers(queues).map((i) => ({
      name: queueName(i),
      vhost: '/',
      durable: true,
      auto_delete: false,
      arguments: {},
    })),
  };
  const { ok, status } = await fetch(`${server.management}/api/definitions`, {
    method: 'POST',
    headers: { authorization: basic(server), 'content-type': 'application/json' },
    body: JSON.stringify(definitions),
  });
  if (!ok) throw new Error(`RabbitMQ answered ${status} to the definitions`);
  const connection = await connect(server.amqp);
  const channel = await connection.createConfirmChannel();
  for (const i of numbers(filled)) for (let n = 0; n <= i; n++) channel.sendToQueue(queueName(i), Buffer.from('x'));
  await channel.waitForConfirms();
  await connection.close();
  const messages = (filled * (filled + 1)) / 2;
  await until(
    'the management API has counted every queue',
    async () => {
      const answer = await fetch(`${server.management}/api/overview`, { headers: { authorization: basic(server) } });
      const { queue_totals: totals } = (await answer.json()) as { queue_totals?: { messages?: number } };
      return totals?.messages === messages && (await sweepTotal(server)) === messages;
    },
    120_000,
  );
}

/** Messages by the list of queues, which has statistics later than the overview. */
async function sweepTotal(server: RabbitmqServer): Promise<number> {
  const listed = await list(server, '?columns=messages');
  return (JSON.parse(listed) as { messages?: number }[]).reduce((sum, { messages }) => sum + (messages ?? NaN), 0);
}

const wholeList = async (server: RabbitmqServer) => Buffer.byteLength(await list(server, ''));
const list = async (server: RabbitmqServer, query: string) =>
  (await fetch(`${server.management}/api/queues${query}`, { headers: { authorization: basic(server) } })).text();
const basic = ({ username, password }: RabbitmqServer) => `Basic ${btoa(`${username}:${password}`)}`;

/** Rows whose figures are those of the command's table, which has the columns asked for. */
function rightRows(sweep: Sweep, table: string): number {
  const truth = new Map(
    table
      .split('\n')
      .map((line) => line.split('\t'))
      .map(([name = '', ...figures]) => [name, figures.join(' ')]),
  );
  return sweep.queues.filter(
    ({ destination, waiting, inFlight, consumers, backlog }) =>
      truth.get(destination) === `${waiting} ${inFlight} ${consumers}` && backlog === (waiting ?? 0) + (inFlight ?? 0),
  ).length;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await benchRabbitmq());
