import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { TestClient } from '../../harness/languageServer';
import { kilobytesOf, processorTime } from '../../harness/taken';
import { projectRoot } from '../../harness/tools';

/** The built language server in a process of its own, with an editor's end of its connection. */
export interface StartedServer {
  client: TestClient;
  /** Resident memory now, and the most it was. Megabytes of 2^20 bytes. */
  memory: () => { now: number; most: number };
  /** Processor time that it took so far, of all its threads. Milliseconds, in steps of ten. */
  cpu: () => number;
  /** How many threads it has. */
  threads: () => number;
  stop: () => Promise<void>;
}

/**
 * @param folders of the workspace, absolute
 * @throws when there is no build
 */
export async function startedServer(folders: readonly string[] = []): Promise<StartedServer> {
  const bundle = path.join(projectRoot, 'dist/server.js');
  if (!existsSync(bundle)) throw new Error('run npm run build first');
  const child = spawn(process.execPath, [bundle, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { pid } = child;
  if (pid === undefined) throw new Error('the language server could not be started');
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const client = new TestClient(connection);
  await client.start({ folders });
  return {
    client,
    memory: () => ({ now: kilobytesOf(pid, 'VmRSS') / 1024, most: kilobytesOf(pid, 'VmHWM') / 1024 }),
    cpu: () => processorTime(pid, 'own') * 1000,
    threads: () => readdirSync(`/proc/${pid}/task`).length,
    stop: async () => {
      const gone = once(child, 'exit');
      connection.dispose();
      child.kill();
      await gone;
    },
  };
}
