import { Redis } from 'ioredis';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { open } from '../../src/measure/redis';
import type { Source, SourceReading } from '../../src/measure/source';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import { queueReading, queueFigures, type QueueReading } from '../../src/model/sweep';
import { makeCertificate } from '../harness/certificate';
import { describeWith } from '../harness/need';
import { freePorts, hang } from '../harness/process';
import { redisCli, redisReaderRules as readerRules, startRedis, type RedisServer } from '../harness/redis';

const hostile = '"><img src=x onerror=alert(1)>';

describeWith(['redis'], 'Reading Redis streams', ({ redis }) => {
  const sources: Source[] = [];
  let writer: Redis;

  beforeAll(() => void (writer = new Redis(redis.url)));
  beforeEach(() => writer.flushall());
  afterEach(async () => {
    await Promise.all(sources.splice(0).map((source) => source.close()));
  });
  afterAll(() => writer.quit());

  const opened = (url: string, wanted: Parameters<typeof open>[1]['wanted'] = null) => {
    const source = open(parseBrokerUrl(url), { wanted, log: () => undefined });
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
  const add = async (stream: string, n: number) => {
    const pipeline = writer.pipeline();
    for (let i = 0; i < n; i++) pipeline.xadd(stream, '*', 'n', i);
    await pipeline.exec();
  };
  const read = (stream: string, group: string, consumer: string, n: number) =>
    writer.xreadgroup('GROUP', group, consumer, 'COUNT', n, 'STREAMS', stream, '>') as Promise<
      [string, [string, string[]][]][] | null
    >;

  it('tells at rest what redis-cli tells', async () => {
    await writer.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
    await add('orders', 12);
    const [first] = (await read('orders', 'billing', 'worker-1', 5)) ?? [];
    await writer.xack('orders', 'billing', first![1][0]![0]);
    await read('orders', 'billing', 'worker-2', 2);
    const row = rowOf(await sweep(opened(redis.url)), 'redis/orders/billing');

    const groups = (await redisCli(redis, 'xinfo', 'groups', 'orders')).split('\n');
    const told = (name: string) => Number(groups[groups.indexOf(name) + 1]);
    expect(row).toMatchObject({
      waiting: told('lag'),
      inFlight: told('pending'),
      backlog: told('lag') + told('pending'),
      consumers: told('consumers'),
      consumed: told('entries-read') - told('pending'),
      retained: Number(await redisCli(redis, 'xlen', 'orders')),
      produced: 12,
      lost: 0,
    });
    expect(row).toMatchObject({ waiting: 5, inFlight: 6, consumed: 1, consumers: 2 });
    const [pending, oldest] = (await redisCli(redis, 'xpending', 'orders', 'billing')).split('\n');
    expect(row.inFlight).toBe(Number(pending));
    const seconds = (Date.now() - Number(oldest!.split('-')[0])) / 1000;
    expect(row.ageSeconds).toBeGreaterThan(0);
    expect(row.ageSeconds).toBeLessThanOrEqual(seconds + 0.001);
    expect(row.members?.map(({ id, inFlight }) => [id, inFlight])).toEqual([
      ['worker-1', 4],
      ['worker-2', 2],
    ]);
  });

  it('counts what arrives and what is finished between two sweeps', async () => {
    await writer.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
    await add('orders', 10);
    const source = opened(redis.url);
    const before = rowOf(await sweep(source), 'redis/orders/billing');
    await add('orders', 7);
    const [stream] = (await read('orders', 'billing', 'worker', 4)) ?? [];
    await writer.xack('orders', 'billing', ...stream![1].map(([id]) => id));
    const after = rowOf(await sweep(source), 'redis/orders/billing');
    expect(after.produced! - before.produced!).toBe(7);
    expect(after.consumed! - before.consumed!).toBe(4);
    expect(after.backlog! - before.backlog!).toBe(3);
  });

  it('gives an upper bound, and says so, where Redis lost count of the lag', async () => {
    await writer.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
    await add('orders', 6);
    await read('orders', 'billing', 'worker', 2);
    const [, , , , fifth] = await writer.xrange('orders', '-', '+');
    await writer.xdel('orders', fifth![0]);
    expect(await redisCli(redis, 'xinfo', 'groups', 'orders')).toMatch(/lag$/);
    const row = rowOf(await sweep(opened(redis.url)), 'redis/orders/billing');
    expect(row.waiting).toBe(4);
    expect(row.approximate.waiting).toMatch(/upper bound/);
    expect(row.approximate.backlog).toMatch(/upper bound/);
    expect(row.inFlight).toBe(2);
  });

  it('calls the backlog unknown where not even a bound is known', async () => {
    await add('orders', 6);
    const [, , third] = await writer.xrange('orders', '-', '+');
    await writer.xgroup('CREATE', 'orders', 'late', third![0]);
    const row = rowOf(await sweep(opened(redis.url)), 'redis/orders/late');
    expect(row.backlog).toBeNull();
    expect(row.missing.backlog).toMatchObject({ kind: 'unknown' });
    expect(row.missing.waiting?.reason).toMatch(/lost count/);
    expect(row).toMatchObject({ inFlight: 0, retained: 6, produced: 6 });
  });

  it('does not count as waiting what trimming took away, and calls it lost', async () => {
    await writer.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
    await add('orders', 10);
    await read('orders', 'billing', 'worker', 3);
    await writer.xtrim('orders', 'MAXLEN', 4);
    const row = rowOf(await sweep(opened(redis.url)), 'redis/orders/billing');
    expect(row).toMatchObject({ waiting: 4, inFlight: 3, lost: 3, retained: 4, produced: 10, consumed: 3 });
  });

  it('owes nothing to anyone where no group reads a stream', async () => {
    await add('audit', 3);
    const row = rowOf(await sweep(opened(redis.url)), 'redis/audit');
    expect(row).toMatchObject({ group: null, backlog: null, retained: 3, produced: 3 });
    expect(row.missing.backlog).toEqual({ kind: 'none', reason: 'no group reads this stream' });
  });

  it('leaves out streams that libraries keep for themselves, and keys of other types', async () => {
    await add('bull:mail:events', 1);
    await add('rq:results:7', 1);
    await add('bull:mail:events:mine', 1);
    await writer.lpush('list', 'x');
    const { queues } = await sweep(opened(redis.url));
    expect(queues.map(({ destination }) => destination)).toEqual(['bull:mail:events:mine']);
  });

  it('reads names byte for byte', async () => {
    const names = [hostile, 'a~b/c d', '日本 \u0000\n', '{tag}*?[x]'];
    for (const name of names) await writer.xgroup('CREATE', name, `group of ${name}`, '0', 'MKSTREAM');
    const { queues } = await sweep(opened(redis.url));
    expect(queues.map(({ destination }) => destination).sort()).toEqual([...names].sort());
    expect(queues.find(({ destination }) => destination === hostile)).toMatchObject({
      group: `group of ${hostile}`,
      id: `redis/${encodeURIComponent(hostile)}/${encodeURIComponent(`group of ${hostile}`)}`,
      backlog: 0,
    });
  });

  it('names the database in the id when it is not the default one', async () => {
    await writer.select(3);
    await writer.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
    await writer.select(0);
    const { queues } = await sweep(opened(`${redis.url}/3`));
    expect(queues.map(({ id, namespace }) => [id, namespace])).toEqual([['redis/3~orders/billing', '3']]);
  });

  it('asks only for what is wanted, and has a row for what is not there', async () => {
    await add('other', 1);
    await writer.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
    const wanted = [
      { broker: 'redis', destination: 'orders', group: 'billing' },
      { broker: 'redis', destination: 'orders', group: 'typo' },
      { broker: 'redis', destination: 'gone', group: 'billing' },
      { broker: 'elsewhere', destination: 'other', group: null },
    ];
    const { queues } = await sweep(opened(redis.url, wanted));
    expect(queues.map(({ id, missing }) => [id, missing.backlog?.reason])).toEqual([
      ['redis/orders/billing', undefined],
      ['redis/orders/typo', 'the stream has no such group (yet)'],
      ['redis/gone/billing', 'there is no such stream (yet)'],
    ]);
  });

  it('gives every null figure its reason, in the row or once for the broker', async () => {
    await add('lonely', 1);
    await writer.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
    await writer.xgroup('CREATE', 'lonely', 'middle', '1-1');
    await add('nobody', 1);
    const { broker, queues } = await sweep(opened(redis.url));
    expect(queues).toHaveLength(3);
    for (const row of queues) {
      expect(queueReading.parse(row)).toEqual(row);
      const reasonless = queueFigures.filter(
        (figure) => row[figure] === null && !row.missing[figure] && !broker.notApplicable.includes(figure),
      );
      expect(reasonless, row.id).toEqual([]);
      expect(Object.keys(row.missing).filter((figure) => row[figure as keyof QueueReading] !== null)).toEqual([]);
    }
  });

  it('needs no command that could change anything, and changes nothing in ten sweeps', async () => {
    await writer.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
    await add('orders', 20);
    await read('orders', 'billing', 'worker', 5);
    await writer.acl('SETUSER', 'reader', 'on', '>secret', '~*', ...readerRules);
    const state = () =>
      Promise.all([
        redisCli(redis, 'debug', 'digest'),
        redisCli(redis, 'xinfo', 'stream', 'orders', 'full').then((text) =>
          text.replace(/seen-time.*|\d{13}(?!-)/g, ''),
        ),
      ]);
    const before = await state();
    await writer.acl('LOG', 'RESET');
    const source = opened(redis.url.replace('//', '//reader:secret@'));
    for (let i = 0; i < 10; i++) expect(rowOf(await sweep(source), 'redis/orders/billing').backlog).toBe(20);
    expect(await writer.acl('LOG')).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it('loses only the row of a key that is denied', async () => {
    for (const name of ['orders:new', 'secret']) await writer.xgroup('CREATE', name, 'billing', '0', 'MKSTREAM');
    await writer.acl('SETUSER', 'some', 'on', '>secret', '~orders:*', ...readerRules);
    const reading = await sweep(opened(redis.url.replace('//', '//some:secret@')));
    expect(rowOf(reading, 'redis/orders%3Anew/billing').backlog).toBe(0);
    expect(rowOf(reading, 'redis/secret').missing.backlog).toEqual({
      kind: 'unknown',
      reason: 'denied: the user may not read these keys',
    });
    expect(reading.broker).toMatchObject({ state: 'partial', error: { code: 'denied' } });
  });

  it('says denied for a wrong password, and never repeats it', async () => {
    await writer.acl('SETUSER', 'reader', 'on', '>secret', '~*', ...readerRules);
    const failure = sweep(opened(redis.url.replace('//', '//reader:not-it@')));
    await expect(failure).rejects.toMatchObject({ name: 'SourceError', code: 'denied' });
    await expect(failure).rejects.not.toThrow(/not-it/);
  });

  it('reads again after a connection was cut', async () => {
    await writer.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
    const source = opened(redis.url);
    await sweep(source);
    await writer.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    // The cut may be noticed before or during this one.
    await sweep(source).catch(() => undefined);
    const again = await sweep(source);
    expect(rowOf(again, 'redis/orders/billing').backlog).toBe(0);
  });

  it('takes streams in the thousands in one sweep', async () => {
    const pipeline = writer.pipeline();
    for (let i = 0; i < 3000; i++) pipeline.xgroup('CREATE', `stream-${i}`, 'g', '0', 'MKSTREAM');
    await pipeline.exec();
    const { queues } = await sweep(opened(redis.url));
    expect(new Set(queues.map(({ id }) => id)).size).toBe(3000);
  });
});

describeWith(['redis'], 'A Redis that hangs', () => {
  let own: RedisServer;
  let silent: Server;
  beforeAll(async () => {
    own = await startRedis();
    silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    process.kill(own.pid!, 'SIGCONT');
    await own.stop();
    silent.close();
  });
  const request = (callTimeoutMs: number) => ({ at: Date.now(), signal: new AbortController().signal, callTimeoutMs });

  it('is a timeout within the deadline, and is read again once it goes on', async () => {
    const source = open(parseBrokerUrl(own.url), { wanted: null, log: () => undefined });
    await source.sweep(request(2000));
    await hang(own.pid!);
    const began = performance.now();
    await expect(source.sweep(request(500))).rejects.toMatchObject({ code: 'timeout' });
    await expect(source.sweep(request(500))).rejects.toMatchObject({ code: 'timeout' });
    expect(performance.now() - began).toBeLessThan(3000);
    process.kill(own.pid!, 'SIGCONT');
    await expect(source.sweep(request(5000))).resolves.toMatchObject({ broker: { state: 'ok' } });
    await source.close();
  });

  it('is a timeout where a port accepts and never answers', async () => {
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const source = open(parseBrokerUrl(`redis://user:secret@127.0.0.1:${port}`), {
      wanted: null,
      log: () => undefined,
    });
    const began = performance.now();
    await expect(source.sweep(request(400))).rejects.toMatchObject({ code: 'timeout' });
    expect(performance.now() - began).toBeLessThan(2000);
    await source.close();
  });
});

describeWith(['redis'], 'A Redis that speaks TLS', () => {
  let own: RedisServer;
  let tlsPort: number;
  let authority: string;
  beforeAll(async () => {
    const { ca, certificate, key } = await makeCertificate();
    authority = ca;
    [tlsPort = 0] = await freePorts(1);
    const files = ['--tls-ca-cert-file', ca, '--tls-cert-file', certificate, '--tls-key-file', key];
    own = await startRedis(['--tls-port', `${tlsPort}`, '--tls-auth-clients', 'no', ...files]);
  });
  afterAll(() => own.stop());
  const sweep = async (url: string) => {
    const source = open(parseBrokerUrl(url), { wanted: null, log: () => undefined });
    const request = { at: Date.now(), signal: new AbortController().signal, callTimeoutMs: 1000 };
    return source.sweep(request).finally(() => source.close());
  };

  it('is read with the authority that signed its certificate', async () => {
    const url = `rediss://127.0.0.1:${tlsPort}?ca=${encodeURIComponent(authority)}`;
    await expect(sweep(url)).resolves.toMatchObject({ broker: { state: 'ok' } });
  });

  it('is a tls error without it, with a file that is not there, and where the port speaks none', async () => {
    await expect(sweep(`rediss://127.0.0.1:${tlsPort}`)).rejects.toMatchObject({ code: 'tls' });
    const missing = path.join(authority, '..', 'nothing.crt');
    await expect(sweep(`rediss://127.0.0.1:${tlsPort}?ca=${missing}`)).rejects.toMatchObject({ code: 'tls' });
    await expect(sweep(own.url.replace('redis:', 'rediss:'))).rejects.toMatchObject({ code: 'tls' });
  });

  it('is told to who comes without', async () => {
    await expect(sweep(`redis://127.0.0.1:${tlsPort}`)).rejects.toMatchObject({
      code: 'tls',
      next: 'use rediss:// instead of redis://',
    });
  });
});
