import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePorts, start } from './process';
import { folder, run, runFolder, toolsFolder, which, type Need } from './tools';

const version = '4.1.0';

/** Where a broker of the tests listens: plain data, so that it can be handed to the workers. */
export interface KafkaAddress {
  /** host:port without credentials: may do everything. */
  bootstrap: string;
  /** host:port that asks for SASL (PLAIN, SCRAM-SHA-256, SCRAM-SHA-512); null on a server that is not ours. */
  saslBootstrap: string | null;
  /** Folder of Kafka's own classes, for `kafkaCommand`; null on a server that is not ours. */
  jars: string | null;
}

export interface KafkaServer extends KafkaAddress {
  stop: () => Promise<void>;
}

/** Users of the SASL listener. `admin` may do everything, `alice` only what an ACL allows her. */
export const kafkaUsers = {
  admin: { username: 'admin', password: 'admin-secret' },
  alice: { username: 'alice', password: 'alice-secret' },
} as const;

export interface KafkaOptions {
  /** Java's heap, as `-Xmx` takes it. */
  heap?: string;
  /** Further lines of server.properties. */
  properties?: Record<string, string>;
}

/** The Kafka of this run: the one named by BACKPRESSURE_TEST_KAFKA (host:port), else one of our own. */
export async function provideKafka(): Promise<Need<KafkaServer>> {
  const given = process.env.BACKPRESSURE_TEST_KAFKA;
  if (given) {
    return { ok: true, value: { bootstrap: given, saslBootstrap: null, jars: null, stop: () => Promise.resolve() } };
  }
  const lacking = ['java', 'mvn'].filter((command) => which(command) === null);
  if (lacking.length > 0) return { ok: false, reason: `Kafka needs ${lacking.join(' and ')} on the path` };
  return { ok: true, value: await startKafka() };
}

/** Starts one node (broker and controller) on free ports of loopback. @throws when it does not come up twice in a row */
export async function startKafka(options: KafkaOptions = {}): Promise<KafkaServer> {
  const jars = await fetchJars();
  try {
    return await startOnce(jars, options);
  } catch {
    // Another process may have taken a port between asking for it and using it.
    return startOnce(jars, options);
  }
}

async function startOnce(jars: string, options: KafkaOptions): Promise<KafkaServer> {
  const [plain = 0, controller = 0, sasl = 0] = await freePorts(3);
  const home = await mkdtemp(path.join(folder(runFolder), 'kafka-'));
  const properties = path.join(home, 'server.properties');
  await writeFile(properties, serverProperties(home, { plain, controller, sasl }, options.properties));
  await run('java', [
    ...java(jars, ['-XX:TieredStopAtLevel=1']),
    'kafka.tools.StorageTool',
    ...['format', '--cluster-id', clusterId(), '--config', properties],
    ...Object.values(kafkaUsers).flatMap(({ username, password }) =>
      ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
        '--add-scram',
        `${mechanism}=[name=${username},password=${password}]`,
      ]),
    ),
  ]);
  const log = path.join(home, 'server.log');
  const memory = [`-Xmx${options.heap ?? '512m'}`, '-Xms64m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  const logging = ['defaultLogLevel=warn', 'log.kafka.server.KafkaRaftServer=info'];
  const server = await start({
    command: 'java',
    args: [
      ...java(jars, [...memory, ...logging.map((setting) => `-Dorg.slf4j.simpleLogger.${setting}`)]),
      'kafka.Kafka',
      properties,
    ],
    log,
    // The port opens before the controller lets the broker in; this line comes after.
    ready: async () => (await readFile(log, 'utf8')).includes('Kafka Server started'),
  });
  return { bootstrap: `127.0.0.1:${plain}`, saslBootstrap: `127.0.0.1:${sasl}`, jars, stop: () => server.stop() };
}

const java = (jars: string, options: string[]) => [...options, '-cp', path.join(jars, '*')];

/** 16 random bytes; a leading "-" would read as an option. */
const clusterId = () => randomBytes(16).toString('base64url').replace(/^-/, 'A');

function serverProperties(
  home: string,
  ports: { plain: number; controller: number; sasl: number },
  further: Record<string, string> = {},
): string {
  const at = (listener: string, port: number) => `${listener}://127.0.0.1:${port}`;
  const clients = [at('PLAINTEXT', ports.plain), at('SASL_PLAINTEXT', ports.sasl)];
  const security = 'org.apache.kafka.common.security';
  const plainUsers = Object.values(kafkaUsers).map(({ username, password }) => `user_${username}="${password}"`);
  const scramLogin = `${security}.scram.ScramLoginModule required;`;
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${ports.controller}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: [...clients, at('CONTROLLER', ports.controller)].join(),
    'advertised.listeners': clients.join(),
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT',
    'log.dirs': path.join(home, 'data'),
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '4',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'transaction.state.log.num.partitions': '2',
    'group.initial.rebalance.delay.ms': '0',
    // On, so that a reader that creates topics is caught.
    'auto.create.topics.enable': 'true',
    'log.cleaner.dedupe.buffer.size': '2097152',
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    'listener.name.sasl_plaintext.plain.sasl.jaas.config': `${security}.plain.PlainLoginModule required ${plainUsers.join(' ')};`,
    'listener.name.sasl_plaintext.scram-sha-256.sasl.jaas.config': scramLogin,
    'listener.name.sasl_plaintext.scram-sha-512.sasl.jaas.config': scramLogin,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    // A combined node's own traffic with its controller is anonymous.
    'super.users': 'User:admin;User:ANONYMOUS',
    ...further,
  })
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

/** Runs one of Kafka's own command classes, such as `org.apache.kafka.tools.consumer.group.ConsumerGroupCommand`. */
export async function kafkaCommand(jars: string, command: string, args: string[]): Promise<string> {
  const { stdout } = await run(
    'java',
    [...java(jars, ['-Dorg.slf4j.simpleLogger.defaultLogLevel=error']), command, ...args],
    {
      maxBuffer: 256 * 1024 * 1024,
    },
  );
  return stdout;
}

/** The folder of Kafka's jars, fetched by Maven the first time. Two runs may fetch at once; the first to finish wins. */
async function fetchJars(): Promise<string> {
  const jars = path.join(toolsFolder, `kafka-${version}`);
  const complete = path.join(jars, '.complete');
  if (existsSync(complete)) return jars;
  const work = await mkdtemp(path.join(folder(toolsFolder), `kafka-${version}-`));
  try {
    const fetched = path.join(work, 'jars');
    await writeFile(path.join(work, 'pom.xml'), pom());
    await run(
      'mvn',
      ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${fetched}`],
      {
        cwd: work,
      },
    );
    await writeFile(path.join(fetched, '.complete'), '');
    await rename(fetched, jars).catch((error: unknown) => {
      if (!existsSync(complete)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return jars;
}

function pom(): string {
  const dependency = (group: string, artifact: string, wanted: string) =>
    `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${wanted}</version></dependency>`;
  return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>test</groupId><artifactId>kafka-jars</artifactId><version>1</version><packaging>pom</packaging><dependencies>
${dependency('org.apache.kafka', 'kafka_2.13', version)}
${dependency('org.apache.kafka', 'kafka-tools', version)}
${dependency('org.slf4j', 'slf4j-simple', '1.7.36')}
</dependencies></project>`;
}
