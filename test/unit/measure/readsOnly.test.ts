import { Linter } from 'eslint';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../harness/tools';

const rules = pathToFileURL(path.join(projectRoot, 'eslint.config.mjs')).href;
const { default: config } = (await import(rules)) as { default: Linter.Config[] };

/** What the rules of one system's folder alone say of a text. */
function complaints(system: string, code: string): string[] {
  const room = config.filter(({ files }) => files?.includes(`src/measure/${system}/**/*.ts`) ?? false);
  expect(room).not.toHaveLength(0);
  const languageOptions = { parser: tseslint.parser as Linter.Parser };
  const blocks = room.map((block) => ({ ...block, languageOptions }));
  return new Linter().verify(code, blocks, `src/measure/${system}/any.ts`).map(({ message }) => message);
}

describe('the lint rules of a system that is only read', () => {
  it.each([
    ['rabbitmq', "await channel.assertQueue('orders');"],
    ['rabbitmq', "channel.sendToQueue('orders', body);"],
    ['rabbitmq', "await channel.consume('orders', take);"],
    ['rabbitmq', "await channel.get('orders');"],
    ['rabbitmq', 'channel.ack(message);'],
    ['rabbitmq', "await channel.purgeQueue('orders');"],
    ['rabbitmq', "await channel.deleteExchange('shop');"],
    ['rabbitmq', "import { request } from 'node:http';"],
    ['rabbitmq', "await fetch(url, { method: 'PUT' });"],
    ['redis', "await client.xadd('orders', '*', 'n', 1);"],
    ['redis', "await client.xreadgroup('GROUP', 'billing', 'me', 'STREAMS', 'orders', '>');"],
    ['redis', "await client.lpush('orders', 'x');"],
    ['redis', "await client.blpop('orders', 0);"],
    ['redis', "await client.hset('job', 'state', 'done');"],
    ['redis', 'await client.flushall();'],
    ['redis', "await client.call('DEL', 'orders');"],
    ['redis', "pipeline.callBuffer('DEL', ['orders']);"],
    ['nats', "await connection.publish('orders');"],
    ['nats', "await manager.streams.add({ name: 'orders' });"],
    ['nats', "import { jetstream } from '@nats-io/jetstream';"],
    ['nats', "await fetch(url, { method: 'POST' });"],
    ['sqs', "import { SendMessageCommand } from '@aws-sdk/client-sqs';"],
    ['sqs', "import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';"],
    ['prometheus', "import { request } from 'node:https';"],
  ])('fire in %s on %s', (system, code) => {
    const found = complaints(system, code);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('measure only reads');
  });

  it.each([
    ['rabbitmq', 'await channel.checkQueue(name); http.get(url, accept, signal, take);'],
    ['redis', 'pipeline.callBuffer(name, args); seen.add(key); known.set(key, 1); known.delete(key);'],
    ['nats', 'for await (const info of manager.streams.list()) seen.push(info);'],
    ['sqs', "import { ListQueuesCommand } from '@aws-sdk/client-sqs';"],
  ])('let %s read: %s', (system, code) => {
    expect(complaints(system, code)).toEqual([]);
  });
});
