import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';
import path from 'node:path';
import type { Certificate } from './certificate';
import { debianServers, type DebianServers } from './debian';
import { freePorts, start, type Running } from './process';
import { folder, run, runFolder, type Need } from './tools';

/** A RabbitMQ of the tests. Plain data but for `stop`, so that it can be handed to the workers. */
export interface RabbitmqServer {
  /** With the credentials of an administrator. */
  amqp: string;
  /** Management API, without credentials. */
  management: string;
  /** The prometheus plugin; null on a server that is not ours. */
  prometheus: string | null;
  username: string;
  password: string;
  /** How to run rabbitmqctl against it; null on a server that is not ours. */
  control: { command: string; args: string[]; env: Record<string, string> } | null;
  stop(): Promise<void>;
}

/**
 * The RabbitMQ of this run: the one named by BACKPRESSURE_TEST_RABBITMQ (an amqp: URL, `?management=…` where it is not
 * port 15672 of that host), else one of our own.
 */
export async function provideRabbitmq(): Promise<Need<RabbitmqServer>> {
  const given = process.env.BACKPRESSURE_TEST_RABBITMQ;
  if (given) return { ok: true, value: existing(new URL(given)) };
  const debian = await debianServers();
  return debian.ok ? { ok: true, value: await startRabbitmq() } : debian;
}

function existing(url: URL): RabbitmqServer {
  const management = url.searchParams.get('management') ?? `http://${url.hostname}:15672`;
  url.search = '';
  return {
    amqp: url.href,
    management,
    prometheus: null,
    username: decodeURIComponent(url.username) || 'guest',
    password: decodeURIComponent(url.password) || 'guest',
    control: null,
    stop: () => Promise.resolve(),
  };
}

/** How a node is to be. */
interface NodeOptions {
  /** What it speaks TLS with, by AMQP and for its management API; absent: it does not. */
  tls?: Certificate;
  /** Further lines of its configuration. */
  further?: string;
  /** It uses all processors, as where nobody says otherwise; else one, which leaves the others to the test. */
  asInstalled?: boolean;
}

/**
 * Starts one node on free ports of loopback, with an epmd of its own: any other would listen on all interfaces and stay.
 * @throws when it does not come up twice in a row
 */
export async function startRabbitmq(options: NodeOptions = {}): Promise<RabbitmqServer> {
  // Another process may have taken a port between asking for it and using it.
  return startOnce(options).catch(() => startOnce(options));
}

async function startOnce({ tls, further = '', asInstalled = false }: NodeOptions): Promise<RabbitmqServer> {
  const debian = await debianServers();
  if (!debian.ok) throw new Error(debian.reason);
  const [amqp = 0, management = 0, distribution = 0, epmdPort = 0, prometheus = 0] = await freePorts(5);
  const home = await mkdtemp(path.join(folder(runFolder), 'rabbitmq-'));
  const node = `t${amqp}@localhost`;
  await writeFile(path.join(home, 'plugins'), '[rabbitmq_management,rabbitmq_prometheus].\n');
  const lines = configuration({ amqp, management, prometheus }, tls) + further;
  await writeFile(path.join(home, 'rabbitmq.conf'), lines);
  const env = environment(debian.value, home, { node, distribution, epmd: epmdPort, asInstalled });
  const epmd = await startEpmd(debian.value, home, epmdPort);
  try {
    const address = `http${tls ? 's' : ''}://127.0.0.1:${management}`;
    const log = path.join(home, 'start.log');
    const server = await start({
      command: path.join(debian.value.rabbitmqBin, 'rabbitmq-server'),
      args: [],
      env,
      cwd: home,
      log,
      // The API is there before AMQP is, and somebody else may listen on the port that was meant for it: then the node ends.
      ready: async () =>
        (await answers(management, tls !== undefined)) && (await readFile(log, 'utf8')).includes('broker... completed'),
      timeoutMs: 120_000,
    });
    return {
      amqp: `amqp${tls ? 's' : ''}://guest:guest@127.0.0.1:${amqp}`,
      management: address,
      prometheus: `http://127.0.0.1:${prometheus}`,
      username: 'guest',
      password: 'guest',
      control: { command: path.join(debian.value.rabbitmqBin, 'rabbitmqctl'), args: ['-q', '-n', node], env },
      stop: async () => {
        // A node asked politely takes 6–10 s even when empty, and this one is thrown away.
        await server.stop('SIGKILL');
        await epmd.stop();
      },
    };
  } catch (error) {
    await epmd.stop();
    throw error;
  }
}

const startEpmd = (debian: DebianServers, home: string, port: number): Promise<Running> => {
  const epmd = path.join(debian.erlangBin, 'epmd');
  return start({
    command: epmd,
    args: ['-port', `${port}`, '-address', '127.0.0.1'],
    log: path.join(home, 'epmd.log'),
    ready: async () => (await run(epmd, ['-port', `${port}`, '-names'])).stdout.includes('up and running'),
  });
};

const configuration = (ports: { amqp: number; management: number; prometheus: number }, tls?: Certificate) => `\
${tls ? secured(ports, tls) : plain(ports)}
prometheus.tcp.ip = 127.0.0.1
prometheus.tcp.port = ${ports.prometheus}
loopback_users = none
log.console = false
# Five seconds by default: the tests would mostly wait.
collect_statistics_interval = 1000
management.sample_retention_policies.global.minute = 1
management.sample_retention_policies.basic.minute = 1
management.sample_retention_policies.detailed.10 = 1
`;

const plain = ({ amqp, management }: { amqp: number; management: number }) => `\
listeners.tcp.1 = 127.0.0.1:${amqp}
management.tcp.ip = 127.0.0.1
management.tcp.port = ${management}`;

const secured = (
  { amqp, management }: { amqp: number; management: number },
  { ca, certificate, key }: Certificate,
) => `\
listeners.tcp = none
listeners.ssl.1 = 127.0.0.1:${amqp}
ssl_options.verify = verify_none
management.ssl.ip = 127.0.0.1
management.ssl.port = ${management}
${['ssl_options', 'management.ssl'].map((part) => `${part}.cacertfile = ${ca}\n${part}.certfile = ${certificate}\n${part}.keyfile = ${key}`).join('\n')}`;

const environment = (
  debian: DebianServers,
  home: string,
  { node, distribution, epmd, asInstalled }: { node: string; distribution: number; epmd: number; asInstalled: boolean },
): Record<string, string> => ({
  PATH: `${debian.erlangBin}${path.delimiter}${process.env.PATH ?? ''}`,
  // Where Erlang keeps the node's cookie.
  HOME: home,
  ERL_CRASH_DUMP_SECONDS: '0',
  ERL_EPMD_PORT: `${epmd}`,
  ERL_EPMD_ADDRESS: '127.0.0.1',
  RABBITMQ_NODENAME: node,
  RABBITMQ_DIST_PORT: `${distribution}`,
  RABBITMQ_MNESIA_BASE: path.join(home, 'mnesia'),
  RABBITMQ_LOG_BASE: path.join(home, 'log'),
  RABBITMQ_CONFIG_FILE: path.join(home, 'rabbitmq.conf'),
  RABBITMQ_ENABLED_PLUGINS_FILE: path.join(home, 'plugins'),
  RABBITMQ_PID_FILE: path.join(home, 'node.pid'),
  // No distribution port on all interfaces, and one scheduler that does not spin.
  RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: `-kernel inet_dist_use_interface {127,0,0,1}${asInstalled ? '' : ' +S 1:1 +sbwt none'}`,
  RABBITMQ_CTL_ERL_ARGS: '+S 1:1',
});

/** fetch() would not take a certificate of our own. */
const answers = (port: number, secure: boolean) =>
  new Promise<boolean>((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: '/api/overview', auth: 'guest:guest', rejectUnauthorized: false };
    const request = (secure ? httpsGet : httpGet)({ ...options, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('error', reject);
  });

/** Runs RabbitMQ's own rabbitmqctl. @throws with what it printed when it fails */
export async function rabbitmqctl({ control }: Pick<RabbitmqServer, 'control'>, ...args: string[]): Promise<string> {
  if (!control) throw new Error('rabbitmqctl works on a server of our own only');
  const { stdout } = await run(control.command, [...control.args, ...args], {
    env: { ...process.env, ...control.env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.trimEnd();
}
