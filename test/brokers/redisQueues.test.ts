import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { open } from '../../src/measure/redis';
import type { Source, SourceReading, WantedQueue } from '../../src/measure/source';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import { queueFigures, queueReading, type QueueReading } from '../../src/model/sweep';
import { describeWith } from '../harness/need';
import { until } from '../harness/process';
import { pythonQueues } from '../harness/pythonQueues';
import { everythingRequired } from '../harness/tools';

const python = await pythonQueues();
if (!python.ok && everythingRequired) throw new Error(python.reason);

describeWith(['redis'], 'Queues of jobs on Redis', ({ redis }) => {
  const url = `${redis.url}/5`;
  const connection = { host: new URL(redis.url).hostname, port: Number(new URL(redis.url).port), db: 5 };
  const sources: Source[] = [];
  const endings: (() => Promise<unknown>)[] = [];
  let writer: Redis;

  beforeAll(() => void (writer = new Redis(url)));
  beforeEach(() => writer.flushdb());
  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
    await Promise.all(sources.splice(0).map((source) => source.close()));
  });
  afterAll(() => writer.quit());

  const opened = (wanted: WantedQueue[] | null = null, address = url) => {
    const source = open(parseBrokerUrl(address), { wanted, log: () => undefined });
    sources.push(source);
    return source;
  };
  const sweep = (source: Source): Promise<SourceReading> =>
    source.sweep({ at: Date.now(), signal: new AbortController().signal, callTimeoutMs: 10_000 });
  const rows = async (wanted: WantedQueue[] | null = null) => (await sweep(opened(wanted))).queues;
  const rowOf = (queues: readonly QueueReading[], destination: string): QueueReading => {
    const row = queues.find((queue) => queue.destination === destination);
    if (!row) throw new Error(`no row ${destination} among ${queues.map((queue) => queue.id).join(' ')}`);
    return row;
  };
  const wanted = (destination: string, more: Partial<WantedQueue> = {}): WantedQueue => ({
    ...{ broker: 'redis', namespace: '5', destination },
    ...more,
  });
  const bullmq = async (name: string, options = {}) => {
    const queue = new Queue(name, { connection, ...options });
    endings.push(() => queue.close());
    await queue.waitUntilReady();
    return queue;
  };
  /** A worker whose jobs last until the test ends. */
  const bullmqWorker = async (name: string, concurrency: number) => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const worker = new Worker(name, () => held, { connection, concurrency });
    endings.push(async () => {
      release();
      await worker.close();
    });
    await worker.waitUntilReady();
  };

  it('counts the jobs of BullMQ as BullMQ does, with a worker at it', async () => {
    const queue = await bullmq('mail');
    const began = Date.now();
    for (let i = 0; i < 6; i++) await queue.add('send', {});
    await bullmqWorker('mail', 2);
    await until('two jobs run', async () => (await queue.getActiveCount()) === 2);
    await queue.add('later', {}, { delay: 3_600_000 });
    for (const priority of [3, 7]) await queue.add('urgent', {}, { priority });
    const counts = await queue.getJobCounts();
    const row = rowOf(await rows(), 'bull:mail');
    expect(row).toMatchObject({ waiting: 7, inFlight: 2, backlog: 9, delayed: 1 });
    expect(row).toMatchObject({
      waiting: counts.waiting! + counts.prioritized! + counts.delayed!,
      inFlight: counts.active,
      delayed: counts.delayed,
    });
    expect(row).toMatchObject({ id: 'redis/5~bull%3Amail', queueType: 'bullmq', kind: 'list', brokerState: null });
    expect(row.ageSeconds).toBeGreaterThan(0);
    expect(row.ageSeconds).toBeLessThanOrEqual((Date.now() - began) / 1000);
    expect(row.approximate.ageSeconds).toMatch(/prioritised/);
  });

  it('knows a paused queue of BullMQ, by its mark and by the list that older versions keep', async () => {
    const queue = await bullmq('mail');
    await queue.add('send', {});
    await queue.pause();
    expect(rowOf(await rows(), 'bull:mail')).toMatchObject({ waiting: 1, brokerState: 'paused' });
    await writer.rename('bull:mail:wait', 'bull:mail:paused');
    expect(rowOf(await rows(), 'bull:mail')).toMatchObject({ waiting: 1, brokerState: 'paused' });
    expect(rowOf(await rows(), 'bull:mail').ageSeconds).toBeGreaterThan(0);
  });

  it('says that the next job of BullMQ need not be the oldest where it was put first', async () => {
    const queue = await bullmq('mail');
    await queue.add('send', {});
    expect(rowOf(await rows(), 'bull:mail').approximate).toEqual({});
    await queue.add('send', {}, { lifo: true });
    expect(rowOf(await rows(), 'bull:mail').approximate.ageSeconds).toMatch(/lifo/);
  });

  it('finds BullMQ under another prefix, empty queues too, and shows none of its streams', async () => {
    const queue = await bullmq('mail', { prefix: '{shop}' });
    await queue.add('send', {});
    await queue.drain();
    await writer.hset('someone:meta', 'colour', 'red');
    const all = await rows();
    expect(all.map(({ destination, backlog }) => [destination, backlog])).toEqual([['{shop}:mail', 0]]);
    expect(all[0]?.missing.ageSeconds).toEqual({ kind: 'none', reason: 'nothing is unfinished' });
  });

  it('reads Sidekiq by keys written as its documentation says (no real Sidekiq here)', async () => {
    const job = (seconds: number) => JSON.stringify({ class: 'Mail', enqueued_at: Date.now() / 1000 - seconds });
    await writer.sadd('queues', 'default', 'empty');
    await writer.lpush('queue:default', job(90), job(10));
    await writer.zadd('retry', Date.now() / 1000 + 60, job(5));
    const all = await rows();
    expect(all.map(({ destination, kind, waiting, delayed }) => [destination, kind, waiting, delayed])).toEqual([
      ...expectedInAnyOrder(all, [
        ['queue:default', 'list', 2, null],
        ['queue:empty', 'list', 0, null],
      ]),
      ['schedule', 'sorted_set', 0, 0],
      ['retry', 'sorted_set', 1, 1],
    ]);
    const { ageSeconds } = rowOf(all, 'queue:default');
    expect(ageSeconds).toBeGreaterThanOrEqual(89.9);
    expect(ageSeconds).toBeLessThan(100);
  });

  it("shows lists and sorted sets that are nobody's queue only where they are asked for", async () => {
    await writer.rpush('work', 'a', 'b');
    await writer.rpush('work:2', 'a');
    await writer.zadd('due', 1, 'a', 2, 'b', 3, 'c');
    await writer.set('text', 'x');
    expect(await rows()).toEqual([]);
    const named = await rows([wanted('work'), wanted('due'), wanted('empty', { type: 'list' }), wanted('gone')]);
    expect(named.map(({ destination, kind, backlog }) => [destination, kind, backlog])).toEqual([
      ['work', 'list', 2],
      ['due', 'sorted_set', 3],
      ['empty', 'list', 0],
      ['gone', 'stream', null],
    ]);
    expect(named[3]?.missing.backlog?.reason).toBe('there is no such key (yet)');
    const matching = await rows([wanted('work*', { pattern: true }), wanted('none*', { pattern: true })]);
    expect(matching.map(({ destination }) => destination).sort()).toEqual(['work', 'work:2']);
  });

  it('has one row for each match of a pattern, and none for the keys that make up a queue', async () => {
    for (const name of ['mail', 'video']) await (await bullmq(name)).add('send', {}, { delay: 60_000 });
    await writer.xgroup('CREATE', 'bulletin', 'readers', '0', 'MKSTREAM');
    const matching = await rows([wanted('bull:*', { pattern: true })]);
    expect(matching.map(({ destination }) => destination).sort()).toEqual(['bull:mail', 'bull:video']);
    const named = await rows([wanted('bull:video')]);
    expect(named.map(({ destination, delayed }) => [destination, delayed])).toEqual([['bull:video', 1]]);
  });

  it('gives every null figure its reason', async () => {
    await (await bullmq('mail')).add('send', {});
    await writer.sadd('queues', 'default');
    await writer.sadd('rq:queues', 'rq:queue:jobs');
    await writer.sadd('_kombu.binding.celery', 'celery\x06\x16\x06\x16celery');
    await writer.rpush('work', 'x');
    const { broker, queues } = await sweep(opened([wanted('*', { pattern: true })]));
    expect(queues).toHaveLength(7);
    for (const row of queues) {
      expect(queueReading.parse(row)).toEqual(row);
      const reasonless = queueFigures.filter(
        (figure) => row[figure] === null && !row.missing[figure] && !broker.notApplicable.includes(figure),
      );
      expect(reasonless, row.id).toEqual([]);
    }
  });

  it('loses only the row of a queue whose keys are denied, and changes nothing', async () => {
    for (const name of ['mail', 'secret']) await (await bullmq(name)).add('send', {});
    const reads = '+ping +info +select +scan +type +llen +lindex +zcard +hlen +hget +scard +smembers'.split(' ');
    await writer.acl('SETUSER', 'jobs', 'reset', 'on', '>pw', '~bull:mail:*', '-@all', ...reads);
    const { queues, broker } = await sweep(opened(null, url.replace('//', '//jobs:pw@')));
    expect(rowOf(queues, 'bull:mail').backlog).toBe(1);
    expect(rowOf(queues, 'bull:secret').missing.backlog?.reason).toMatch(/^denied/);
    expect(broker).toMatchObject({ state: 'partial', error: { code: 'denied' } });
  });

  const withPython = python.ok ? describe : describe.skip;
  withPython(`Celery and RQ${python.ok ? '' : ` (skipped: ${python.reason})`}`, () => {
    if (!python.ok) return;
    const { value } = python;
    const worker = async (library: 'celery' | 'rq', queue: string) => {
      const running = await value.worker(library, url, queue);
      endings.push(async () => {
        await writer.rpush('go', 'x');
        await running.stop('SIGKILL');
      });
    };

    it('adds up the priorities of a Celery queue, and what its worker took before its time', async () => {
      const send = `
import tasks
for _ in range(12): tasks.celery_wait.delay()
for priority in (1, 5, 9): tasks.celery_wait.apply_async(priority=priority)`;
      await value.python(url, send);
      const before = rowOf(await rows(), 'celery');
      expect(before).toMatchObject({ waiting: 15, inFlight: 0, backlog: 15, queueType: 'celery', kind: 'list' });
      expect(before.missing.ageSeconds).toMatchObject({ kind: 'unknown' });
      await worker('celery', 'celery');
      const source = opened();
      let row = before;
      // Two run, acknowledged early, and are nowhere; four each are taken before their time.
      await until('the worker holds what it may', async () => {
        row = rowOf((await sweep(source)).queues, 'celery');
        return row.backlog === 13 && row.inFlight === 8;
      });
      expect(row).toMatchObject({ waiting: 5, inFlight: 8 });
      expect(row.approximate.inFlight).toMatch(/acks_late/);
      // The lists by which workers talk among themselves are nobody's work.
      expect((await sweep(source)).queues.map(({ destination }) => destination)).toEqual(['celery']);
      await value.python(url, "import tasks; tasks.celery_wait.apply_async(queue='mail')");
      const two = (await sweep(source)).queues;
      expect(rowOf(two, 'mail')).toMatchObject({ waiting: 1, backlog: 1, inFlight: null });
      expect(rowOf(two, 'celery').missing.inFlight?.reason).toMatch(/8 in all/);
    });

    it('reads the jobs of RQ in all their places, with a worker at it', async () => {
      const began = Date.now();
      const send = `
import datetime, redis, rq, tasks
queue = rq.Queue('jobs', connection=redis.from_url(tasks.url))
first = queue.enqueue(tasks.wait)
for _ in range(3): queue.enqueue(tasks.wait)
queue.enqueue(tasks.wait, depends_on=first)
queue.enqueue_in(datetime.timedelta(hours=1), tasks.wait)`;
      await value.python(url, send);
      expect(rowOf(await rows(), 'rq:queue:jobs')).toMatchObject({
        ...{ waiting: 6, inFlight: 0, delayed: 1, consumers: 0, queueType: 'rq', kind: 'list' },
      });
      await worker('rq', 'jobs');
      const source = opened([wanted('rq:queue:jobs')]);
      let row: QueueReading | undefined;
      await until('a job runs', async () => {
        [row] = (await sweep(source)).queues;
        return row?.inFlight === 1;
      });
      expect(row).toMatchObject({ waiting: 5, backlog: 6, delayed: 1, consumers: 1 });
      expect(row?.ageSeconds).toBeGreaterThan(0);
      expect(row?.ageSeconds).toBeLessThanOrEqual((Date.now() - began) / 1000);
      expect((await rows()).map(({ destination }) => destination)).toEqual(['rq:queue:jobs']);
    });
  });
});

/** The rows of Sidekiq's queues come in the order of a set, which is none. */
function expectedInAnyOrder<T extends unknown[]>(all: readonly QueueReading[], expected: T[]): T[] {
  return all.flatMap(({ destination }) => expected.filter(([name]) => name === destination));
}
