// The lag of every group as a program of @platformatic/kafka tells it. Prints GROUP TOPIC PARTITION COMMITTED END LAG.
// node kafkaByPlatformatic.mjs BOOTSTRAP
import { Admin, ListOffsetTimestamps } from '@platformatic/kafka';

const admin = new Admin({ clientId: 'bench', bootstrapBrokers: process.argv[2].split(',') });
const groups = [...(await admin.listGroups()).keys()];
const topics = await admin.listTopics();
const metadata = await admin.metadata({ topics });
const asked = topics.map((name) => ({
  name,
  partitions: metadata.topics
    .get(name)
    .partitions.map((_, partitionIndex) => ({ partitionIndex, timestamp: ListOffsetTimestamps.LATEST })),
}));
const commits = await admin.listConsumerGroupOffsets({ groups });
const ends = new Map();
for (const { name, partitions } of await admin.listOffsets({ topics: asked })) {
  ends.set(name, new Map(partitions.map(({ partitionIndex, offset }) => [partitionIndex, offset])));
}
const lines = [];
for (const { groupId, topics: read } of commits) {
  for (const { name, partitions } of read) {
    for (const { partitionIndex, committedOffset } of partitions) {
      const end = ends.get(name).get(partitionIndex);
      lines.push([groupId, name, partitionIndex, committedOffset, end, end - committedOffset].join(' '));
    }
  }
}
await admin.close();
process.stdout.write(`${lines.join('\n')}\n`);
