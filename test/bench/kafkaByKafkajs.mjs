// The lag of every group as a program of kafkajs' own admin tells it. Prints GROUP TOPIC PARTITION COMMITTED END LAG.
// node kafkaByKafkajs.mjs BOOTSTRAP
import { Kafka, logLevel } from 'kafkajs';

const kafka = new Kafka({ brokers: process.argv[2].split(','), logLevel: logLevel.NOTHING });
const admin = kafka.admin();
await admin.connect();
const lines = [];
const { groups } = await admin.listGroups();
const ends = new Map();
for (const topic of await admin.listTopics()) {
  const partitions = await admin.fetchTopicOffsets(topic);
  ends.set(topic, new Map(partitions.map(({ partition, high }) => [partition, Number(high)])));
}
for (const { groupId } of groups) {
  for (const { topic, partitions } of await admin.fetchOffsets({ groupId })) {
    for (const { partition, offset } of partitions) {
      const end = ends.get(topic)?.get(partition);
      lines.push([groupId, topic, partition, offset, end, end - Number(offset)].join(' '));
    }
  }
}
await admin.disconnect();
process.stdout.write(`${lines.join('\n')}\n`);
