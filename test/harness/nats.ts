import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { debianServers } from './debian';
import { freePorts, start } from './process';
import { folder, runFolder, type Need } from './tools';

/** A nats-server of the tests with JetStream. Plain data but for `stop`, so that it can be handed to the workers. */
export interface NatsServer {
  /** Without credentials. */
  url: string;
  /** The monitoring address, which asks for no password. */
  monitoring: string;
  /** Those of all nodes. */
  monitorings: string[];
  pid: number;
  /** Where and on what it runs, for one that is to take its place. */
  place: NatsPlace;
  stop(): Promise<void>;
}

/** Ports and folder of one node. */
export interface NatsPlace {
  port: number;
  http: number;
  home: string;
}

/** What a reader needs, as the documentation lists it. */
export const readerPermissions = {
  publish: {
    allow: ['$JS.API.INFO', '$JS.API.STREAM.LIST', '$JS.API.CONSUMER.LIST.>'],
  },
  subscribe: { allow: ['_INBOX.>'] },
};

/** Users of the server. `app` may do everything in account APP, `reader` only list; `plain` has no JetStream. */
export const natsUsers = {
  app: { user: 'app', password: 'app-secret' },
  reader: { user: 'reader', password: 'reader-secret', permissions: readerPermissions },
  /** May not list the consumers of streams whose name begins with `secret`. */
  some: {
    ...{ user: 'some', password: 'some-secret' },
    permissions: {
      ...readerPermissions,
      publish: { allow: readerPermissions.publish.allow, deny: ['$JS.API.CONSUMER.LIST.secret'] },
    },
  },
  /** May log in, and nothing else. */
  nothing: {
    ...{ user: 'nothing', password: 'nothing-secret' },
    permissions: { publish: { deny: ['>'] }, subscribe: readerPermissions.subscribe },
  },
  plain: { user: 'plain', password: 'plain-secret' },
} as const;

const usersLogin = {
  accounts: {
    APP: { jetstream: 'enabled', users: [natsUsers.app, natsUsers.reader, natsUsers.some, natsUsers.nothing] },
    PLAIN: { users: [natsUsers.plain] },
    SYS: { users: [{ user: 'sys', password: 'sys-secret' }] },
  },
  system_account: 'SYS',
};

export interface NatsOptions {
  tls?: { certificate: string; key: string } | undefined;
  /** Nodes of one cluster; the first one's addresses are told. */
  nodes?: number;
  /** The server's program; Debian's when absent. */
  command?: string | undefined;
  /** Who may come in, in place of the users above. */
  login?: Record<string, unknown> | undefined;
  /** Of a server that was stopped: this one takes its place, and has its streams. */
  place?: NatsPlace | undefined;
}

/** The NATS of this run, with the users above. */
export async function provideNats(): Promise<Need<NatsServer>> {
  const debian = await debianServers();
  return debian.ok ? { ok: true, value: await startNats() } : debian;
}

/** Starts a nats-server on free ports of loopback. @throws when it does not come up twice in a row */
export function startNats(options: NatsOptions = {}): Promise<NatsServer> {
  // Another process may have taken a port between asking for it and using it.
  return startNodes(options).catch(() => startNodes(options));
}

async function startNodes({ nodes = 1, command: given, ...options }: NatsOptions): Promise<NatsServer> {
  const debian = await debianServers();
  if (!debian.ok) throw new Error(debian.reason);
  const routes = await freePorts(nodes);
  const command = given ?? path.join(debian.value.sbin, 'nats-server');
  const starts = routes.map((route) => startNode(command, { route, routes, hasPool: given !== undefined, ...options }));
  const results = await Promise.allSettled(starts);
  const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const stop = async () => {
    await Promise.all(started.map((node) => node.stop()));
  };
  const failed = results.find((result) => result.status === 'rejected');
  const [first] = started;
  if (!first || failed) {
    await stop();
    throw failed?.reason;
  }
  return { ...first, monitorings: started.map(({ monitoring }) => monitoring), stop };
}

/** A node's port for the others, and those of all. */
interface Routed {
  route: number;
  routes: number[];
  /** Does this server keep several routes to each other? Those before 2.10 do not know the setting. */
  hasPool: boolean;
}

async function startNode(
  command: string,
  { route, routes, hasPool, tls, place, login = usersLogin }: NatsOptions & Routed,
): Promise<NatsServer> {
  const { port, http, home } = place ?? (await freePlace());
  const configuration = {
    server_name: `node-${port}`,
    listen: `127.0.0.1:${port}`,
    http: `127.0.0.1:${http}`,
    jetstream: { store_dir: path.join(home, 'store'), max_memory_store: 64 * 1024 ** 2, max_file_store: 1024 ** 3 },
    ...login,
    ...(tls && { tls: { cert_file: tls.certificate, key_file: tls.key } }),
    ...(routes.length > 1 && {
      cluster: {
        ...{ name: 'test', listen: `127.0.0.1:${route}` },
        // Of a pool each account has a route of its own: an answer is lost as long as that one does not stand.
        ...(hasPool && { pool_size: -1 }),
        routes: routes.map((other) => `nats-route://127.0.0.1:${other}`),
      },
    }),
  };
  const file = path.join(home, 'nats.conf');
  await writeFile(file, JSON.stringify(configuration, null, 2));
  const monitoring = `http://127.0.0.1:${http}`;
  const server = await start({
    command,
    args: ['-c', file],
    log: path.join(home, 'server.log'),
    ready: async () => (await fetch(`${monitoring}/healthz`)).ok && (await routesOf(monitoring)) >= routes.length - 1,
  });
  const url = `nats://127.0.0.1:${port}`;
  return {
    url,
    monitoring,
    monitorings: [monitoring],
    pid: server.pid,
    place: { port, http, home },
    stop: () => server.stop(),
  };
}

/** How many routes of a node stand. */
async function routesOf(monitoring: string): Promise<number> {
  const { num_routes: standing } = (await (await fetch(`${monitoring}/routez`)).json()) as { num_routes: number };
  return standing;
}

async function freePlace(): Promise<NatsPlace> {
  const [port = 0, http = 0] = await freePorts(2);
  return { port, http, home: await mkdtemp(path.join(folder(runFolder), 'nats-')) };
}
