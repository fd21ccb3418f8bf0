import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../harness/tools';
import type { Measured } from './measured';

/** Most kilobytes a bundle may have, minified; one not listed has the last. */
const budgets: Record<string, number> = {
  'extension.js': 200,
  'server.js': 20,
  'languageProtocol.js': 180,
  // Little more than zod, as in the two below.
  'serverLater.js': 150,
  // The client of language servers takes 360, which its package brings in one piece; zod 100, the diagnosis 90.
  'later.js': 700,
  // The rules and six languages, and the parser of WebAssembly's trees, which takes 85. What libraries read whole took 30,
  // uploads, archives and answers of any address 4, what an expression needs of a text 3, whether a fix is sound 17.
  'hazards.js': 785,
  'yaml.js': 120,
  'webview/page.js': 350,
  'cli.js': 200,
  // All verbs but one: the diagnosis, generated code, zod.
  'cliLater.js': 500,
  'scanWorker.js': 150,
  'pipelineFile.js': 150,
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
