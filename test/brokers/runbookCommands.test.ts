import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { connect } from 'amqplib';
import path from 'node:path';
import { expect, it } from 'vitest';
import { shell } from '../../src/model/escape';
import { debianServers } from '../harness/debian';
import { describeWith } from '../harness/need';
import { awsCommandLine } from '../harness/awsCommandLine';
import { redisCli } from '../harness/redis';
import { commandWith, inShell, runbookOf } from '../harness/runbook';

/** Names that a shell would take apart if they were not quoted. */
const hostile = "it's $(late) orders";

describeWith(['rabbitmq'], 'the runbook of a RabbitMQ backlog', ({ rabbitmq }) => {
  const runbook = runbookOf(rabbitmq.amqp, { system: 'rabbitmq', kind: 'queue', destination: hostile });
  const { control } = rabbitmq;

  it.skipIf(control === null)('is run from the first look to the purge', async () => {
    const connection = await connect(rabbitmq.amqp);
    const channel = await connection.createConfirmChannel();
    await channel.assertQueue(hostile);
    for (let i = 0; i < 40; i++) channel.sendToQueue(hostile, Buffer.from(`message ${i}`));
    await channel.waitForConfirms();

    const debian = await debianServers();
    if (!debian.ok || !control) throw new Error('rabbitmqctl cannot be had');
    const programs = {
      rabbitmqctl: [control.command, ...control.args].map(shell).join(' '),
      rabbitmqadmin: `python3 ${shell(path.join(debian.value.bin, 'rabbitmqadmin'))} -P ${new URL(rabbitmq.management).port}`,
    };
    const execute = (text: string) => inShell(commandWith(runbook, text), programs, control.env);
    const counted = async () => (await channel.checkQueue(hostile)).messageCount;

    expect(await execute('list_queues')).toContain(`${hostile}\t40\t0\t0\trunning`);
    expect(await execute('list_consumers')).not.toContain(hostile);
    expect(await execute(' get queue=')).toContain('message 0');
    expect(await counted()).toBe(40);
    await execute('list_policies');
    expect(await execute(' declare queue')).toContain('queue declared');
    await execute('set_policy');
    expect(await execute('list_policies')).toContain(`${hostile}.dead`);

    // What is refused now goes where the policy says.
    const refused = await channel.get(hostile);
    if (refused === false) throw new Error('nothing to refuse');
    channel.nack(refused, false, false);
    await expect.poll(async () => (await channel.checkQueue(`${hostile}.dead`)).messageCount).toBe(1);

    await execute('purge_queue');
    expect(await counted()).toBe(0);
    expect((await channel.checkQueue(`${hostile}.dead`)).messageCount).toBe(1);
    await channel.deleteQueue(hostile);
    await channel.deleteQueue(`${hostile}.dead`);
    await connection.close();
  });
});

describeWith(['redis'], 'the runbook of a Redis backlog', ({ redis }) => {
  const runs = redis.cli === null ? {} : { 'redis-cli': [redis.cli.command].map(shell).join(' ') };
  const cli = (...args: string[]) => redisCli(redis, ...args);

  it.skipIf(redis.cli === null)('is run for a stream and its group', async () => {
    const group = "bill'ing";
    const runbook = runbookOf(redis.url, { system: 'redis', kind: 'stream', destination: hostile, group });
    const execute = (text: string) =>
      inShell(
        commandWith(runbook, text).replace('redis-cli', 'redis_cli'),
        { redis_cli: runs['redis-cli'] ?? '' },
        redis.cli?.env ?? {},
      );
    await cli('XGROUP', 'CREATE', hostile, group, '0', 'MKSTREAM');
    for (let i = 0; i < 40; i++) await cli('XADD', hostile, '*', 'n', `${i}`);
    await cli('XREADGROUP', 'GROUP', group, 'worker', 'COUNT', '5', 'STREAMS', hostile, '>');

    expect(await execute('XINFO GROUPS')).toContain(group);
    expect(await execute('XINFO CONSUMERS')).toContain('worker');
    expect((await execute('XPENDING')).match(/worker/g)).toHaveLength(5);
    expect(await execute('INFO memory')).toContain('used_memory:');
    await execute('XAUTOCLAIM');
    await execute('XGROUP SETID');
    expect(await cli('XREADGROUP', 'GROUP', group, 'worker', 'STREAMS', hostile, '>')).toBe('');
    await execute('XTRIM');
    expect(await cli('XLEN', hostile)).toBe('40');
    await cli('DEL', hostile);
  });

  it.skipIf(redis.cli === null)('is run for a list, which is gone afterwards', async () => {
    const runbook = runbookOf(redis.url, { system: 'redis', kind: 'list', destination: hostile });
    const execute = (text: string) =>
      inShell(
        commandWith(runbook, text).replace('redis-cli', 'redis_cli'),
        { redis_cli: runs['redis-cli'] ?? '' },
        redis.cli?.env ?? {},
      );
    await cli('RPUSH', hostile, '1', '2', '3');
    expect(await execute('LLEN')).toBe('3\n');
    expect(await execute('UNLINK')).toBe('1\n');
    expect(await cli('EXISTS', hostile)).toBe('0');
  });
});

describeWith(['elasticmq'], 'the runbook of an SQS backlog', ({ elasticmq }) => {
  it('is run from the first look to the purge', async () => {
    const aws = await awsCommandLine();
    const client = new SQSClient({
      ...{ endpoint: elasticmq.endpoint, region: 'elasticmq' },
      credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    });
    const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'runbook-orders' }));
    for (let i = 0; i < 3; i++) await client.send(new SendMessageCommand({ QueueUrl, MessageBody: `${i}` }));
    const place = elasticmq.endpoint.replace('http', 'sqs+http');
    const runbook = runbookOf(place, { system: 'aws_sqs', kind: 'queue', destination: 'runbook-orders' });
    const env = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', AWS_DEFAULT_REGION: 'elasticmq' };
    const execute = (text: string) => inShell(commandWith(runbook, text), { aws: shell(aws) }, env);
    const attributes = async () =>
      (await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes;

    expect(await execute('--attribute-names All')).toContain('"ApproximateNumberOfMessages": "3"');
    await execute(
      'get-queue-url --queue-name runbook-orders --query QueueUrl --output text)" --attributes MessageRetentionPeriod',
    );
    await execute('create-queue');
    await execute('RedrivePolicy');
    expect(JSON.parse((await attributes())?.RedrivePolicy ?? '')).toMatchObject({ maxReceiveCount: 5 });
    expect((await attributes())?.RedrivePolicy).toContain(':runbook-orders-dead');
    await execute('purge-queue');
    expect((await attributes())?.ApproximateNumberOfMessages).toBe('0');
    client.destroy();
  }, 240_000);
});
