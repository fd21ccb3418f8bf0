import { afterAll, beforeAll, expect, it } from 'vitest';
import { analyze } from '../../src/diagnose/analyze';
import { defaultObjectives } from '../../src/model/pipeline';
import { kafkaCommand } from '../harness/kafkaJars';
import { KafkaFill } from '../harness/kafkaFill';
import { describeWith } from '../harness/need';
import { broker, flow, watched } from '../harness/observations';
import { run } from '../harness/tools';

const classes: Record<string, string> = {
  'kafka-consumer-groups.sh': 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
  'kafka-topics.sh': 'org.apache.kafka.tools.TopicCommand',
  'kafka-configs.sh': 'kafka.admin.ConfigCommand',
};
const topic = 'runbook-orders';
const group = "it's late; $(x)";

describeWith(['kafka'], 'the runbook of a Kafka backlog', ({ kafka }) => {
  const fill = new KafkaFill(kafka.bootstrap);
  const queue = flow({ destination: topic, group, arrives: 10, finishes: 1, waits: 40 });
  const observation = watched([queue], { brokers: [broker('main', { url: `kafka://${kafka.bootstrap}` })] });
  const [runbook] = analyze(observation, null, { objectives: defaultObjectives, now: observation.to }).runbooks;

  beforeAll(async () => {
    await fill.connect();
    await fill.topic(topic, 1);
    await fill.produce(topic, [40]);
    await fill.commit(group, { [topic]: [5] });
  }, 60_000);
  afterAll(() => fill.disconnect());

  /** Runs the command whose text ends so, its words taken apart by a real shell. */
  const execute = async (ending: string) => {
    const command = runbook!.steps.find((step) => step.command?.endsWith(ending))!.command!;
    const { stdout } = await run('sh', ['-c', `printf '%s\\n' ${command}`]);
    const [program = '', ...args] = stdout.trimEnd().split('\n');
    return kafkaCommand(kafka.jars!, classes[program]!, args);
  };
  const committed = async () =>
    (await fill.admin.fetchOffsets({ groupId: group, topics: [topic] }))[0]!.partitions[0]!.offset;

  it.skipIf(kafka.jars === null)(
    'shows the group, changes nothing in a dry run, and skips only when executed',
    async () => {
      expect(await execute(`--describe --group 'it'\\''s late; $(x)'`)).toMatch(/runbook-orders\s+0\s+5\s+40\s+35/);
      expect(await execute('--to-latest --dry-run')).toMatch(/runbook-orders\s+0\s+40/);
      expect(await committed()).toBe('5');
      await execute('--by-duration PT1H --execute');
      // Nothing is an hour old, so this goes back to the first message.
      expect(await committed()).toBe('0');
      await execute('--to-latest --execute');
      expect(await committed()).toBe('40');
    },
    120_000,
  );

  it.skipIf(kafka.jars === null)(
    'keeps the messages for a day',
    async () => {
      await execute('retention.ms=86400000');
      expect(await execute(`--describe --entity-type topics --entity-name ${topic}`)).toContain(
        'retention.ms=86400000',
      );
    },
    60_000,
  );

  it.skipIf(kafka.jars === null)(
    'makes a topic for what fails, once',
    async () => {
      expect(await execute('--topic runbook-orders.dead --partitions 1')).toContain('Created topic');
      await execute('--topic runbook-orders.dead --partitions 1');
    },
    60_000,
  );
});
