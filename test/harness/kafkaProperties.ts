import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Certificate } from './certificate';

/** Users of the SASL listeners. `admin` may do everything, `alice` and `reader` only what an ACL allows them. */
export const kafkaUsers = {
  admin: { username: 'admin', password: 'admin-secret' },
  alice: { username: 'alice', password: 'alice-secret' },
  reader: { username: 'reader', password: 'reader-secret' },
} as const;

export interface NodeSettings {
  id: number;
  /** Brokers of the cluster; the first is its controller too. */
  brokers: number;
  home: string;
  controllerPort: number;
  ports: { plain: number; sasl: number; tls: number; saslTls: number };
  /** Without one there are no TLS listeners. */
  certificate: Certificate | null;
  further: Record<string, string>;
  /** Share groups (KIP-932): offered from 4.1 on, once they are switched on. */
  withShareGroups: boolean;
}

/** The server.properties of one node. */
export function serverProperties(node: NodeSettings): string {
  const { id, brokers, home, controllerPort, ports, certificate, further } = node;
  const at = (listener: string, port: number) => `${listener}://127.0.0.1:${port}`;
  const clients = [
    at('PLAINTEXT', ports.plain),
    at('SASL_PLAINTEXT', ports.sasl),
    ...(certificate ? [at('SSL', ports.tls), at('SASL_SSL', ports.saslTls)] : []),
  ];
  const isController = id === 1;
  const protocols = ['PLAINTEXT', 'SASL_PLAINTEXT', 'SSL', 'SASL_SSL'].map((name) => `${name}:${name}`);
  const copies = String(Math.min(3, brokers));
  return Object.entries({
    'process.roles': isController ? 'broker,controller' : 'broker',
    'node.id': String(id),
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: [...clients, ...(isController ? [at('CONTROLLER', controllerPort)] : [])].join(),
    'advertised.listeners': clients.join(),
    'listener.security.protocol.map': ['CONTROLLER:PLAINTEXT', ...protocols].join(),
    'log.dirs': path.join(home, 'data'),
    'offsets.topic.replication.factor': copies,
    'offsets.topic.num.partitions': '4',
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': '1',
    'transaction.state.log.num.partitions': '2',
    'share.coordinator.state.topic.replication.factor': copies,
    'share.coordinator.state.topic.min.isr': '1',
    'share.coordinator.state.topic.num.partitions': '2',
    'group.initial.rebalance.delay.ms': '0',
    // Every ten minutes it would write off groups that hold nothing: a change that none of ours made.
    'offsets.retention.check.interval.ms': '86400000',
    // On, so that a reader that creates topics is caught.
    'auto.create.topics.enable': 'true',
    'log.cleaner.dedupe.buffer.size': '2097152',
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    ...logins('sasl_plaintext'),
    ...(certificate && { ...logins('sasl_ssl'), ...tls(certificate) }),
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    // The nodes' own traffic is anonymous.
    'super.users': 'User:admin;User:ANONYMOUS',
    ...further,
  })
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

/** Who may log in on a listener, by each mechanism. The users of SCRAM stand in the formatted storage. */
function logins(listener: string): Record<string, string> {
  const security = 'org.apache.kafka.common.security';
  const plainUsers = Object.values(kafkaUsers).map(({ username, password }) => `user_${username}="${password}"`);
  const scram = `${security}.scram.ScramLoginModule required;`;
  const setting = (mechanism: string) => `listener.name.${listener}.${mechanism}.sasl.jaas.config`;
  return {
    [setting('plain')]: `${security}.plain.PlainLoginModule required ${plainUsers.join(' ')};`,
    [setting('scram-sha-256')]: scram,
    [setting('scram-sha-512')]: scram,
  };
}

function tls({ certificate, key }: Certificate): Record<string, string> {
  const oneLine = (file: string) => readFileSync(file, 'utf8').trim().replaceAll('\n', '\\n');
  return {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.certificate.chain': oneLine(certificate),
    'ssl.keystore.key': oneLine(key),
  };
}
