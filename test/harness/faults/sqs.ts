import { CreateQueueCommand, ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { faultsProxy } from '../faultsProxy';
import { startMoto } from '../moto';
import type { Servers } from '../need';
import { backlog, queue, readCertificate, type Subject } from './subject';

/** The run's ElasticMQ, which keeps nothing over a restart and lets anybody in. */
export async function sqsSubject({ endpoint }: Servers['elasticmq']): Promise<Subject> {
  const empty = await startMoto();
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  // Its first answers, several at once, may be pages of errors.
  const first = new SQSClient({ endpoint: empty.endpoint, region: 'us-east-1', credentials });
  await first.send(new ListQueuesCommand());
  first.destroy();
  const writer = new SQSClient({ endpoint, region: 'elasticmq', credentials });
  const { QueueUrl } = await writer.send(new CreateQueueCommand({ QueueName: queue }));
  for (let i = 0; i < backlog; i++) await writer.send(new SendMessageCommand({ QueueUrl, MessageBody: `${i}` }));
  writer.destroy();
  const proxy = await faultsProxy(Number(new URL(endpoint).port));
  return {
    proxy,
    url: (at, { secure } = {}) =>
      secure === undefined ? `sqs+http://x:x@127.0.0.1:${at}` : `sqs+https://x:x@127.0.0.1:${at}?ca=${secure}`,
    wanted: { destination: queue },
    secured: async (certificate) => ({ tls: await readCertificate(certificate) }),
    limited: 'ElasticMQ refuses nothing: the suite of SQS has a stub that does',
    empty: () => Promise.resolve({ port: Number(new URL(empty.endpoint).port) }),
    stop: async () => {
      await Promise.all([proxy.refuse(), empty.stop()]);
    },
  };
}
