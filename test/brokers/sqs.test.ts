import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import pMap from 'p-map';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { open } from '../../src/measure/sqs';
import type { Source, SourceReading } from '../../src/measure/source';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import { queueFigures, queueReading, sweep as sweepSchema, type QueueReading } from '../../src/model/sweep';
import { refusal, startAwsStub, type AwsStub, type StubAnswer, type StubCall } from '../harness/awsStub';
import { cli } from '../harness/cli';
import { everyVerb } from '../harness/everyVerb';
import { startMoto, type MotoServer } from '../harness/moto';
import { describeWith } from '../harness/need';

const sources: Source[] = [];
const logged: string[] = [];
afterEach(async () => {
  logged.length = 0;
  await Promise.all(sources.splice(0).map((source) => source.close()));
});
const opened = (url: string, wanted: Parameters<typeof open>[1]['wanted'] = null) => {
  const config = { ...parseBrokerUrl(url), name: 'sqs' };
  const source = open(config, { wanted, log: (_, text) => void logged.push(text) });
  sources.push(source);
  return source;
};
const sweep = (source: Source, callTimeoutMs = 5000, at = Date.now()): Promise<SourceReading> =>
  source.sweep({ at, signal: new AbortController().signal, callTimeoutMs });
const rowOf = ({ queues }: SourceReading, id: string): QueueReading => {
  const row = queues.find((queue) => queue.id === id);
  if (!row) throw new Error(`no row ${id} among ${queues.map((queue) => queue.id).join(' ')}`);
  return row;
};
/** Figures that are null without a reason in the row or once for the broker. */
const reasonless = (row: QueueReading, notApplicable: readonly string[]) =>
  queueFigures.filter((figure) => row[figure] === null && !row.missing[figure] && !notApplicable.includes(figure));

describeWith(['elasticmq'], 'Reading SQS', ({ elasticmq }) => {
  const url = elasticmq.endpoint.replace('http://', 'sqs+http://key:secret@');
  let writer: SQSClient;
  beforeAll(() => {
    const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
    writer = new SQSClient({ endpoint: elasticmq.endpoint, region: 'elasticmq', credentials });
  });
  beforeEach(async () => {
    const { QueueUrls = [] } = await writer.send(new ListQueuesCommand());
    await Promise.all(QueueUrls.map((QueueUrl) => writer.send(new DeleteQueueCommand({ QueueUrl }))));
  });
  afterAll(() => writer.destroy());
  const create = async (QueueName: string, Attributes: Record<string, string> = {}) =>
    (await writer.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl!;
  const send = async (QueueUrl: string, n: number, DelaySeconds = 0) => {
    for (let i = 0; i < n; i++)
      await writer.send(new SendMessageCommand({ QueueUrl, MessageBody: `${i}`, DelaySeconds }));
  };
  const receive = async (QueueUrl: string, n: number) =>
    (
      await writer.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: n, MessageSystemAttributeNames: ['All'] }),
      )
    ).Messages ?? [];
  /** By the query protocol over plain HTTP, past the SDK. */
  const attribute = async (queue: string, name: string) => {
    const answer = await fetch(`${queue}?Action=GetQueueAttributes&AttributeName.1=All`);
    const value = new RegExp(`<Name>${name}</Name>\\s*<Value>(\\d+)</Value>`).exec(await answer.text())?.[1];
    return Number(value);
  };

  it('tells at rest what the server tells', async () => {
    const orders = await create('orders');
    await send(orders, 7);
    await send(orders, 2, 600);
    await receive(orders, 3);
    const row = rowOf(await sweep(opened(url)), 'sqs/orders');
    const visible = await attribute(orders, 'ApproximateNumberOfMessages');
    const hidden = await attribute(orders, 'ApproximateNumberOfMessagesNotVisible');
    const delayed = await attribute(orders, 'ApproximateNumberOfMessagesDelayed');
    expect(row).toMatchObject({
      waiting: visible + delayed,
      inFlight: hidden,
      delayed,
      backlog: visible + delayed + hidden,
    });
    expect(row).toMatchObject({ waiting: 6, inFlight: 3, delayed: 2, backlog: 9, group: null, kind: 'queue' });
    expect(Object.keys(row.approximate).sort()).toEqual(['backlog', 'delayed', 'inFlight', 'waiting']);
  });

  it('names the dead-letter queue and knows FIFO queues', async () => {
    await create('orders-dead');
    const deadLetterTargetArn = 'arn:aws:sqs:elasticmq:000000000000:orders-dead';
    await create('orders', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 }) });
    await create('steps.fifo', { FifoQueue: 'true' });
    const reading = await sweep(opened(url));
    expect(rowOf(reading, 'sqs/orders')).toMatchObject({ deadLetter: 'orders-dead', queueType: 'standard' });
    expect(rowOf(reading, 'sqs/steps.fifo')).toMatchObject({ deadLetter: null, queueType: 'fifo' });
  });

  it('asks only for what is wanted, and has a row for what is not there', async () => {
    await create('orders');
    await create('other');
    const wanted = [
      { broker: 'sqs', destination: 'orders' },
      { broker: 'sqs', destination: 'gone' },
      { broker: 'elsewhere', destination: 'other' },
    ];
    const source = opened(url, wanted);
    const rows = async () =>
      (await sweep(source)).queues.map(({ id, backlog, missing }) => [id, backlog, missing.backlog?.reason]);
    const expected = [
      ['sqs/orders', 0, undefined],
      ['sqs/gone', null, 'there is no such queue (yet)'],
    ];
    expect(await rows()).toEqual(expected);
    await writer.send(new DeleteQueueCommand({ QueueUrl: `${elasticmq.endpoint}/000000000000/orders` }));
    await create('gone');
    expect(await rows()).toEqual([
      ['sqs/orders', null, 'there is no such queue (yet)'],
      ['sqs/gone', 0, undefined],
    ]);
  });

  it('gives every null figure its reason, in the row or once for the broker', async () => {
    await send(await create('orders'), 1);
    const { broker, queues } = await sweep(
      opened(url, [
        { broker: 'sqs', destination: 'orders' },
        { broker: 'sqs', destination: 'gone' },
      ]),
    );
    expect(queues).toHaveLength(2);
    for (const row of queues) {
      expect(queueReading.parse(row)).toEqual(row);
      expect(reasonless(row, broker.notApplicable), row.id).toEqual([]);
    }
    expect(rowOf({ queues } as SourceReading, 'sqs/orders').missing.ageSeconds?.reason).toMatch(/CloudWatch/);
  });

  it('takes nothing: by no way of reading was a message received more often', async () => {
    const orders = await create('orders', { VisibilityTimeout: '0' });
    await send(orders, 5);
    const source = opened(url);
    for (let i = 0; i < 10; i++)
      expect(rowOf(await sweep(source), 'sqs/orders')).toMatchObject({ backlog: 5, inFlight: 0 });
    for (const { queues } of (await everyVerb(url)).sweeps) expect(queues.map(({ backlog }) => backlog)).toEqual([5]);
    const messages = await receive(orders, 10);
    expect(messages.map(({ Attributes }) => Attributes?.ApproximateReceiveCount)).toEqual(Array(5).fill('1'));
    const { QueueUrls } = await writer.send(new ListQueuesCommand());
    expect(QueueUrls).toEqual([(await writer.send(new GetQueueUrlCommand({ QueueName: 'orders' }))).QueueUrl]);
  });

  it('is read by the command line', async () => {
    await send(await create('orders'), 4);
    const { code, stdout, stderr } = await cli(['queues', '--broker', url, '--format', 'json']);
    const read = sweepSchema.parse(JSON.parse(stdout));
    expect(read.queues.map(({ id, backlog }) => [id, backlog])).toEqual([['aws_sqs/orders', 4]]);
    expect(stdout + stderr).not.toContain('secret');
    expect(stderr).not.toMatch(/Warning/);
    expect(code).toBe(0);
  });
});

describe('Reading what answers as AWS does', () => {
  let stub: AwsStub;
  let answer: (call: StubCall) => StubAnswer;
  beforeAll(async () => {
    stub = await startAwsStub((call) => answer(call));
  });
  beforeEach(() => void (stub.calls.length = 0));
  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => stub.close());
  const url = () => `sqs+http://key:secret@${stub.address}`;
  const addressOf = (name: string) => `http://${stub.address}/1/${name}`;
  const depths = {
    ApproximateNumberOfMessages: '3',
    ApproximateNumberOfMessagesNotVisible: '1',
    ApproximateNumberOfMessagesDelayed: '0',
  };

  /** Queues in pages of 100; AWS too may give fewer than asked for. */
  const pages =
    (count: number) =>
    ({ operation, input }: StubCall): StubAnswer => {
      if (operation === 'GetQueueAttributes') return { body: { Attributes: depths } };
      if (operation !== 'ListQueues') return refusal('AccessDenied');
      const from = Number(input.NextToken ?? 0);
      const to = Math.min(count, from + 100);
      const QueueUrls = Array.from({ length: to - from }, (_, i) => addressOf(`q${from + i}`));
      return { body: { QueueUrls, ...(to < count && { NextToken: `${to}` }) } };
    };

  it('takes every page of queues, and tells what that costs', async () => {
    answer = pages(250);
    const warned: string[] = [];
    const warn = ({ name }: Error) => warned.push(name);
    process.on('warning', warn);
    const { broker, queues } = await sweep(opened(url()));
    process.off('warning', warn);
    expect(warned, 'sixteen calls at once are no leak').not.toContain('MaxListenersExceededWarning');
    expect(new Set(queues.map(({ id }) => id)).size).toBe(250);
    expect(stub.calls.filter(({ operation }) => operation === 'ListQueues')).toHaveLength(3);
    expect(broker.sweep.requests).toBe(stub.calls.length);
    expect(broker.sweep.bytes).toBeGreaterThan(250 * 50);
    expect(logged).toEqual([expect.stringMatching(/^a sweep is 254 calls to AWS: 30480 an hour/)]);
  });

  it('reads as many queues as there is time for, and the others first in the next sweep', async () => {
    const source = opened(url());
    const asked = () =>
      stub.calls.flatMap(({ operation, input }) =>
        operation === 'GetQueueAttributes' ? [String(input.QueueUrl).split('/').at(-1)] : [],
      );
    // Each call takes 20 ms, and sixteen go at once: there is time for some hundred.
    answer = (call) => ({ ...pages(900)(call), delayMs: call.operation === 'ListQueues' ? 0 : 20 });
    const { broker, queues } = await sweep(source, 200);
    const late = queues.filter(({ missing }) => missing.backlog?.reason.includes('comes first in the next one'));
    expect(late.length).toBeGreaterThan(0);
    expect(queues).toHaveLength(900);
    expect(broker).toMatchObject({
      state: 'partial',
      error: { code: 'timeout', message: `there was time for ${900 - late.length} of 900 queues` },
    });
    const before = new Set(asked());
    stub.calls.length = 0;
    await sweep(source, 200);
    expect(
      asked()
        .slice(0, 16)
        .filter((name) => before.has(name)),
    ).toEqual([]);
  });

  it('takes age and rates from CloudWatch where it may be read, once a minute', async () => {
    const metric = (name: string) =>
      ({ ApproximateAgeOfOldestMessage: 42, NumberOfMessagesSent: 120, NumberOfMessagesDeleted: 60 })[name];
    answer = (call) => {
      if (call.operation !== 'GetMetricData') return pages(2)(call);
      const queries = call.input.MetricDataQueries as {
        Id: string;
        MetricStat: { Metric: { MetricName: string; Dimensions: { Value: string }[] } };
      }[];
      const results = queries.map(({ Id, MetricStat: { Metric } }) => ({
        Id,
        Values: Metric.Dimensions[0]?.Value === 'q0' ? [metric(Metric.MetricName), 7] : [],
      }));
      return { body: { MetricDataResults: results } };
    };
    const source = opened(url());
    const now = Date.now();
    const reading = await sweep(source, 5000, now);
    expect(rowOf(reading, 'sqs/q0')).toMatchObject({ ageSeconds: 42, arrivalRate: 2, departureRate: 1 });
    expect(rowOf(reading, 'sqs/q0').approximate.arrivalRate).toMatch(/last minute/);
    expect(rowOf(reading, 'sqs/q1').missing.ageSeconds?.reason).toMatch(/no data/);
    await sweep(source, 5000, now + 30_000);
    expect(stub.calls.filter(({ operation }) => operation === 'GetMetricData')).toHaveLength(1);
    await sweep(source, 5000, now + 60_000);
    expect(stub.calls.filter(({ operation }) => operation === 'GetMetricData')).toHaveLength(2);
  });

  it('says why there is no age where CloudWatch is refused', async () => {
    answer = pages(1);
    const row = rowOf(await sweep(opened(url())), 'sqs/q0');
    expect(row).toMatchObject({ backlog: 4, ageSeconds: null, arrivalRate: null });
    expect(row.missing.ageSeconds?.reason).toMatch(/^CloudWatch is not to be read: .*AccessDenied/);
  });

  it('asks AWS itself for the same queue twice a minute at most', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', `http://${stub.address}`);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    answer = pages(1);
    const source = opened('sqs://eu-west-1');
    const now = Date.now();
    const first = await sweep(source, 5000, now);
    const asked = stub.calls.length;
    const again = await sweep(source, 5000, now + 10_000);
    expect(again.queues).toEqual(first.queues);
    expect(again.broker.sweep.requests).toBe(0);
    expect(stub.calls).toHaveLength(asked);
    await sweep(source, 5000, now + 30_000);
    expect(stub.calls.length).toBeGreaterThan(asked);
  });

  it('loses only the row of a queue that is denied', async () => {
    answer = (call) =>
      call.operation === 'GetQueueAttributes' && call.input.QueueUrl === addressOf('q1')
        ? refusal('AccessDeniedException')
        : pages(3)(call);
    const reading = await sweep(opened(url()));
    expect(rowOf(reading, 'sqs/q0').backlog).toBe(4);
    expect(rowOf(reading, 'sqs/q1').missing.backlog?.reason).toMatch(/^denied: .*AccessDenied/);
    expect(reading.broker).toMatchObject({ state: 'partial', error: { code: 'denied' } });
  });

  it.each([
    ['AccessDeniedException', 400, 'denied', /sqs:ListQueues/],
    ['InvalidClientTokenId', 403, 'denied', /access key/],
    ['UnrecognizedClientException', 400, 'denied', /access key/],
    ['ExpiredToken', 403, 'denied', /log in again/],
    ['InternalFailure', 500, 'unknown', /log/],
  ])('a refusal by %s is said with what to do next', async (type, status, code, next) => {
    answer = () => refusal(type, status);
    const failure = sweep(opened(url()));
    await expect(failure).rejects.toMatchObject({
      name: 'SourceError',
      code,
      next: expect.stringMatching(next) as string,
    });
    await expect(failure).rejects.not.toThrow(/secret/);
  });

  it('says the wrong system where an answer is no JSON', async () => {
    answer = () => ({ body: '<html>hello</html>' });
    await expect(sweep(opened(url()))).rejects.toMatchObject({ code: 'wrong-system' });
  });

  it('is a timeout within the deadline where nobody ever answers', async () => {
    answer = () => ({ body: null });
    const began = performance.now();
    await expect(sweep(opened(url()), 400)).rejects.toMatchObject({ code: 'timeout' });
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('says denied where no credentials are found', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent');
    await expect(sweep(opened(`sqs+http://${stub.address}`))).rejects.toMatchObject({
      code: 'denied',
      next: expect.stringMatching(/AWS_PROFILE/) as string,
    });
    expect(stub.calls).toEqual([]);
  });
});

describeWith(['moto'], 'Reading a moto', () => {
  let moto: MotoServer;
  let writer: SQSClient;
  let metrics: CloudWatchClient;
  beforeAll(async () => {
    moto = await startMoto();
    const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
    const place = { endpoint: moto.endpoint, region: 'eu-west-1', credentials };
    writer = new SQSClient(place);
    metrics = new CloudWatchClient(place);
  });
  afterAll(async () => {
    writer.destroy();
    metrics.destroy();
    await moto.stop();
  });
  const openedMoto = () => opened(`${moto.endpoint.replace('http://', 'sqs+http://x:x@')}?region=eu-west-1`);

  it('joins a FIFO queue with its dead-letter queue, and takes ages and rates from CloudWatch', async () => {
    await writer.send(new CreateQueueCommand({ QueueName: 'dead.fifo', Attributes: { FifoQueue: 'true' } }));
    const deadLetterTargetArn = 'arn:aws:sqs:eu-west-1:123456789012:dead.fifo';
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 });
    const Attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true', RedrivePolicy };
    const { QueueUrl } = await writer.send(new CreateQueueCommand({ QueueName: 'orders.fifo', Attributes }));
    for (const MessageBody of ['a', 'b', 'c']) {
      await writer.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: 'one' }));
    }
    const Dimensions = [{ Name: 'QueueName', Value: 'orders.fifo' }];
    const told = { ApproximateAgeOfOldestMessage: 42, NumberOfMessagesSent: 120, NumberOfMessagesDeleted: 60 };
    const Timestamp = new Date(Date.now() - 90_000);
    const MetricData = Object.entries(told).map(([MetricName, Value]) => ({
      MetricName,
      Value,
      Dimensions,
      Timestamp,
    }));
    await metrics.send(new PutMetricDataCommand({ Namespace: 'AWS/SQS', MetricData }));
    const reading = await sweep(openedMoto());
    expect(rowOf(reading, 'sqs/orders.fifo')).toMatchObject({
      ...{ backlog: 3, queueType: 'fifo', deadLetter: 'dead.fifo' },
      ...{ ageSeconds: 42, arrivalRate: 2, departureRate: 1 },
    });
    expect(rowOf(reading, 'sqs/dead.fifo')).toMatchObject({ backlog: 0, queueType: 'fifo', deadLetter: null });
    expect(reading.broker.roundTripSeconds).toBeGreaterThan(0);
  });

  it('lists more queues than a page holds', async () => {
    const names = Array.from({ length: 1020 }, (_, i) => `q${i}`);
    await pMap(names, (QueueName) => writer.send(new CreateQueueCommand({ QueueName })), { concurrency: 32 });
    const { queues } = await sweep(openedMoto(), 30_000);
    expect(new Set(queues.map(({ destination }) => destination))).toEqual(
      new Set([...names, 'orders.fifo', 'dead.fifo']),
    );
  });
});
