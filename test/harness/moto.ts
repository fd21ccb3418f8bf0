import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { freePorts, start } from './process';
import { pythonTools } from './pythonTools';
import { folder, runFolder, which, type Need } from './tools';

/** A moto server, which speaks SQS with pages and CloudWatch. It keeps everything in memory. */
export interface MotoServer {
  /** http://host:port, without a path. */
  endpoint: string;
  stop(): Promise<void>;
}

const packages = ['moto==5.2.5', 'flask', 'flask-cors'];

/** Its program, fetched by pip the first time. */
export async function motoProgram(): Promise<Need<{ command: string }>> {
  if (!which('python3')) return { ok: false, reason: 'moto needs python3 on the path' };
  const bin = await pythonTools('moto', packages);
  return { ok: true, value: { command: bin('moto_server') } };
}

/** Starts an empty one on a free port of loopback. @throws when it cannot be had or does not come up twice in a row */
export async function startMoto(): Promise<MotoServer> {
  const found = await motoProgram();
  if (!found.ok) throw new Error(found.reason);
  // Another process may have taken the port between asking for it and using it.
  return startOnce(found.value.command).catch(() => startOnce(found.value.command));
}

async function startOnce(command: string): Promise<MotoServer> {
  const [port = 0] = await freePorts(1);
  const home = await mkdtemp(path.join(folder(runFolder), 'moto-'));
  const endpoint = `http://127.0.0.1:${port}`;
  const server = await start({
    command,
    args: ['-H', '127.0.0.1', '-p', `${port}`],
    cwd: home,
    log: path.join(home, 'server.log'),
    ready: async () => (await fetch(`${endpoint}/moto-api/data.json`)).ok,
  });
  return { endpoint, stop: () => server.stop() };
}
