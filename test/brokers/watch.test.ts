import { build } from 'esbuild';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecording } from '../../src/measure/recording';
import { until } from '../harness/process';
import { projectRoot } from '../harness/tools';

const cli = path.join(projectRoot, 'dist/cli.js');

describe('`watch` on a terminal', () => {
  let terminal: ChildProcessWithoutNullStreams;
  let said = '';
  /** What stands on the screen: each drawing begins with clearing it. */
  const screen = () => said.slice(said.lastIndexOf('\u001b[2J'));
  const shows = (text: string) => until(`the screen shows "${text}"`, () => Promise.resolve(screen().includes(text)));

  beforeAll(() => {
    const watch = `stty rows 30 cols 150; exec '${process.execPath}' '${cli}' watch --broker demo: --interval 1s`;
    terminal = spawn('script', ['-qec', watch, '/dev/null'], { cwd: '/', env: { ...process.env, TERM: 'xterm' } });
    terminal.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  });
  afterAll(() => void terminal.kill('SIGKILL'));

  it('shows the deepest queue first, and sorts by what the key s goes through', async () => {
    await shows('3 of 3 queues, by backlog');
    expect(screen().indexOf('validated')).toBeGreaterThan(0);
    for (const order of ['growth', 'age', 'name', 'backlog']) {
      terminal.stdin.write('s');
      await shows(`by ${order}`);
    }
  });

  it('filters by what is typed after /, letter by letter, until escape', async () => {
    terminal.stdin.write('/');
    for (const [i, letter] of Array.from('results').entries()) {
      terminal.stdin.write(letter);
      await shows(`/${'results'.slice(0, i + 1)}`);
    }
    await shows('1 of 3 queues');
    terminal.stdin.write('\r');
    await shows('1 of 3 queues');
    terminal.stdin.write('/');
    terminal.stdin.write('\u001b');
    await shows('3 of 3 queues');
  });

  it('ends with q, and gives the terminal back', async () => {
    const ended = once(terminal, 'exit');
    terminal.stdin.write('q');
    expect((await ended)[0]).toBe(0);
  });
});

describe('a recording whose writer is killed', () => {
  let folder = '';
  let program = '';
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'killed-'));
    program = path.join(folder, 'recorder.mjs');
    const entryPoints = [path.join(projectRoot, 'test/harness/recorder.mts')];
    await build({ entryPoints, outfile: program, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('loses only the line that was being written, again and again', async () => {
    const file = path.join(folder, 'watch.jsonl');
    let kept = 0;
    for (const wanted of [3, 5, 4]) {
      const written = await killedAfter(file, wanted);
      const { sweeps, notes } = readRecording(readFileSync(file, 'utf8'));
      expect(sweeps.length).toBeGreaterThanOrEqual(kept + written);
      expect(sweeps.length).toBeLessThanOrEqual(kept + written + 1);
      expect(notes.length).toBeLessThanOrEqual(1);
      expect(sweeps.every(({ queues }) => queues.length === sweeps[0]?.queues.length)).toBe(true);
      kept = sweeps.length;
    }
  });

  /** Kills a writer with SIGKILL while it writes on. @returns how many sweeps it said were on the disk */
  async function killedAfter(file: string, wanted: number): Promise<number> {
    const writer = spawn(process.execPath, [program, file]);
    let said = '';
    let complaint = '';
    writer.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    const ended = once(writer, 'close');
    writer.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.split('\n').length > wanted) writer.kill('SIGKILL');
    });
    expect(await ended, complaint).toEqual([null, 'SIGKILL']);
    return said.split('\n').length - 1;
  }
});
