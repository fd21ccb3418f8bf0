// Tests of the extension in a real VS Code: inside its extension host, and through its user interface. `--newest`: in the
// newest VS Code that can be had, instead of the oldest that the extension promises to run in. `--package`: those inside the
// host test the installed package, instead of the extension under development. BACKPRESSURE_GREP: only the tests whose names
// it matches.
import { build } from 'esbuild';
import { cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findChromium } from '../harness/chromium';
import { codeServer, type ServedEditor } from '../harness/codeServer';
import { Editor } from '../harness/editorHost';
import { provideRedis, redisCli, startRedis, type RedisServer } from '../harness/redis';
import { everythingRequired, folder, projectRoot, run, runFolder, type Need } from '../harness/tools';
import { Programs } from './story/programs';
import { story } from './story/story';
import { killedOnes } from './ui/killed';
import { scenarios } from './ui/scenarios';
import { inUntrusted } from './ui/untrusted';

/** What the run's caller reads from the file named by BACKPRESSURE_RESULT, and the last line of the output. */
interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  names: string[];
  /** Each in a line; those of tests inside the host are in the log alone. */
  failures: string[];
}

const counts: Counts = { passed: 0, failed: 0, skipped: 0, names: [], failures: [] };
const fail = (what: string, error: unknown) => {
  counts.failed++;
  const why = explained(error);
  counts.failures.push(`${what}: ${why.split('\n', 1)[0] ?? ''}`);
  console.log(`  ✘ ${what}\n${why}`);
};
/** Without the data URLs that a loader puts into stacks. */
function explained(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.replace(/\(?data:text\/javascript\S*/g, '(…)').replaceAll('\n', '\n    ');
}
const skip = (what: string, reason: string) => {
  counts.skipped++;
  counts.names.push(`${what} (skipped: ${reason})`);
};
/** Passwords that the tests give to connections, the one of the Redis too: nothing may write them onto the disk. */
const redisPassword = 'only-the-editor-tests-know-it';
const passwords = [redisPassword, 'a-wrong-passw0rd-of-the-test', 's3cret-of-the-test', 's3cret-word'];
const { BACKPRESSURE_GREP: grep } = process.env;
const isWanted = (name: string) => grep === undefined || new RegExp(grep).test(name);
/** Fewer in-host tests than this means that some were never loaded. */
const fewest = 15;
const vsix = path.join(folder(runFolder), 'extension.vsix');

const browser: Need<string> = await findChromium().catch((error: unknown) => ({ ok: false, reason: String(error) }));
const host = await codeServer(process.argv.includes('--newest') ? 'newest' : 'oldest');
if (!browser.ok || !host.ok) {
  const reason = [browser, host].flatMap((need) => (need.ok ? [] : [need.reason])).join('; ');
  if (everythingRequired) fail('the extension in a real VS Code', new Error(reason));
  else skip('the extension in a real VS Code', reason);
} else {
  const redis = await passwordRedis();
  await run(process.execPath, [path.join(projectRoot, 'scripts/package.mjs'), '--no-build', vsix], {
    cwd: projectRoot,
  });
  try {
    await inHost(host.value, browser.value, redis).catch((error: unknown) =>
      fail('tests in the extension host', error),
    );
    await throughInterface(host.value, browser.value).catch((error: unknown) => fail('the packaged extension', error));
    await count('an untrusted workspace is neither read nor contacted, until it is trusted', () =>
      inUntrusted(host.value, browser.value, vsix),
    );
    await wholeStory(host.value, browser.value);
  } finally {
    await redis?.stop();
  }
}
const { BACKPRESSURE_RESULT: resultFile } = process.env;
if (resultFile !== undefined) await writeFile(resultFile, JSON.stringify(counts));
console.log(JSON.stringify(counts));
process.exit(counts.failed > 0 || counts.passed + counts.skipped === 0 ? 1 : 0);

/** The extension under development, or the installed package, tested from inside. */
async function inHost(served: ServedEditor, chromium: string, redis: RedisServer | null): Promise<void> {
  const out = folder(runFolder, 'editor-tests');
  await build({
    entryPoints: { index: path.join(projectRoot, 'test/editor/host/index.ts') },
    outdir: out,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  const result = path.join(out, 'result.json');
  const workspace = await workspaceCopy();
  const editor = await Editor.start({
    served,
    browser: chromium,
    workspace,
    ...(process.argv.includes('--package') && { vsix }),
    env: { BACKPRESSURE_HOST_RESULT: result, ...(redis ? { BACKPRESSURE_EDITOR_REDIS: redis.url } : {}) },
  });
  try {
    const { passes, failures, skipped } = await editor.runTests(path.join(out, 'index.js'), result, (line) =>
      console.log(line),
    );
    counts.passed += passes;
    counts.failed += failures;
    for (const name of skipped) skip(name, 'no Redis');
    if (grep === undefined && passes + failures + skipped.length < fewest)
      throw new Error(`only ${passes} tests ran; ${fewest} are expected`);
  } finally {
    await editor.shot('in-host-end').catch(() => undefined);
    await editor.stop();
  }
  await count('no log, state, settings file or workspace file holds a password of the tests', () =>
    withoutPasswords([path.join(editor.home, 'data'), workspace]),
  );
}

/** Looks through every file below some folders, which have to hold the log of the tests' connections. */
async function withoutPasswords(folders: readonly string[]): Promise<void> {
  let logged = false;
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((each) => each.isFile())) {
      const file = path.join(entry.parentPath, entry.name);
      const text = await readFile(file, 'latin1');
      const found = passwords.find((password) => text.includes(password));
      if (found !== undefined) throw new Error(`${file} holds ${found}`);
      logged ||= entry.name === 'Backpressure.log' && text.includes('vault');
    }
  }
  if (!logged) throw new Error('the log of the extension is not among the files that were looked through');
}

/** The packaged extension, used as a person does. */
async function throughInterface(served: ServedEditor, chromium: string): Promise<void> {
  const wanted = [...scenarios, ...killedOnes].filter(({ name }) => isWanted(name));
  if (wanted.length === 0) return;
  const editor = await Editor.start({ served, browser: chromium, workspace: await workspaceCopy(), vsix });
  try {
    await editor.open();
    for (const { name, play } of wanted) {
      try {
        await play(editor);
        counts.passed++;
        console.log(`  ✔ ${name}`);
      } catch (error) {
        await editor.shot(`failed-${counts.failed}`).catch(() => undefined);
        fail(name, error);
      }
    }
  } finally {
    await editor.stop();
  }
}

/** From code that nobody has described to the fix, with real brokers. */
async function wholeStory(served: ServedEditor, chromium: string): Promise<void> {
  const name = 'code knows its queue, the queue its code, and the fix drains it';
  if (!isWanted(name)) return;
  const programs = await Programs.provide();
  if (!programs.ok) {
    if (everythingRequired) fail(name, new Error(programs.reason));
    else skip(name, programs.reason);
    return;
  }
  try {
    await count(name, () => story(served, chromium, vsix, programs.value));
  } finally {
    await programs.value.stop();
  }
}

async function count(name: string, play: () => Promise<void>): Promise<void> {
  if (!isWanted(name)) return;
  try {
    await play();
    counts.passed++;
    console.log(`  ✔ ${name}`);
  } catch (error) {
    fail(name, error);
  }
}

/** Tests write into their workspace, so each editor has its own. */
async function workspaceCopy(): Promise<string> {
  const copy = path.join(await mkdtemp(path.join(folder(runFolder), 'workspace-')), 'orders');
  await cp(path.join(projectRoot, 'test/editor/workspace'), copy, { recursive: true });
  return copy;
}

/** A Redis that asks for a password, with five unread orders; null where this machine can have none. */
async function passwordRedis(): Promise<RedisServer | null> {
  const provided = await provideRedis();
  if (!provided.ok) return null;
  await provided.value.stop();
  const server = await startRedis(['--requirepass', redisPassword]);
  const cli = (...args: string[]) => redisCli(server, '-a', redisPassword, '--no-auth-warning', ...args);
  await cli('XGROUP', 'CREATE', 'orders', 'billing', '0', 'MKSTREAM');
  for (let n = 1; n <= 5; n++) await cli('XADD', 'orders', '*', 'order', `${n}`);
  return { ...server, url: server.url.replace('redis://', `redis://:${redisPassword}@`) };
}
