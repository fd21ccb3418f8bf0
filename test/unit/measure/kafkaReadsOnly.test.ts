import { Linter } from 'eslint';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { apiKeys } from '../../../src/measure/kafka/wire';
import { projectRoot } from '../../harness/tools';

const rules = pathToFileURL(path.join(projectRoot, 'eslint.config.mjs')).href;
const { default: config } = (await import(rules)) as { default: Linter.Config[] };

/** What the rules of the Kafka room alone say of a text. */
function complaints(code: string): string[] {
  const room = config.filter(({ files }) => files?.includes('src/measure/kafka/**/*.ts') ?? false);
  expect(room).not.toHaveLength(0);
  const languageOptions = { parser: tseslint.parser as Linter.Parser };
  const blocks = room.map((block) => ({ ...block, languageOptions }));
  return new Linter().verify(code, blocks, 'src/measure/kafka/any.ts').map(({ message }) => message);
}

describe('the lint rule of the Kafka room', () => {
  it.each([
    "import { Kafka } from 'kafkajs';",
    "import kafkajs from 'kafkajs';",
    "import produce from 'kafkajs/src/protocol/requests/produce';",
    "import createAdmin from 'kafkajs/src/admin';",
    'broker.produce({ topicData: [] });',
    'broker.offsetCommit({ groupId });',
    'broker.joinGroup({ groupId });',
    'broker.deleteTopics({ topics });',
    'broker.createTopics({ topics });',
    'admin.alterConfigs({ resources });',
    'const call = { name: "Produce", apiKey: 0, version: 3 };',
    'const call = { apiKey: keys.offsetCommit };',
  ])('fires on %s', (code) => {
    expect(complaints(code)).toHaveLength(1);
    expect(complaints(code)[0]).toContain('measure only reads.');
  });

  it.each([
    "import type { Logger } from 'kafkajs';",
    "import Broker from 'kafkajs/src/broker';",
    'const call = { apiKey: apiKeys.metadata };',
    'await calls.ask(node, metadata(null, 10));',
  ])('lets %s be', (code) => {
    expect(complaints(code)).toEqual([]);
  });

  it('leaves a list of requests none of which changes anything (numbers: Kafka’s protocol guide)', () => {
    const reading = { ListOffsets: 2, Metadata: 3, OffsetFetch: 9, DescribeGroups: 15, ListGroups: 16 };
    const further = { DescribeConfigs: 32, ConsumerGroupDescribe: 69, ShareGroupDescribe: 77 };
    expect(Object.values(apiKeys).sort((a, b) => a - b)).toEqual(Object.values({ ...reading, ...further }));
  });
});
