import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../harness/tools';
import type { Measured } from './measured';

/** Most kilobytes a bundle may have, minified; one not listed has the last. */
const budgets: Record<string, number> = {
  'extension.js': 200,
  // The protocol of language servers takes 170, the parser of YAML 115, the rules and six languages 400, zod 100.
  'server.js': 1050,
  // The client of language servers takes 360, which its package brings in one piece; YAML 115, zod 100, the diagnosis 90.
  'later.js': 850,
  'webview/page.js': 350,
  'cli.js': 200,
  // All verbs but one: rules, the diagnosis, generated code, YAML, zod.
  'cliLater.js': 1200,
  // The rules and six languages, the parser of WebAssembly's trees, YAML, zod.
  'scanWorker.js': 800,
};
const otherBudget = 700;

/** Size of each bundle as it is packaged, kB; grammars are as their package ships them. */
export function bundleSizes(): Measured[] {
  spawnSync(process.execPath, ['esbuild.mjs', '--minify'], { cwd: projectRoot, stdio: 'inherit' });
  const dist = path.join(projectRoot, 'dist');
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|css)$/.test(name))
    .sort()
    .map((name) => {
      const ours = Math.round(statSync(path.join(dist, name)).size / 1000);
      const budget = budgets[name] ?? otherBudget;
      return {
        what: `bundle ${name}, kB`,
        ours,
        peer: null,
        ratio: null,
        budget: `≤ ${budget}`,
        holds: ours <= budget,
      };
    });
}
