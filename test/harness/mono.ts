import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { downloadDebian } from './debian';
import { everythingRequired, folder, run, settingUp, toolsFolder, type Need } from './tools';

const assemblies = ['corlib', 'system', 'system-core', 'system-xml', 'system-configuration', 'system-security'];
const packages = [
  ...['mono-mcs', 'mono-runtime', 'mono-runtime-sgen', 'mono-runtime-common'],
  'libmono-corlib4.5-dll',
  ...[...assemblies, 'system-numerics', 'microsoft-csharp', 'security', 'i18n', 'i18n-west'].map(
    (name) => `libmono-${name}${name === 'corlib' ? '4.5' : '4.0'}-cil`,
  ),
];

/** Debian's Mono: its compiler knows C# up to 7.2. */
export interface Mono {
  /** Runs programs that its compiler made. */
  mono: string;
  compiler: string;
  /** What both need to find themselves in a folder that is not their own. */
  env: NodeJS.ProcessEnv;
}

/**
 * Unpacked once rather than installed.
 * @throws {Error} with the reason when everything is required
 */
export async function monoPrograms(): Promise<Need<Mono>> {
  const target = path.join(toolsFolder, 'mono');
  const found: Mono = {
    mono: path.join(target, 'usr/bin/mono'),
    compiler: path.join(target, 'usr/lib/mono/4.5/mcs.exe'),
    env: { MONO_CFG_DIR: path.join(target, 'etc') },
  };
  const complete = path.join(target, '.complete');
  if (existsSync(complete)) return { ok: true, value: found };
  settingUp('Mono from Debian’s packages');
  const staging = mkdtempSync(path.join(folder(toolsFolder), 'mono-'));
  try {
    await downloadDebian(packages, staging);
    const fetched = readdirSync(staging).filter((name) => name.endsWith('.deb'));
    for (const file of fetched) await run('dpkg', ['-x', path.join(staging, file), staging]);
    for (const file of fetched) rmSync(path.join(staging, file));
    writeFileSync(path.join(staging, '.complete'), '');
    renameSync(staging, target);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    // A run side by side was faster: its copy is as good as ours.
    if (existsSync(complete)) return { ok: true, value: found };
    if (everythingRequired) throw error;
    return { ok: false, reason: `Mono could not be had: ${String(error).split('\n', 2).join(' ')}` };
  }
  return { ok: true, value: found };
}
