import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { folder, run, settingUp, toolsFolder, which, type Need } from './tools';

/** The newest that was tried; Debian's is 2.9. */
export const natsVersion = '2.15.2';

/** A current nats-server, built by Go the first time and kept beside the other tools. */
export async function currentNats(): Promise<Need<{ command: string }>> {
  const kept = path.join(toolsFolder, `nats-${natsVersion}`);
  const command = path.join(kept, 'nats-server');
  if (existsSync(command)) return { ok: true, value: { command } };
  const go = which('go');
  if (!go) return { ok: false, reason: 'a current NATS is built by go, which is not on the path' };
  settingUp(`NATS ${natsVersion} by go`);
  const GOBIN = await mkdtemp(path.join(folder(toolsFolder), 'nats-'));
  try {
    const module = `github.com/nats-io/nats-server/v2@v${natsVersion}`;
    await run(go, ['install', module], { env: { ...process.env, GOBIN, CGO_ENABLED: '0' } });
    // A run side by side may have been faster: its server is as good.
    await rename(GOBIN, kept).catch((error: unknown) => {
      if (!existsSync(command)) throw error;
    });
    return { ok: true, value: { command } };
  } catch (error) {
    return { ok: false, reason: `a current NATS could not be built: ${String(error).split('\n', 1).join('')}` };
  } finally {
    await rm(GOBIN, { recursive: true, force: true });
  }
}
