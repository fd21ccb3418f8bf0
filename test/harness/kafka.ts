import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeCertificate, type Certificate } from './certificate';
import { java, kafkaJars, type KafkaVersion } from './kafkaJars';
import { kafkaUsers, serverProperties, type NodeSettings } from './kafkaProperties';
import { freePorts, start, type Running } from './process';
import { folder, run, runFolder, which, type Need } from './tools';

/** One broker of a cluster. */
export interface KafkaNode {
  id: number;
  /** host:port without credentials. */
  address: string;
  /** Of its process group, for signals. */
  pid: number;
}

/** A Kafka of the tests. Plain data but for `stop`, so that it can be handed to the workers. Addresses are host:port lists. */
export interface KafkaServer {
  /** Without credentials: may do everything. */
  bootstrap: string;
  /** Asks for SASL (PLAIN, SCRAM-SHA-256, SCRAM-SHA-512); null on a server that is not ours. */
  saslBootstrap: string | null;
  /** The same two over TLS, and the authority's certificate; null on a server that is not ours and where openssl is missing. */
  tls: { bootstrap: string; saslBootstrap: string; ca: string } | null;
  /** Folder of Kafka's own classes, for `kafkaCommand`; null on a server that is not ours. */
  jars: string | null;
  /** Empty on a server that is not ours. */
  nodes: KafkaNode[];
  /** Stops every broker, lets `meanwhile` happen, and starts them again as they were; absent where it cannot be had. */
  restart?: ((meanwhile: () => Promise<void>) => Promise<void>) | undefined;
  stop: () => Promise<void>;
}

export interface KafkaOptions {
  /** 4.1.0 when absent. */
  version?: KafkaVersion;
  /** One when absent. */
  brokers?: number;
  /** Java's heap, as `-Xmx` takes it. */
  heap?: string;
  /** Further lines of server.properties. */
  properties?: Record<string, string>;
}

/** The Kafka of this run: the one named by BACKPRESSURE_TEST_KAFKA (host:port), else one of our own. */
export async function provideKafka(): Promise<Need<KafkaServer>> {
  const given = process.env.BACKPRESSURE_TEST_KAFKA;
  if (given) {
    const foreign = { saslBootstrap: null, tls: null, jars: null, nodes: [], stop: () => Promise.resolve() };
    return { ok: true, value: { bootstrap: given, ...foreign } };
  }
  const lacking = ['java', 'mvn'].filter((command) => which(command) === null);
  if (lacking.length > 0) return { ok: false, reason: `Kafka needs ${lacking.join(' and ')} on the path` };
  // A function cannot cross to the workers.
  return { ok: true, value: { ...(await startKafka()), restart: undefined } };
}

/** Starts brokers, the first of them controller too, on free ports of loopback. @throws when they do not come up twice in a row */
export async function startKafka(options: KafkaOptions = {}): Promise<KafkaServer> {
  const jars = await kafkaJars(options.version ?? '4.1.0');
  const certificate = which('openssl') ? await makeCertificate() : null;
  try {
    return await startOnce(jars, certificate, options);
  } catch {
    // Another process may have taken a port between asking for it and using it.
    return startOnce(jars, certificate, options);
  }
}

async function startOnce(
  jars: string,
  certificate: Certificate | null,
  { version, brokers = 1, heap = '512m', properties: further = {} }: KafkaOptions,
): Promise<KafkaServer> {
  const [controllerPort = 0] = await freePorts(1);
  const withShareGroups = version !== '3.9.1';
  const nodes: NodeSettings[] = [];
  for (let id = 1; id <= brokers; id++) {
    const [plain = 0, sasl = 0, tls = 0, saslTls = 0] = await freePorts(4);
    const home = await mkdtemp(path.join(folder(runFolder), `kafka-${id}-`));
    const ports = { plain, sasl, tls, saslTls };
    nodes.push({ ...{ id, brokers, home, controllerPort, ports, certificate, further }, withShareGroups });
  }
  const cluster = clusterId();
  await Promise.all(nodes.map((node) => format(jars, cluster, node)));
  let running: Running[] = [];
  const stop = async () => {
    await Promise.all(running.map((node) => node.stop()));
  };
  const launch = async () => {
    const started = await Promise.allSettled(nodes.map((node) => startNode(jars, heap, node)));
    running = started.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const failed = started.find((outcome) => outcome.status === 'rejected');
    if (!failed) return;
    await stop();
    throw failed.reason;
  };
  await launch();
  const addresses = (listener: keyof NodeSettings['ports']) =>
    nodes.map(({ ports }) => `127.0.0.1:${ports[listener]}`).join();
  return {
    bootstrap: addresses('plain'),
    saslBootstrap: addresses('sasl'),
    tls: certificate && { bootstrap: addresses('tls'), saslBootstrap: addresses('saslTls'), ca: certificate.ca },
    jars,
    nodes: nodes.map(({ id, ports }, i) => ({ id, address: `127.0.0.1:${ports.plain}`, pid: running[i]?.pid ?? 0 })),
    restart: async (meanwhile) => {
      await stop();
      await meanwhile();
      await launch();
    },
    stop,
  };
}

/** 16 random bytes; a leading "-" would read as an option. */
const clusterId = () => randomBytes(16).toString('base64url').replace(/^-/, 'A');

const propertiesOf = ({ home }: NodeSettings) => path.join(home, 'server.properties');

/** Makes the storage of a node, with its users. */
async function format(jars: string, cluster: string, node: NodeSettings): Promise<void> {
  const properties = propertiesOf(node);
  await writeFile(properties, serverProperties(node));
  await run('java', [
    ...java(jars, ['-XX:TieredStopAtLevel=1']),
    'kafka.tools.StorageTool',
    ...['format', '--cluster-id', cluster, '--config', properties],
    ...(node.withShareGroups ? ['--feature', 'share.version=1'] : []),
    ...Object.values(kafkaUsers).flatMap(({ username, password }) =>
      ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
        '--add-scram',
        `${mechanism}=[name=${username},password=${password}]`,
      ]),
    ),
  ]);
}

let starts = 0;

async function startNode(jars: string, heap: string, node: NodeSettings): Promise<Running> {
  const properties = propertiesOf(node);
  // One log for each start: the line that says ready must be this one's.
  const log = path.join(node.home, `server-${++starts}.log`);
  const memory = [`-Xmx${heap}`, '-Xms64m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  const logging = ['defaultLogLevel=warn', 'log.kafka.server.KafkaRaftServer=info'];
  return start({
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
}
