import type { AclResourceTypes, Consumer } from 'kafkajs';
import {
  AclOperationTypes,
  AclPermissionTypes,
  AssignerProtocol,
  Kafka,
  logLevel,
  ResourcePatternTypes,
} from 'kafkajs';
import { until } from './process';

/** What the tests use of a coordinator beyond kafkajs' public clients: committing without joining, joining without a client. */
interface Coordinator {
  offsetCommit(request: {
    groupId: string;
    groupGenerationId: number;
    memberId: string;
    topics: { topic: string; partitions: { partition: number; offset: string }[] }[];
  }): Promise<unknown>;
  joinGroup(request: {
    groupId: string;
    sessionTimeout: number;
    rebalanceTimeout: number;
    groupProtocols: { name: string; metadata: Buffer }[];
  }): Promise<{ generationId: number; memberId: string }>;
  syncGroup(request: {
    groupId: string;
    generationId: number;
    memberId: string;
    groupAssignment: { memberId: string; memberAssignment: Buffer }[];
  }): Promise<unknown>;
}
interface RawCluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  findGroupCoordinator(request: { groupId: string }): Promise<Coordinator>;
}

/** Puts a Kafka into a known state; the product itself cannot write. */
export class KafkaFill {
  readonly kafka: Kafka;
  readonly admin;
  readonly producer;
  private readonly cluster: RawCluster;

  constructor(bootstrap: string) {
    this.kafka = new Kafka({ brokers: bootstrap.split(','), clientId: 'fill', logLevel: logLevel.NOTHING });
    this.admin = this.kafka.admin();
    this.producer = this.kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false });
    this.cluster = rawCluster(this.kafka);
  }

  async connect(): Promise<void> {
    await Promise.all([this.admin.connect(), this.producer.connect(), this.cluster.connect()]);
  }

  async disconnect(): Promise<void> {
    await Promise.all([this.admin.disconnect(), this.producer.disconnect(), this.cluster.disconnect()]);
  }

  /** Makes a topic and waits until every partition answers. */
  async topic(topic: string, partitions: number): Promise<void> {
    await this.admin.createTopics({ waitForLeaders: false, topics: [{ topic, numPartitions: partitions }] });
    await this.answers(topic, partitions);
  }

  /** Waits until every partition of a topic just made answers. */
  async answers(topic: string, partitions: number): Promise<void> {
    await until(`${topic} answers`, async () => {
      const offsets = await this.admin.fetchTopicOffsets(topic).catch(() => []);
      return offsets.length === partitions;
    });
  }

  /** Appends that many records to each partition; a batch of one partition at a time, so that nothing is sent twice. */
  async produce(topic: string, counts: readonly number[]): Promise<void> {
    for (const [partition, count] of counts.entries()) {
      if (count === 0) continue;
      const messages = Array.from({ length: count }, (_, i) => ({ partition, key: String(i), value: 'x' }));
      await this.producer.send({ topic, messages });
    }
  }

  /** Commits for a group that has no members; null leaves the partition without a commit. */
  async commit(groupId: string, topics: Record<string, readonly (number | null)[]>): Promise<void> {
    const request = {
      groupId,
      groupGenerationId: -1,
      memberId: '',
      topics: Object.entries(topics).map(([topic, offsets]) => ({
        topic,
        partitions: offsets.flatMap((offset, partition) =>
          offset === null ? [] : [{ partition, offset: String(offset) }],
        ),
      })),
    };
    // The first commits of a fresh broker meet a coordinator that is still loading.
    await until(`${groupId} has committed`, async () => {
      try {
        const coordinator = await this.cluster.findGroupCoordinator({ groupId });
        await coordinator.offsetCommit(request);
        return true;
      } catch {
        return false;
      }
    });
  }

  /** A consumer that has joined its group, reads and never commits. The caller disconnects it. */
  async member(groupId: string, topic: string): Promise<Consumer> {
    for (let tries = 1; ; tries++) {
      const consumer = this.kafka.consumer({ groupId, allowAutoTopicCreation: false, maxWaitTimeInMs: 100 });
      try {
        await joined(consumer, topic);
        return consumer;
      } catch (error) {
        await consumer.disconnect();
        if (tries === 5) throw error;
      }
    }
  }

  /** Makes one member of a group that is assigned all of these partitions, and stays half an hour without a sign of life. */
  async join(groupId: string, assignment: Record<string, number[]>): Promise<void> {
    const [version, userData] = [0, Buffer.alloc(0)];
    const metadata = AssignerProtocol.MemberMetadata.encode({ version, topics: Object.keys(assignment), userData });
    const memberAssignment = AssignerProtocol.MemberAssignment.encode({ version, assignment, userData });
    const coordinator = await this.cluster.findGroupCoordinator({ groupId });
    const { generationId, memberId } = await coordinator.joinGroup({
      ...{ groupId, sessionTimeout: 1_800_000, rebalanceTimeout: 10_000 },
      groupProtocols: [{ name: 'range', metadata }],
    });
    await coordinator.syncGroup({
      ...{ groupId, generationId, memberId },
      groupAssignment: [{ memberId, memberAssignment }],
    });
  }

  /** Lets a user describe something, or what it is set to; `*` is every one of that kind. */
  async allowDescribe(
    user: string,
    resourceType: AclResourceTypes,
    resourceName: string,
    operation = AclOperationTypes.DESCRIBE,
  ): Promise<void> {
    await this.admin.createAcls({
      acl: [
        {
          resourceType,
          resourceName,
          resourcePatternType: ResourcePatternTypes.LITERAL,
          principal: `User:${user}`,
          host: '*',
          operation,
          permissionType: AclPermissionTypes.ALLOW,
        },
      ],
    });
  }
}

/**
 * @throws why kafkajs gave up, such as a coordinator that is still loading: only an event tells it, so that who waits for the
 * join alone waits for ever
 */
async function joined(consumer: Consumer, topic: string): Promise<void> {
  await consumer.connect();
  await consumer.subscribe({ topic });
  const outcome = new Promise<void>((resolve, reject) => {
    consumer.on(consumer.events.GROUP_JOIN, () => resolve());
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  });
  await Promise.all([outcome, consumer.run({ autoCommit: false, eachMessage: () => Promise.resolve() })]);
}

function rawCluster(kafka: Kafka): RawCluster {
  const create = Object.getOwnPropertySymbols(kafka).find(
    ({ description }) => description === 'private:Kafka:createCluster',
  );
  if (!create) throw new Error('kafkajs has no private createCluster any more');
  const make = (kafka as unknown as Record<symbol, (options: object) => RawCluster>)[create];
  if (!make) throw new Error('kafkajs has no private createCluster any more');
  return make({ allowAutoTopicCreation: false, metadataMaxAge: 300_000 });
}
