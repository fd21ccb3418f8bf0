import { AclOperationTypes, AclResourceTypes } from 'kafkajs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { open } from '../../src/measure/kafka/index';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import type { Sweep } from '../../src/model/sweep';
import { everyVerb } from '../harness/everyVerb';
import { KafkaFill } from '../harness/kafkaFill';
import { kafkaCommand } from '../harness/kafkaJars';
import { kafkaUsers } from '../harness/kafkaProperties';
import { describeWith } from '../harness/need';

describeWith(['kafka'], 'All that can be done to a Kafka', ({ kafka }) => {
  const fill = new KafkaFill(kafka.bootstrap);
  const queue = { broker: 'kafka', destination: 'kept', group: 'keepers' };

  beforeAll(async () => {
    await fill.connect();
    const configEntries = [{ name: 'cleanup.policy', value: 'compact' }];
    await fill.admin.createTopics({ waitForLeaders: false, topics: [{ topic: 'kept', configEntries }] });
    await fill.answers('kept', 1);
    await fill.produce('kept', [9]);
    await fill.commit('keepers', { kept: [4] });
  });
  afterAll(() => fill.disconnect());

  /** Reads in every way there is, each of which has to find the group's backlog. */
  async function everything(url: string): Promise<void> {
    const right = ({ brokers, queues }: Pick<Sweep, 'queues'> & { brokers: Pick<Sweep['brokers'][0], 'state'>[] }) => {
      expect(brokers.map(({ state }) => state)).toEqual(['ok']);
      const row = queues.find(({ destination, group }) => destination === 'kept' && group === 'keepers');
      expect(row).toMatchObject({ backlog: 5, consumers: 0, produced: 9 });
      expect(row?.approximate.backlog).toContain('compacted');
    };
    for (const wanted of [null, [queue, { broker: 'kafka', destination: 'imagined', group: 'imaginary' }]]) {
      const source = open(parseBrokerUrl(url), { wanted, log: () => undefined });
      for (let i = 0; i < 5; i++) {
        const request = { at: Date.now(), signal: new AbortController().signal, callTimeoutMs: 5000 };
        const { broker, queues } = await source.sweep(request);
        right({ brokers: [broker], queues });
      }
      await source.close();
    }
    const { sweeps, analyzed } = await everyVerb(url);
    for (const told of sweeps) right(told);
    expect(analyzed.queues.some(({ id }) => id === 'kafka/kept/keepers')).toBe(true);
  }

  /** Both mostly wait for the windows of what they run. */
  const given = (needed: string | null) => (needed === null ? it.skip : it.concurrent);

  given(kafka.saslBootstrap)('is allowed to a user who may describe and nothing else', async () => {
    const { username, password } = kafkaUsers.reader;
    await fill.allowDescribe(username, AclResourceTypes.CLUSTER, 'kafka-cluster');
    await fill.allowDescribe(username, AclResourceTypes.TOPIC, '*');
    await fill.allowDescribe(username, AclResourceTypes.TOPIC, '*', AclOperationTypes.DESCRIBE_CONFIGS);
    await fill.allowDescribe(username, AclResourceTypes.GROUP, '*');
    await everything(`kafka://${username}:${password}@${kafka.saslBootstrap ?? ''}?sasl=scram-sha-256`);
  });

  given(kafka.jars)('leaves it as it was, also with every right, by what Kafka’s own tools tell', async () => {
    const told = (tool: string, ...args: string[]) =>
      kafkaCommand(kafka.jars ?? '', `org.apache.kafka.tools.${tool}`, [
        '--bootstrap-server',
        kafka.bootstrap,
        ...args,
      ]);
    const lines = (text: string) =>
      text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .sort();
    // With the log ends of Kafka's own topics, to which every commit and every join is a record.
    const state = async () => ({
      topics: lines(await told('TopicCommand', '--describe')),
      ends: lines(await told('GetOffsetShell', '--time', 'latest')),
      starts: lines(await told('GetOffsetShell', '--time', 'earliest')),
      groups: lines(await told('consumer.group.ConsumerGroupCommand', '--describe', '--all-groups')),
    });
    const before = await state();
    expect(before.ends.some((line) => line.startsWith('__consumer_offsets'))).toBe(true);
    expect(before.ends).toContain('kept:0:9');
    expect(before.groups.some((line) => /^keepers +kept +0 +4 +9 +5 /.test(line))).toBe(true);
    await everything(`kafka://${kafka.bootstrap}`);
    expect(await state()).toEqual(before);
  });
});
