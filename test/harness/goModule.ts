import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { absent, folder, run, settingUp, toolsFolder, which, type Need } from './tools';

/** Programs that judge Go. */
export interface GoChecks {
  go: string;
  staticcheck: string;
}

const staticcheckVersion = 'v0.8.2';

/**
 * The Go toolchain of this machine, and staticcheck, which it builds once beside the other tools.
 * @throws {Error} with the reason when everything is required
 */
export async function goChecks(): Promise<Need<GoChecks>> {
  const go = which('go');
  if (!go) return absent('no go on the path');
  const staticcheck = path.join(toolsFolder, `staticcheck-${staticcheckVersion}`);
  if (existsSync(staticcheck)) return { ok: true, value: { go, staticcheck } };
  settingUp('staticcheck by go');
  const bin = folder(toolsFolder, `staticcheck-${process.pid}`);
  try {
    const env = { ...process.env, GOBIN: bin };
    await run(go, ['install', `honnef.co/go/tools/cmd/staticcheck@${staticcheckVersion}`], { env });
    await rename(path.join(bin, 'staticcheck'), staticcheck);
    return { ok: true, value: { go, staticcheck } };
  } catch (error) {
    return absent(`staticcheck could not be had: ${String(error).split('\n', 2).join(' ')}`);
  } finally {
    await rm(bin, { recursive: true, force: true });
  }
}
