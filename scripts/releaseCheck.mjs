// `npm run release:check`: may this tree be published? Every reason why not, one a line; nothing is changed but dist/.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const run = (command, args, options = {}) => spawnSync(command, args, { cwd: root, encoding: 'utf8', ...options });
const node = (...args) => run(process.execPath, args, { stdio: 'inherit' }).status === 0;
const npm = (...args) => run('npm', args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;

/** Bytes: half are the bundles, a third the grammars of the languages, the rest pictures; a tenth to spare. */
export const largestPackage = 3_600_000;

/** Why the tree itself is not ready. @param version of package.json @param changelog its text @param status of git, a file a line */
export function refusals({ version, changelog, status }) {
  const refused = [];
  if (status.trim() !== '') refused.push(`the tree is not clean:\n${status.trimEnd()}`);
  const entry = changelog.split(/^## /m).find((part) => part.split(/\s/, 1)[0] === version);
  if (entry === undefined) refused.push(`CHANGELOG.md has no entry "## ${version}"`);
  else if (!/^- /m.test(entry)) refused.push(`the entry of ${version} in CHANGELOG.md says nothing`);
  else if (/^.*unreleased/i.test(entry)) refused.push(`${version} is still called unreleased in CHANGELOG.md`);
  if (!/^\d+\.\d+\.\d+$/.test(version)) refused.push(`${version} is no version that a marketplace takes`);
  return refused;
}

/** What a registry knows against the packages; null where it does not offer to tell. */
function audit() {
  const { stdout } = run('npm', ['audit', '--omit=dev', '--json'], { shell: process.platform === 'win32' });
  try {
    return JSON.parse(stdout).metadata.vulnerabilities;
  } catch {
    return null;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const changelog = readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8');
  const { stdout: status } = run('git', ['status', '--porcelain']);
  const refused = refusals({ version, changelog, status });
  // The tests take a quarter of an hour: not for a tree that is refused anyway.
  if (refused.length === 0) {
    const known = audit();
    if (known === null) console.log('skipped: npm audit (this registry does not offer it)');
    else if (known.high + known.critical > 0) refused.push('npm audit knows of something high or critical');
    if (!npm('run', 'check')) refused.push('npm run check is red');
    if (!node('scripts/test.mjs')) refused.push('a test is red');
    if (!node('scripts/package.mjs')) refused.push('the package cannot be made, or is too large');
    // It stands in dist/ now as it was packed: minified.
    else {
      for (const version of ['oldest', 'newest']) {
        const tested = node('--import', 'tsx', 'test/editor/run.mts', '--package', `--${version}`);
        if (!tested) refused.push(`the installed package is red in the ${version} VS Code`);
      }
    }
  }
  for (const reason of refused) console.error(`refused: ${reason}`);
  if (refused.length === 0) console.log(`${version} may be published: docs/publishing.md says how.`);
  process.exitCode = refused.length > 0 ? 1 : 0;
}
