import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WantedQueue } from '../../src/measure/source';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import { median } from '../bench/measured';
import { natsUsers } from '../harness/nats';
import { describeWith } from '../harness/need';
import { startPrometheus, type PrometheusServer } from '../harness/prometheus';
import { projectRoot, run } from '../harness/tools';

interface Held {
  heap: number;
  handles: number;
  listeners: number;
}

const cycles = 200;
/** Of one cycle; a socket that is kept is a multiple of it. */
const mostBytes = 1000;

/** Code is compiled when its time has come and lies in the heap too: so no more is made than what a first call needs. */
const compiledOnce = ['--no-opt', '--no-sparkplug', '--no-flush-bytecode', '--no-lazy-feedback-allocation'];

describeWith(
  ['kafka', 'rabbitmq', 'redis', 'nats', 'elasticmq', 'prometheus'],
  `${cycles} times opened, read and closed`,
  ({ kafka, rabbitmq, redis, nats, elasticmq }) => {
    let prometheus: PrometheusServer;
    beforeAll(async () => {
      prometheus = await startPrometheus();
    });
    afterAll(() => prometheus.stop());

    const { user, password } = natsUsers.reader;
    /** One queue at most is asked for: it is what comes with a connection that is looked at. */
    const ways: [kind: string, url: () => string, wanted: WantedQueue[] | null][] = [
      ['kafka', () => `kafka://${kafka.bootstrap}`, [{ broker: 'kafka', destination: 'nothing', group: 'nobody' }]],
      ['rabbitmq', () => `${rabbitmq.amqp}?management=${rabbitmq.management}`, null],
      ['redis', () => redis.url, [{ broker: 'redis', destination: 'nothing' }]],
      ['nats', () => nats.url.replace('//', `//${user}:${password}@`), [{ broker: 'nats', destination: 'nothing' }]],
      [
        'sqs',
        () => elasticmq.endpoint.replace('http://', 'sqs+http://x:x@'),
        [{ broker: 'aws_sqs', destination: 'no' }],
      ],
      ['prometheus', () => prometheus.url, null],
      ['prometheus', () => `${prometheus.url.replace('prometheus+', 'metrics+')}/metrics`, null],
    ];

    it.concurrent.each(ways)('%s leaves heap, handles and listeners as they were (%#)', async (kind, url, wanted) => {
      const bundle = path.join(projectRoot, `dist/brokers/${kind}.js`);
      const broker = JSON.stringify({ config: parseBrokerUrl(url()), wanted });
      const program = path.join(projectRoot, 'test/harness/cycles.mjs');
      const { stdout } = await run(process.execPath, [
        '--expose-gc',
        ...compiledOnce,
        program,
        bundle,
        broker,
        `${cycles}`,
      ]);
      const samples = JSON.parse(stdout) as Held[];
      const [first, last] = [samples[0]!, samples.at(-1)!];
      expect(last.handles).toBeLessThanOrEqual(first.handles);
      expect(last.listeners).toBe(first.listeners);
      // What is kept of a cycle comes with every fifty of them, what a seldom path loads with some.
      const grown = samples.slice(1).map(({ heap }, i) => (heap - samples[i]!.heap) / 50);
      expect(median(grown), `bytes kept of a cycle, of ${grown.join(', ')}`).toBeLessThan(mostBytes);
    });
  },
);
