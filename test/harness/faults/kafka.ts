import { AclResourceTypes } from 'kafkajs';
import { faultsProxy } from '../faultsProxy';
import { startKafka } from '../kafka';
import { KafkaFill } from '../kafkaFill';
import { kafkaUsers } from '../kafkaProperties';
import type { Servers } from '../need';
import { backlog, group, queue, readCertificate, secret, type Subject } from './subject';

/** The run's Kafka, with a topic of which a group has committed a part. */
export async function kafkaSubject(server: Servers['kafka']): Promise<Subject> {
  const empty = await startKafka({ heap: '256m' });
  const fill = new KafkaFill(server.bootstrap);
  await fill.connect();
  await fill.topic(queue, 2);
  await fill.produce(queue, [backlog, backlog]);
  await fill.commit(group, { [queue]: [backlog / 2, backlog / 2] });
  await fill.topic(secret, 1);
  await fill.commit('strangers', { [secret]: [0] });
  for (const topic of [queue, secret]) {
    await fill.allowDescribe(kafkaUsers.alice.username, AclResourceTypes.TOPIC, topic);
  }
  await fill.allowDescribe(kafkaUsers.alice.username, AclResourceTypes.GROUP, group);
  await fill.disconnect();
  const portOf = (address: string) => Number(address.split(':')[1]);
  const ports = [server, empty].flatMap(({ bootstrap, saslBootstrap }) => [bootstrap, saslBootstrap ?? '']).map(portOf);
  /** The broker tells its own address in every Metadata answer: the proxy's is put in its place. */
  const advertise = (piece: Buffer, port: number) => {
    const address = Buffer.from('127.0.0.1....');
    for (const own of ports) {
      address.writeInt32BE(own, address.length - 4);
      const at = piece.indexOf(address);
      if (at >= 0) piece.writeInt32BE(port, at + address.length - 4);
    }
  };
  const proxy = await faultsProxy(portOf(server.saslBootstrap ?? ''), advertise);
  const { username, password } = kafkaUsers.admin;
  return {
    proxy,
    url: (at, { secure, login = password } = {}) =>
      secure === undefined
        ? `kafka://${username}:${login}@127.0.0.1:${at}`
        : `kafkas://${username}:${login}@127.0.0.1:${at}?ca=${secure}`,
    wanted: { destination: queue, group },
    secured: async (certificate) => ({ tls: await readCertificate(certificate) }),
    limited: {
      url: (at) => `kafka://${kafkaUsers.alice.username}:${kafkaUsers.alice.password}@127.0.0.1:${at}`,
      wanted: [
        { destination: queue, group },
        { destination: secret, group: 'strangers' },
      ],
      // The group is refused, its broker is not.
      told: ['ok', null],
      rows: 1,
    },
    empty: () => Promise.resolve({ port: portOf(empty.saslBootstrap ?? '') }),
    stop: async () => {
      await Promise.all([proxy.refuse(), empty.stop()]);
    },
  };
}
