import { CreateQueueCommand, ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { refusal } from '../awsStub';
import { faultsProxy } from '../faultsProxy';
import { startGateway } from '../gateway';
import { startMoto } from '../moto';
import type { Servers } from '../need';
import { backlog, queue, readCertificate, secret, type Subject } from './subject';

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
  await writer.send(new CreateQueueCommand({ QueueName: secret }));
  writer.destroy();
  const port = Number(new URL(endpoint).port);
  const proxy = await faultsProxy(port);
  // ElasticMQ refuses nothing: what AWS says of a queue whose attributes may not be read is said on the way.
  const gateway = await startGateway(port, (_, body) => {
    const { status = 400, body: said } = refusal('AccessDeniedException');
    const isRefused = body.includes('AttributeNames') && body.includes(`/${secret}"`);
    return isRefused ? { status, type: 'application/x-amz-json-1.0', body: JSON.stringify(said) } : null;
  });
  return {
    proxy,
    url: (at, { secure } = {}) =>
      secure === undefined ? `sqs+http://x:x@127.0.0.1:${at}` : `sqs+https://x:x@127.0.0.1:${at}?ca=${secure}`,
    wanted: { destination: queue },
    secured: async (certificate) => ({ tls: await readCertificate(certificate) }),
    limited: {
      url: () => `sqs+http://x:x@127.0.0.1:${gateway.port}`,
      wanted: [{ destination: queue }, { destination: secret }],
      told: ['partial', 'denied'],
      rows: 1,
    },
    empty: () => Promise.resolve({ port: Number(new URL(empty.endpoint).port) }),
    stop: async () => {
      await Promise.all([proxy.refuse(), gateway.close(), empty.stop()]);
    },
  };
}
