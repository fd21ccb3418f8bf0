// `npm test`: sets up what is missing and runs everything this machine can run. Names tell which parts: unit simulated programs brokers code page editor.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { prepare, root } from './prepare.mjs';

const parts = {
  unit: ['pure code, no input or output', vitest],
  simulated: ['hours of traffic, played through the simulator and diagnosed', vitest],
  programs: ['whole programs: the command line, the language server, the scanner over damaged files', vitest],
  brokers: ['real Kafka, RabbitMQ and Redis', vitest],
  code: ['generated code and quick fixes, by the compilers of their languages', vitest],
  page: ['the report page in a real browser', vitest],
  editor: ['the extension in a real VS Code', editor],
};
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`unknown part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

const runs = path.join(root, '.run');
const run = path.join(runs, `run-${process.pid}`);
removeEndedRuns();
mkdirSync(run, { recursive: true });
const env = { ...process.env, BACKPRESSURE_RUN_FOLDER: run };

const started = Date.now();
prepare();
console.log(
  'Servers, compilers and editors that a part needs are fetched into .tools the first time, without root; that takes minutes and is told.',
);
const total = { passed: 0, failed: 0, skipped: 0 };
const skipped = [];
const failures = [];
for (const [name, [what, runPart]] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const begun = Date.now();
  console.log(`\n── ${name}: ${what}`);
  const result = runPart(name);
  for (const key of Object.keys(total)) total[key] += result[key];
  skipped.push(...result.names);
  failures.push(...(result.failures ?? []).map((failure) => `  ${name}: ${failure}`));
  console.log(
    `── ${name}: ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped in ${Math.round((Date.now() - begun) / 1000)} s`,
  );
}

if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((name) => `  ${name}`).join('\n')}`);
// Far above, each with its whole story; whoever sees only the end of a long log finds it by its name.
if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`);
console.log(
  `\nLogs and screenshots are in ${path.relative(root, run)}; ${Math.round((Date.now() - started) / 1000)} s in all.`,
);
console.log(`tests: ${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
const mayNotSkip = process.env.BACKPRESSURE_TEST_REQUIRE === 'all' && total.skipped > 0;
if (mayNotSkip) console.error('BACKPRESSURE_TEST_REQUIRE=all: nothing may be skipped.');
process.exitCode = total.failed > 0 || mayNotSkip || total.passed === 0 ? 1 : 0;

function vitest(project) {
  const file = path.join(run, `${project}.json`);
  const bin = path.join(root, 'node_modules/vitest/vitest.mjs');
  const args = [bin, 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { status } = spawnSync(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  return counted(file, status, (json) => ({
    passed: json.numPassedTests,
    failed:
      json.numFailedTests +
      json.testResults.filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0).length,
    skipped: json.numPendingTests + json.numTodoTests,
    names: json.testResults.flatMap((suite) =>
      suite.assertionResults
        .filter((test) => ['skipped', 'pending', 'todo'].includes(test.status))
        .map((test) => test.fullName),
    ),
    failures: json.testResults.flatMap(failuresOf),
  }));
}

/** The failed tests of a file, each in a line; a file that could not be loaded is one. */
function failuresOf({ name, status, message, assertionResults }) {
  const file = path.relative(root, name);
  const told = (what, why = '') => `${file}${what}: ${why.split('\n', 1)[0]}`;
  if (status === 'failed' && assertionResults.length === 0) return [told('', message)];
  return assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => told(` › ${test.fullName}`, test.failureMessages[0]));
}

/** The editor's runner leaves { passed, failed, skipped, names } in the file that the environment names. */
function editor() {
  const file = path.join(run, 'editor.json');
  const args = ['--import', 'tsx', path.join(root, 'test/editor/run.mts')];
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...env, BACKPRESSURE_RESULT: file },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return counted(file, status, (json) => json);
}

/** A runner that failed without a failed test, or left no result, counts as one failure. */
function counted(file, status, read) {
  let result = { passed: 0, failed: 0, skipped: 0, names: [] };
  try {
    result = read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { ...result, failed: 1 };
  }
  return status !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result;
}

/** Folders of runs whose process is gone; another run may be going on beside this one. */
function removeEndedRuns() {
  mkdirSync(runs, { recursive: true });
  for (const name of readdirSync(runs)) {
    const pid = Number(/^run-(\d+)$/.exec(name)?.[1]);
    if (!isAlive(pid)) rmSync(path.join(runs, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    return Number.isInteger(pid) && process.kill(pid, 0);
  } catch {
    return false;
  }
}
