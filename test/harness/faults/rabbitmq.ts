import { connect } from 'amqplib';
import { faultsProxy } from '../faultsProxy';
import type { Servers } from '../need';
import { until } from '../process';
import { rabbitmqctl, startRabbitmq } from '../rabbitmq';
import { backlog, queue, readCertificate, secret, type Subject } from './subject';

/** The run's RabbitMQ with a queue that survives a restart; its management API is what is read. */
export async function rabbitmqSubject(): Promise<Subject> {
  const [server, empty] = await Promise.all([startRabbitmq(), startRabbitmq()]);
  const connection = await connect(server.amqp);
  const channel = await connection.createConfirmChannel();
  await channel.assertQueue(queue, { durable: true });
  for (let i = 0; i < backlog; i++) channel.sendToQueue(queue, Buffer.from('x'), { persistent: true });
  await channel.waitForConfirms();
  await connection.close();
  await hideOne(server);
  const portOf = ({ management }: Servers['rabbitmq']) => Number(new URL(management).port);
  const proxy = await faultsProxy(portOf(server));
  // It refuses strangers before it can answer friends, with 500 in between.
  const headers = { authorization: `Basic ${btoa(`${server.username}:${server.password}`)}` };
  const answers = async () =>
    (await fetch(`${server.management}/api/overview`, { headers }).catch(() => null))?.ok === true;
  return {
    proxy,
    url: (at, { secure, login = 'guest' } = {}) =>
      secure === undefined
        ? `amqp://guest:${login}@127.0.0.1:1?management=http://127.0.0.1:${at}`
        : `amqps://guest:${login}@127.0.0.1:1?ca=${secure}&management=https://127.0.0.1:${at}`,
    secured: async (certificate) => ({ tls: await readCertificate(certificate) }),
    restart: async () => {
      await rabbitmqctl(server, 'stop_app');
      return {
        back: async () => {
          await rabbitmqctl(server, 'start_app');
          await until('the management API is back', answers);
        },
      };
    },
    limited: {
      url: (at) => `amqp://some:right@127.0.0.1:1?management=http://127.0.0.1:${at}`,
      wanted: null,
      told: ['partial', 'denied'],
      rows: 0,
    },
    empty: () => Promise.resolve({ port: portOf(empty) }),
    stop: async () => {
      await Promise.all([proxy.refuse(), server.stop(), empty.stop()]);
    },
  };
}

/** A virtual host with a queue of which the user `some`, who may monitor, is told nothing. */
async function hideOne({ management, username, password }: Servers['rabbitmq']): Promise<void> {
  const authorization = `Basic ${btoa(`${username}:${password}`)}`;
  const put = async (path: string, body: object) => {
    const headers = { authorization, 'content-type': 'application/json' };
    const answer = await fetch(`${management}/api/${path}`, { method: 'PUT', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  };
  await put(`vhosts/${secret}`, {});
  await put(`permissions/${secret}/${username}`, { configure: '.*', write: '.*', read: '.*' });
  await put(`queues/${secret}/${secret}`, {});
  await put('users/some', { password: 'right', tags: 'monitoring' });
  await put('permissions/%2f/some', { configure: '', write: '', read: '' });
}
