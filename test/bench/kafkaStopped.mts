import { open } from '../../src/measure/kafka/index';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import { startKafka } from '../harness/kafka';
import { KafkaFill } from '../harness/kafkaFill';
import type { Measured } from './measured';

const deadlineMs = 2000;
const groups = 30;

/**
 * A sweep of three brokers of which one hangs (SIGSTOP): how long it takes, in deadlines, and how many of the rows that do
 * not depend on it are right. @throws when Java or Maven is missing
 */
export async function kafkaWithOneStopped(): Promise<Measured[]> {
  const cluster = await startKafka({ brokers: 3, heap: '256m' });
  const [first, hung] = cluster.nodes;
  if (!first || !hung) throw new Error('no cluster of three');
  const fill = new KafkaFill(cluster.bootstrap);
  const source = open(parseBrokerUrl(`kafka://${cluster.bootstrap}`), { wanted: null, log: () => undefined });
  const sweep = (callTimeoutMs: number) =>
    source.sweep({ at: Date.now(), signal: new AbortController().signal, callTimeoutMs });
  try {
    await fill.connect();
    await fill.admin.createTopics({
      waitForLeaders: false,
      topics: cluster.nodes.map(({ id }) => ({
        topic: `on-${id}`,
        replicaAssignment: [{ partition: 0, replicas: [id] }],
      })),
    });
    for (const { id } of cluster.nodes) {
      await fill.answers(`on-${id}`, 1);
      await fill.produce(`on-${id}`, [10]);
    }
    const commits = Object.fromEntries(cluster.nodes.map(({ id }) => [`on-${id}`, [3]]));
    for (let i = 0; i < groups; i++) await fill.commit(`readers-${i}`, commits);
    await sweep(30_000);
    process.kill(-hung.pid, 'SIGSTOP');
    const began = performance.now();
    const { queues } = await sweep(deadlineMs);
    const deadlines = (performance.now() - began) / deadlineMs;
    const away = `broker ${hung.id},`;
    const others = queues.filter(({ missing }) => missing.backlog?.reason.includes(away) !== true);
    const right = others.filter(({ backlog }) => backlog === 7).length;
    const what = 'Kafka, one of three brokers stopped';
    return [
      {
        what: `${what}: a sweep, in deadlines of ${deadlineMs / 1000} s`,
        ours: deadlines,
        ...{ peer: null, ratio: null, budget: '≤ 1.5', holds: deadlines <= 1.5 },
      },
      {
        what: `${what}: rows right of ${others.length} that do not depend on it (${queues.length} in all)`,
        ours: right,
        ...{ peer: null, ratio: null, budget: `= ${others.length}` },
        holds: right === others.length && right > 0 && queues.length === 3 * groups,
      },
    ];
  } finally {
    process.kill(-hung.pid, 'SIGCONT');
    await Promise.all([source.close(), fill.disconnect()]);
    await cluster.stop();
  }
}
