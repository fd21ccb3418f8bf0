import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../harness/tools';

/** Size of each bundle as packaged, in kB. */
export function bundleSizes(): { name: string; kilobytes: number }[] {
  const dist = path.join(projectRoot, 'dist');
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js') || name.endsWith('.css') || name.endsWith('.wasm'))
    .map((name) => ({ name, kilobytes: Math.round(statSync(path.join(dist, name)).size / 1024) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
