import { connect, type ChannelModel } from 'amqplib';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli } from '../harness/cli';
import { describeWith } from '../harness/need';
import { freePorts, until } from '../harness/process';
import { startPrometheus, type PrometheusServer } from '../harness/prometheus';
import { redisExporterProgram, startRedisExporter } from '../harness/redisExporter';
import { folder, projectRoot, runFolder } from '../harness/tools';

const program = await redisExporterProgram();
/**
 * Rules that look back seconds instead of minutes, by the options that everybody has. A quarter of that has to hold two
 * of the figures that RabbitMQ makes every five seconds.
 */
const short = ['--max-age', '3s', '--over', '40s', '--for', '4s', '--every', '1s', '--window', '20s'];
const names = { well: 'alerts-well', backing: 'alerts-backing', left: 'alerts-left', held: 'alerts-held' };

interface Alert {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  state: 'pending' | 'firing';
}

/** An alert fires after some forty seconds; on a busy machine scrapes come late. */
const waitMs = 180_000;

describeWith(
  ['prometheus', 'rabbitmq', 'redis'],
  'Alerts in a Prometheus beside real queues',
  ({ rabbitmq, redis }) => {
    const stops: (() => unknown)[] = [];
    let prometheus: PrometheusServer;
    let home: string;
    let published = 0;
    let over = false;

    beforeAll(async () => {
      home = await mkdtemp(path.join(folder(runFolder), 'alerts-'));
      const connection = await connect(rabbitmq.amqp);
      stops.push(() => connection.close());
      await startRabbitTraffic(connection);
      const client = new Redis(redis.url);
      stops.push(() => client.quit());
      await startStreamTraffic(client);
      await until('messages pass', () => Promise.resolve(published > 50));

      if (!program.ok) throw new Error(program.reason);
      const exporter = await startRedisExporter(program.value, redis.url, [names.well, names.held]);
      stops.push(() => exporter.stop());
      const [port = 0] = await freePorts(1);
      const broker = `${rabbitmq.amqp}?management=${rabbitmq.management}`;
      const watching = watch(broker, port);
      stops.push(() => watching.kill('SIGKILL'));
      const rules = await Promise.all([
        written('rabbitmq_detailed', broker),
        written('self', broker),
        written('redis_exporter', redis.url),
      ]);
      const detailed = ['queue_coarse_metrics', 'queue_consumer_count', 'channel_queue_metrics'].map(
        (f) => `family=${f}`,
      );
      const page = `${new URL(rabbitmq.prometheus ?? '').host}/metrics/detailed?${detailed.join('&')}`;
      prometheus = await startPrometheus({ scrape: [exporter.address, `127.0.0.1:${port}`, page], rules });
      stops.push(() => prometheus.stop());
    });
    afterAll(async () => {
      over = true;
      for (const stop of stops.reverse()) await stop();
    });

    it(
      'fire for a queue that backs up and for one that nobody reads, by RabbitMQ’s own plugin',
      { timeout: 2 * waitMs },
      async () => {
        await fires('rabbitmq_detailed', names.backing, 'BackpressureGrowing');
        await fires('rabbitmq_detailed', names.backing, 'BackpressureWillNotDrain');
        await fires('rabbitmq_detailed', names.backing, 'BackpressureAgeCritical');
        await fires('rabbitmq_detailed', names.left, 'BackpressureNoConsumers');
        await fires('rabbitmq_detailed', names.held, 'BackpressureStuck');
      },
    );

    it('and by our own page', async () => {
      await fires('self', names.backing, 'BackpressureGrowing');
      await fires('self', names.left, 'BackpressureNoConsumers');
      const [alert] = (await alerts()).filter(({ labels }) => labels.destination === names.backing);
      expect(alert?.annotations.summary).toMatch(/^alerts-backing › ?|^alerts-backing /);
      expect(alert?.annotations.description).not.toMatch(/\{\{|<no value>|error/);
    });

    it('and for a stream whose consumer does not read, by redis_exporter', async () => {
      await fires('redis_exporter', names.held, 'BackpressureStuck');
      await fires('redis_exporter', names.held, 'BackpressureGrowing');
    });

    it('and none fires for the queues that are well', async () => {
      expect(
        (await alerts()).filter(({ labels, state }) => labels.destination === names.well && state === 'firing'),
      ).toEqual([]);
    });

    it('are written for what the Prometheus is seen to have, when no exporter is named', async () => {
      const seen = await cli(['alerts', '--broker', prometheus.url, '--broker', redis.url, '--window', '20s']);
      expect(seen.stdout).toContain(
        '# Alert rules for streams with a group, lists and sorted sets of Redis by redis_exporter',
      );
      expect(seen.code).toBe(0);
    });

    /** Asks until the alert fires. The exporter is told by the label that only its series have. */
    const fires = (exporter: string, destination: string, alert: string) =>
      until(
        `${alert} for ${destination} by ${exporter}`,
        async () =>
          (await alerts()).some(
            ({ labels, state }) =>
              state === 'firing' &&
              labels.alertname === alert &&
              labels.destination === destination &&
              (exporter === 'redis_exporter') === (labels.system === 'redis') &&
              (exporter === 'self') === ('instance' in labels && labels.system === 'rabbitmq'),
          ),
        waitMs,
      );

    async function alerts(): Promise<Alert[]> {
      const answer = await fetch(`${prometheus.url.replace('prometheus+', '')}/api/v1/alerts`);
      return ((await answer.json()) as { data: { alerts: Alert[] } }).data.alerts;
    }

    async function written(exporter: string, broker: string): Promise<string> {
      const file = path.join(home, `${exporter}.yaml`);
      const result = await cli(['alerts', '--broker', broker, '--exporter', exporter, ...short, '--output', file]);
      expect(result).toMatchObject({ code: 0, stdout: '' });
      return readFile(file, 'utf8');
    }

    function watch(broker: string, port: number): ChildProcess {
      const command = [path.join(projectRoot, 'dist/cli.js'), 'watch', '--broker', broker, '--interval', '1s'];
      return spawn(process.execPath, [...command, '--listen', `127.0.0.1:${port}`], { stdio: 'ignore' });
    }

    /** A hundred messages a second for each: read at once, read too slowly, read by nobody, read and never finished. */
    async function startRabbitTraffic(connection: ChannelModel): Promise<void> {
      const channel = await connection.createChannel();
      for (const queue of Object.values(names)) {
        await channel.assertQueue(queue, { durable: false });
        await channel.purgeQueue(queue);
        stops.push(() => channel.deleteQueue(queue));
      }
      const consume = async (queue: string, prefetch: number, done: (finish: () => void) => void) => {
        const own = await connection.createChannel();
        await own.prefetch(prefetch);
        await own.consume(queue, (message) => done(() => message && own.ack(message)));
      };
      await consume(names.well, 100, (finish) => finish());
      await consume(names.backing, 1, (finish) => setTimeout(() => over || finish(), 50));
      await consume(names.held, 10, () => undefined);
      const timer = setInterval(() => {
        for (const queue of Object.values(names))
          for (let i = 0; i < 10; i++) channel.sendToQueue(queue, Buffer.from('x'));
        published += 10;
      }, 100);
      stops.push(() => clearInterval(timer));
    }

    async function startStreamTraffic(client: Redis): Promise<void> {
      await client.del(names.well, names.held);
      for (const stream of [names.well, names.held]) {
        await client.xgroup('CREATE', stream, 'readers', '0', 'MKSTREAM');
        await client.xgroup('CREATECONSUMER', stream, 'readers', 'one');
        // Both have read once: before that a group is behind by all time.
        await client.xadd(stream, '*', 'k', 'v');
        await client.xreadgroup('GROUP', 'readers', 'one', 'STREAMS', stream, '>');
        stops.push(() => client.del(stream));
      }
      const turn = async () => {
        for (const stream of [names.well, names.held])
          for (let i = 0; i < 5; i++) await client.xadd(stream, '*', 'k', 'v');
        const read = await client.xreadgroup('GROUP', 'readers', 'one', 'COUNT', 100, 'STREAMS', names.well, '>');
        const entries = (read as [string, [string, string[]][]][] | null)?.[0]?.[1] ?? [];
        if (entries.length > 0) await client.xack(names.well, 'readers', ...entries.map(([id]) => id));
      };
      let turns = Promise.resolve();
      const timer = setInterval(() => {
        turns = turns.then(turn);
      }, 100);
      stops.push(() => {
        clearInterval(timer);
        return turns;
      });
    }
  },
);
