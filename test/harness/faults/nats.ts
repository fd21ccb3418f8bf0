import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { faultsProxy } from '../faultsProxy';
import { natsUsers, startNats, type NatsServer } from '../nats';
import { backlog, group, queue, secret, type Subject } from './subject';

const portOf = ({ place }: NatsServer) => place.port;

/** A NATS with a stream whose consumer has been handed nothing. */
export async function natsSubject(): Promise<Subject> {
  let server = await startNats();
  const others = [await startNats()];
  await fill(server);
  const proxy = await faultsProxy(portOf(server));
  const { user, password } = natsUsers.reader;
  return {
    proxy,
    url: (at, { secure, login = password } = {}) =>
      `nats://${user}:${login}@127.0.0.1:${at}${secure === undefined ? '' : `?ca=${secure}`}`,
    wanted: { destination: queue, group },
    // A NATS greets in plain before it speaks TLS, so it has to have the certificate itself.
    secured: async (tls) => {
      const secure = await startNats({ tls });
      others.push(secure);
      await fill(secure, tls.ca);
      return { port: portOf(secure) };
    },
    restart: async () => {
      const { place } = server;
      await server.stop();
      return {
        back: async () => {
          server = await startNats({ place });
        },
      };
    },
    limited: {
      url: (at) => `nats://${natsUsers.some.user}:${natsUsers.some.password}@127.0.0.1:${at}`,
      wanted: null,
      told: ['partial', 'denied'],
      rows: 1,
    },
    empty: () => Promise.resolve({ port: portOf(others[0]!) }),
    stop: async () => {
      await Promise.all([proxy.refuse(), server.stop(), ...others.map((other) => other.stop())]);
    },
  };
}

/** @param authority of a server whose certificate holds; one that has expired cannot be filled, nor is read */
async function fill({ url }: NatsServer, authority?: string): Promise<void> {
  const { user, password: pass } = natsUsers.app;
  const tls = authority === undefined ? {} : { tls: { caFile: authority } };
  const connection = await connect({ servers: url, user, pass, ...tls }).catch(() => null);
  if (!connection) return;
  const manager = await jetstreamManager(connection);
  for (const name of [queue, secret]) {
    await manager.streams.add({ name });
    await manager.consumers.add(name, { durable_name: group, ack_policy: 'explicit' });
  }
  for (let i = 0; i < backlog; i++) await jetstream(connection).publish(queue, `${i}`);
  await connection.close();
}
