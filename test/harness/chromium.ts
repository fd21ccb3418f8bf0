import { chromium, type Browser } from 'playwright-core';
import { everythingRequired, run, which, type Need } from './tools';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const installed = () => names.map(which).find((file) => file !== null);

/**
 * A Chromium that can be started: `CHROMIUM`, one on the PATH, or Debian's, installed when this is root's machine.
 * @throws {Error} with the reason when everything is required
 */
export async function findChromium(): Promise<Need<string>> {
  const found = process.env.CHROMIUM ?? installed() ?? (await install());
  if (found !== undefined) return { ok: true, value: found };
  const reason = 'no Chromium on the PATH or in CHROMIUM, and without root and apt-get it cannot be installed';
  if (everythingRequired) throw new Error(`chromium is required but cannot be had: ${reason}`);
  return { ok: false, reason };
}

async function install(): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !which('apt-get')) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]) => run('apt-get', args, { env });
  const packages = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'];
  await apt(...packages).catch(async () => {
    await apt('update');
    await apt(...packages);
  });
  return installed();
}

/** @param executablePath from findChromium */
export const startChromium = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: ['--force-color-profile=srgb'] });
