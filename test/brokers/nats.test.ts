import { jetstreamManager, jetstream, type ConsumerConfig, type JetStreamManager } from '@nats-io/jetstream';
import { connect, credsAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { open } from '../../src/measure/nats';
import type { Source, SourceReading } from '../../src/measure/source';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import { queueFigures, queueReading, sweep as sweepSchema, type QueueReading } from '../../src/model/sweep';
import { makeCertificate } from '../harness/certificate';
import { cli } from '../harness/cli';
import { everyVerb } from '../harness/everyVerb';
import { natsUsers, startNats, type NatsServer } from '../harness/nats';
import { natsOperator } from '../harness/natsCredentials';
import { describeWith } from '../harness/need';
import { freePorts, hang, until } from '../harness/process';
import { folder, runFolder } from '../harness/tools';

type UserName = keyof typeof natsUsers;
const sources: Source[] = [];
const logged: string[] = [];
afterEach(async () => {
  logged.length = 0;
  await Promise.all(sources.splice(0).map((source) => source.close()));
});

const withUser = (url: string, name: UserName) =>
  url.replace('//', `//${natsUsers[name].user}:${natsUsers[name].password}@`);
const opened = (url: string, wanted: Parameters<typeof open>[1]['wanted'] = null) => {
  const source = open(parseBrokerUrl(url), { wanted, log: (_, text) => void logged.push(text) });
  sources.push(source);
  return source;
};
const sweep = (source: Source, callTimeoutMs = 5000): Promise<SourceReading> =>
  source.sweep({ at: Date.now(), signal: new AbortController().signal, callTimeoutMs });
const rowOf = ({ queues }: SourceReading, id: string): QueueReading => {
  const row = queues.find((queue) => queue.id === id);
  if (!row) throw new Error(`no row ${id} among ${queues.map((queue) => queue.id).join(' ')}`);
  return row;
};

/** All rows without what differs from one moment, or one way of asking, to the next. */
const settled = ({ queues }: SourceReading) =>
  queues
    .map((row) => ({ ...row, ageSeconds: row.ageSeconds === null ? null : 0 }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

describeWith(['nats'], 'Reading NATS JetStream', ({ nats }) => {
  let connection: NatsConnection;
  let manager: JetStreamManager;
  beforeAll(async () => {
    connection = await connect({ servers: nats.url, ...login('app') });
    manager = await jetstreamManager(connection);
  });
  beforeEach(async () => {
    for await (const { config } of manager.streams.list()) await manager.streams.delete(config.name);
  });
  afterAll(() => connection.close());

  const byApi = withUser(nats.url, 'reader');
  const byPage = `${byApi}?monitoring=${nats.monitoring}`;
  const publish = async (subject: string, n: number) => {
    for (let i = 0; i < n; i++) await jetstream(connection).publish(subject, `${i}`);
  };
  const makeStream = async (name: string, n = 0, config: object = {}) => {
    await manager.streams.add({ name, subjects: [`${name}.>`], ...config });
    await publish(`${name}.new`, n);
  };
  const addConsumer = (stream: string, name: string, config: Partial<ConsumerConfig> = {}) =>
    manager.consumers.add(stream, { durable_name: name, ack_policy: 'explicit', ...config });
  /** Takes messages, and acknowledges the first of them. */
  const take = async (stream: string, name: string, n: number, acknowledged: number) => {
    const consumer = await jetstream(connection).consumers.get(stream, name);
    const messages = await consumer.fetch({ max_messages: n, expires: 2000 });
    let seen = 0;
    for await (const message of messages) if (seen++ < acknowledged) await message.ackAck();
  };

  it('tells at rest what the server tells', async () => {
    await makeStream('orders', 12);
    await addConsumer('orders', 'billing');
    await take('orders', 'billing', 7, 3);
    const row = rowOf(await sweep(opened(byApi)), 'nats/orders/billing');

    const page = (await (await fetch(`${nats.monitoring}/jsz?acc=APP&streams=1&consumers=1`)).json()) as {
      account_details: {
        stream_detail: { state: Record<string, number>; consumer_detail: Record<string, number>[] }[];
      }[];
    };
    const [stream] = page.account_details[0]!.stream_detail;
    const consumer = stream!.consumer_detail[0]!;
    expect(row).toMatchObject({
      waiting: consumer.num_pending,
      inFlight: consumer.num_ack_pending,
      redelivered: consumer.num_redelivered,
      retained: stream!.state.messages,
      produced: stream!.state.last_seq,
    });
    expect(row).toMatchObject({ waiting: 5, inFlight: 4, backlog: 9, produced: 12, consumed: 3, lost: 0 });
    expect(row).toMatchObject({ prefetch: 1000, queueType: 'limits', namespace: null, group: 'billing' });
  });

  it('tells the same by the monitoring page and by the API', async () => {
    await makeStream('orders', 12, { max_msgs: 100, max_bytes: 1_000_000, discard: 'new' });
    await addConsumer('orders', 'billing');
    await addConsumer('orders', 'audit', { filter_subject: 'orders.old' });
    await makeStream('lonely', 3);
    await take('orders', 'billing', 5, 2);
    const page = await sweep(opened(byPage));
    const api = await sweep(opened(byApi));
    expect(logged).toEqual([]);
    expect(settled(page)).toEqual(settled(api));
    expect(settled(page).map(({ id }) => id)).toEqual(['nats/lonely', 'nats/orders/audit', 'nats/orders/billing']);
    expect(page.broker.sweep.requests).toBe(1);
    expect(api.broker.sweep.requests).toBe(3);
  });

  it('shows the ack-pending cap, which stops delivery without a word', async () => {
    await makeStream('orders', 12);
    await addConsumer('orders', 'billing', { max_ack_pending: 5 });
    await take('orders', 'billing', 5, 0);
    const row = rowOf(await sweep(opened(byPage)), 'nats/orders/billing');
    expect(row).toMatchObject({ waiting: 7, inFlight: 5, prefetch: 5, consumed: 0 });
    expect(row.brokerState).toBe('ack-pending cap: 5 of max_ack_pending 5');
  });

  it('counts for a filtered consumer only what is for it', async () => {
    await makeStream('orders', 4);
    await publish('orders.old', 6);
    await publish('orders.new', 3);
    await addConsumer('orders', 'archive', { filter_subject: 'orders.old' });
    await take('orders', 'archive', 2, 1);
    const row = rowOf(await sweep(opened(byApi)), 'nats/orders/archive');
    expect(row).toMatchObject({ waiting: 4, inFlight: 1, backlog: 5, produced: 6, consumed: 1, retained: 13 });
    expect(row.approximate.consumed).toMatch(/filtered/);
  });

  it('counts what arrives and what is finished between two sweeps', async () => {
    await makeStream('orders', 10);
    await addConsumer('orders', 'billing');
    const source = opened(byPage);
    const before = rowOf(await sweep(source), 'nats/orders/billing');
    await publish('orders.new', 7);
    await take('orders', 'billing', 6, 4);
    const after = rowOf(await sweep(source), 'nats/orders/billing');
    expect(after.produced! - before.produced!).toBe(7);
    expect(after.consumed! - before.consumed!).toBe(4);
    expect(after.backlog! - before.backlog!).toBe(3);
  });

  it('calls lost what a limit took away before it was handed out', async () => {
    await makeStream('orders', 0, { max_msgs: 4 });
    await addConsumer('orders', 'billing');
    await publish('orders.new', 3);
    await take('orders', 'billing', 3, 3);
    await publish('orders.new', 10);
    const row = rowOf(await sweep(opened(byPage)), 'nats/orders/billing');
    expect(row).toMatchObject({ waiting: 4, lost: 6, produced: 13, consumed: 9, retained: 4, capacity: 4 });
    expect(row.overflow).toBe('drop-head');
  });

  it('tells the age where the oldest unfinished message is the first or the last of the stream', async () => {
    await makeStream('orders', 3);
    const { state } = await manager.streams.info('orders');
    const seconds = (at: string | Date) => (Date.now() - new Date(at).getTime()) / 1000;
    await addConsumer('orders', 'billing');
    const age = async () => rowOf(await sweep(opened(byPage)), 'nats/orders/billing');
    const first = (await age()).ageSeconds;
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThanOrEqual(seconds(state.first_ts));
    await take('orders', 'billing', 1, 1);
    expect((await age()).missing.ageSeconds).toMatchObject({ kind: 'unknown' });
    await take('orders', 'billing', 1, 1);
    expect((await age()).ageSeconds).toBeLessThanOrEqual(seconds(state.last_ts));
    await take('orders', 'billing', 1, 1);
    expect((await age()).missing.ageSeconds).toEqual({ kind: 'none', reason: 'nothing is unfinished' });
  });

  it('knows whether somebody takes messages', async () => {
    await makeStream('orders', 2);
    await addConsumer('orders', 'pulled', { filter_subject: 'orders.old' });
    await addConsumer('orders', 'pushed', { deliver_subject: 'deliver.here' });
    const source = opened(byPage);
    const before = await sweep(source);
    expect(rowOf(before, 'nats/orders/pulled').consumers).toBe(0);
    expect(rowOf(before, 'nats/orders/pushed')).toMatchObject({ consumers: 0, brokerState: 'nobody is subscribed' });
    const worker = await connect({ servers: nats.url, ...login('app') });
    worker.subscribe('deliver.here');
    const pulling = await (
      await jetstream(worker).consumers.get('orders', 'pulled')
    ).consume({ callback: () => undefined });
    await until('both are seen', async () => {
      const reading = await sweep(source);
      return ['pulled', 'pushed'].every((name) => rowOf(reading, `nats/orders/${name}`).consumers === 1);
    });
    pulling.stop();
    await worker.close();
  });

  it('owes nothing to anyone where no consumer reads a stream', async () => {
    await makeStream('audit', 3);
    const row = rowOf(await sweep(opened(byPage)), 'nats/audit');
    expect(row).toMatchObject({ group: null, backlog: null, retained: 3, produced: 3 });
    expect(row.missing.backlog).toEqual({ kind: 'none', reason: 'no consumer reads this stream' });
  });

  it('asks only for what is wanted, and has a row for what is not there', async () => {
    await makeStream('other', 1);
    await makeStream('orders', 1);
    await addConsumer('orders', 'billing');
    const wanted = [
      { broker: 'nats', destination: 'orders', group: 'billing' },
      { broker: 'nats', destination: 'orders', group: 'typo' },
      { broker: 'nats', destination: 'gone', group: 'billing' },
      { broker: 'elsewhere', destination: 'other', group: null },
    ];
    const { queues } = await sweep(opened(byApi, wanted));
    expect(queues.map(({ id, missing }) => [id, missing.backlog?.reason])).toEqual([
      ['nats/orders/billing', undefined],
      ['nats/orders/typo', 'the stream has no such consumer (yet)'],
      ['nats/gone/billing', 'there is no such stream (yet)'],
    ]);
  });

  it('gives every null figure its reason, in the row or once for the broker', async () => {
    await makeStream('lonely', 1);
    await makeStream('orders', 5);
    await addConsumer('orders', 'billing');
    await addConsumer('orders', 'archive', { filter_subject: 'orders.old' });
    await makeStream('secret', 1);
    await addConsumer('secret', 'hidden');
    const { broker, queues } = await sweep(opened(withUser(nats.url, 'some')));
    expect(queues).toHaveLength(4);
    for (const row of queues) {
      expect(queueReading.parse(row)).toEqual(row);
      const reasonless = queueFigures.filter(
        (figure) => row[figure] === null && !row.missing[figure] && !broker.notApplicable.includes(figure),
      );
      expect(reasonless, row.id).toEqual([]);
      expect(Object.keys(row.missing).filter((figure) => row[figure as keyof QueueReading] !== null)).toEqual([]);
    }
  });

  it('loses only the row of a stream whose consumers are denied', async () => {
    await makeStream('orders', 5);
    await addConsumer('orders', 'billing');
    await makeStream('secret', 2);
    await addConsumer('secret', 'hidden');
    const reading = await sweep(opened(withUser(nats.url, 'some')));
    expect(rowOf(reading, 'nats/orders/billing').backlog).toBe(5);
    expect(rowOf(reading, 'nats/secret').retained).toBe(2);
    expect(rowOf(reading, 'nats/secret').missing.backlog?.reason).toMatch(/^denied: /);
    expect(reading.broker).toMatchObject({ state: 'partial', error: { code: 'denied' } });
  });

  it('needs no permission that could change anything, and changes nothing by any way of reading', async () => {
    await makeStream('orders', 20);
    await addConsumer('orders', 'billing');
    await take('orders', 'billing', 5, 2);
    const state = async () => {
      const page = (await (await fetch(`${nats.monitoring}/jsz?streams=1&consumers=1&config=1`)).json()) as {
        messages: number;
        bytes: number;
        account_details: { name: string; stream_detail: object[] }[];
      };
      const { messages, bytes, account_details: accounts } = page;
      return { messages, bytes, streams: accounts.find(({ name }) => name === 'APP')?.stream_detail };
    };
    const before = await state();
    for (const source of [opened(byPage), opened(byApi)]) {
      for (let i = 0; i < 10; i++) expect(rowOf(await sweep(source), 'nats/orders/billing').backlog).toBe(18);
    }
    for (const { queues } of (await everyVerb(withUser(nats.url, 'reader'))).sweeps)
      expect(queues.find(({ id }) => id === 'nats/orders/billing')?.backlog).toBe(18);
    expect(await state()).toEqual(before);
    const reader = await connect({ servers: nats.url, ...login('reader') });
    await expect((await jetstreamManager(reader)).streams.purge('orders')).rejects.toThrow(/Permissions Violation/);
    await reader.close();
  });

  it('lists more streams than a page holds', async () => {
    const names = Array.from({ length: 300 }, (_, i) => `s${i}`);
    await Promise.all(names.map((name) => manager.streams.add({ name, storage: 'memory' })));
    const { queues } = await sweep(opened(byApi));
    expect(queues.map(({ destination }) => destination).sort()).toEqual(names.sort());
  });

  it('asks the API where the monitoring page cannot be read, and says so once', async () => {
    await makeStream('orders', 5);
    await addConsumer('orders', 'billing');
    const [nobody] = await freePorts(1);
    const source = opened(`${byApi}?monitoring=http://127.0.0.1:${nobody}`);
    for (let i = 0; i < 2; i++) expect(rowOf(await sweep(source), 'nats/orders/billing').backlog).toBe(5);
    expect(logged).toEqual([expect.stringMatching(/^the JetStream API is asked instead/)]);
  });

  it('says denied for a wrong password, and never repeats it', async () => {
    const failure = sweep(opened(nats.url.replace('//', '//app:not-it@')));
    await expect(failure).rejects.toMatchObject({ name: 'SourceError', code: 'denied' });
    await expect(failure).rejects.not.toThrow(/not-it/);
  });

  it('says unsupported for an account without JetStream', async () => {
    const failure = sweep(opened(withUser(nats.url, 'plain')));
    await expect(failure).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringMatching(/JetStream/) as string,
    });
  });

  it('says denied where a permission is lacking', async () => {
    const failure = sweep(opened(withUser(nats.url, 'nothing')));
    await expect(failure).rejects.toMatchObject({
      code: 'denied',
      next: expect.stringMatching(/JS\.API\.INFO/) as string,
    });
  });

  it('is read by the command line', async () => {
    await makeStream('orders', 5);
    await addConsumer('orders', 'billing');
    const { code, stdout } = await cli(['queues', '--broker', byPage, '--format', 'json']);
    const read = sweepSchema.parse(JSON.parse(stdout));
    expect(read.queues.map(({ id, backlog }) => [id, backlog])).toEqual([['nats/orders/billing', 5]]);
    expect(stdout).not.toContain(natsUsers.reader.password);
    expect(code).toBe(0);
  });
});

describeWith(['natsNow'], 'A current NATS', ({ natsNow: { command } }) => {
  const servers: NatsServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  it.each([1, 3])('of %i node(s) tells the same by every way, and changes by none', async (nodes) => {
    const server = await startNats({ command, nodes });
    servers.push(server);
    const connection = await connect({ servers: server.url, ...login('app') });
    // Three nodes answer when they have elected who leads the consumer: a round of that takes up to 9 s, and may be lost.
    const manager = await jetstreamManager(connection, { timeout: 30_000 });
    await manager.streams.add({ name: 'orders', num_replicas: nodes });
    for (const name of ['a', 'b', 'c']) {
      await manager.consumers.add('orders', { durable_name: name, ack_policy: 'explicit', max_ack_pending: 4 });
    }
    for (let i = 0; i < 10; i++) await jetstream(connection).publish('orders', `${i}`);
    const consumer = await jetstream(connection).consumers.get('orders', 'a');
    for await (const message of await consumer.fetch({ max_messages: 4, expires: 2000 }))
      if (message.seq === 1) await message.ackAck();
    const rows = ({ queues }: SourceReading) =>
      queues.map(({ group, waiting, inFlight, consumed }) => [group, waiting, inFlight, consumed]).sort();
    const state = async () => {
      const { state: stream } = await manager.streams.info('orders');
      const infos = [];
      for await (const { name, num_pending, num_ack_pending, delivered, ack_floor } of manager.consumers.list(
        'orders',
      )) {
        infos.push({
          name,
          num_pending,
          num_ack_pending,
          delivered: delivered.stream_seq,
          floor: ack_floor.stream_seq,
        });
      }
      return {
        messages: stream.messages,
        last: stream.last_seq,
        infos: infos.sort((a, b) => (a.name < b.name ? -1 : 1)),
      };
    };
    const before = await state();
    const reader = withUser(server.url, 'reader');
    for (const url of [reader, `${reader}?monitoring=${server.monitorings.join()}`]) {
      const source = opened(url);
      for (let i = 0; i < 3; i++)
        expect(rows(await sweep(source))).toEqual([
          ['a', 6, 3, 1],
          ['b', 10, 0, 0],
          ['c', 10, 0, 0],
        ]);
    }
    expect(logged).toEqual([]);
    expect(await state()).toEqual(before);
    await connection.close();
  });

  it('lets in who comes with a credentials file, and says so where it is none', async () => {
    const operator = natsOperator();
    const server = await startNats({ command, login: operator.configuration });
    servers.push(server);
    const home = await mkdtemp(path.join(folder(runFolder), 'creds-'));
    const [app, reader, rubbish] = ['app', 'reader', 'rubbish'].map((name) => path.join(home, `${name}.creds`)) as [
      string,
      string,
      string,
    ];
    await operator.credentials('app', app);
    await operator.credentials('reader', reader);
    await writeFile(rubbish, 'hello\n');
    const authenticator = credsAuthenticator(await readFile(app));
    const connection = await connect({ servers: server.url, authenticator });
    await (await jetstreamManager(connection)).streams.add({ name: 'orders' });
    await connection.close();
    const { broker, queues } = await sweep(opened(`${server.url}?credentials=${reader}`));
    expect([broker.state, queues.map(({ id }) => id)]).toEqual(['ok', ['nats/orders']]);
    await expect(sweep(opened(server.url))).rejects.toMatchObject({ code: 'denied' });
    for (const file of [rubbish, `${reader}.gone`]) {
      await expect(sweep(opened(`${server.url}?credentials=${file}`))).rejects.toMatchObject({
        code: 'denied',
        message: expect.stringContaining('credentials file') as string,
      });
    }
  });
});

describeWith(['nats'], 'A NATS of another kind', () => {
  const servers: NatsServer[] = [];
  const started = async (options: Parameters<typeof startNats>[0]) => {
    const server = await startNats(options);
    servers.push(server);
    return server;
  };
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  it('is read with the authority that signed its certificate, and is a tls error without', async () => {
    const { ca, certificate, key } = await makeCertificate();
    const { url } = await started({ tls: { certificate, key } });
    const reader = withUser(url, 'reader');
    await expect(sweep(opened(`${reader}?ca=${encodeURIComponent(ca)}`))).resolves.toMatchObject({
      broker: { state: 'ok' },
    });
    await expect(sweep(opened(reader))).rejects.toMatchObject({ code: 'tls' });
    await expect(sweep(opened(`${reader}?ca=${ca}.gone`))).rejects.toMatchObject({ code: 'tls' });
  });

  it('is read right from any node of a cluster, whose pages know only the consumers they lead', async () => {
    const { url, monitoring } = await started({ nodes: 3 });
    const connection = await connect({ servers: url, ...login('app') });
    const manager = await jetstreamManager(connection);
    await manager.streams.add({ name: 'orders', num_replicas: 3 });
    for (const name of ['a', 'b', 'c'])
      await manager.consumers.add('orders', { durable_name: name, ack_policy: 'explicit' });
    for (let i = 0; i < 10; i++) await jetstream(connection).publish('orders', `${i}`);
    await connection.close();
    const { queues } = await sweep(opened(`${withUser(url, 'reader')}?monitoring=${monitoring}`));
    expect(queues.map(({ id, backlog }) => [id, backlog]).sort()).toEqual(
      ['a', 'b', 'c'].map((name) => [`nats/orders/${name}`, 10]),
    );
    expect(logged.join()).toMatch(/cluster/);
  });

  it('is a timeout within the deadline while it hangs, and is read again once it goes on', async () => {
    const { url, pid } = await started({});
    const source = opened(withUser(url, 'reader'));
    await sweep(source);
    await hang(pid);
    const began = performance.now();
    await expect(sweep(source, 500)).rejects.toMatchObject({ code: 'timeout' });
    await expect(sweep(source, 500)).rejects.toMatchObject({ code: 'timeout' });
    expect(performance.now() - began).toBeLessThan(3000);
    process.kill(pid, 'SIGCONT');
    await expect(sweep(source)).resolves.toMatchObject({ broker: { state: 'ok' } });
  });
});

describe('What is no NATS', () => {
  const open = new Set<Socket>();
  let server: Server;
  let greeting = '';
  beforeAll(async () => {
    server = createServer((socket) => {
      open.add(socket.on('close', () => open.delete(socket)).on('error', () => undefined));
      // Unread, the socket would not tell its end.
      socket.resume().write(greeting);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());
  const url = () => `nats://user:secret@127.0.0.1:${(server.address() as { port: number }).port}`;

  it('is a timeout within the deadline where it never says anything, and leaves no socket', async () => {
    greeting = '';
    const began = performance.now();
    await expect(sweep(opened(url()), 400)).rejects.toMatchObject({ code: 'timeout' });
    expect(performance.now() - began).toBeLessThan(2000);
    await until('the socket is closed', () => Promise.resolve(open.size === 0));
  });

  it('is the wrong system where it greets in another protocol', async () => {
    greeting = '220 mail.example ESMTP\r\n';
    await expect(sweep(opened(url()))).rejects.toMatchObject({ code: 'wrong-system' });
  });
});

function login(name: UserName) {
  const { user, password } = natsUsers[name];
  return { user, pass: password };
}
