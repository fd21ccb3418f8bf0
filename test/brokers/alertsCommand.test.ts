import { existsSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { cli } from '../harness/cli';
import { folder, runFolder } from '../harness/tools';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(folder(runFolder), 'alerts-command-'));
});
const alerts = (...args: string[]) => cli(['alerts', '--broker', 'demo:', '--quiet', ...args], { cwd: home });

describe('backpressure alerts', () => {
  it.each([
    [
      'no exporter and no Prometheus',
      [],
      /^--exporter: name what your Prometheus reads queues from \(kafka_exporter, /,
    ],
    ['an unknown exporter', ['--exporter', 'prom'], /^--exporter: one of kafka_exporter, /],
    ['an unknown target', ['--target', 'nagios'], /^--target: one of prometheus, grafana, cloudwatch, keda$/],
    ['an exporter of another system', ['--exporter', 'yace'], /^--exporter: .*yace tells of/],
    ['an age that is none', ['--exporter', 'self', '--max-age', '60'], /^--max-age: "60" is no length of time/],
    [
      'tests of another target',
      ['--target', 'keda', '--tests', 't.yaml'],
      /^--tests: promtool tests --target prometheus/,
    ],
    ['tests without their rules', ['--exporter', 'self', '--tests', 't.yaml'], /^--tests: goes with --output/],
    [
      'a dashboard of Prometheus',
      ['--exporter', 'self', '--dashboard', 'd.json'],
      /^--dashboard: goes with --target grafana$/,
    ],
  ])('given %s says so in one line and writes nothing', async (_, args, expected) => {
    const { code, stdout, stderr } = await alerts(...args);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr.trim()).toMatch(expected);
    expect([code, stdout, existsSync(path.join(home, 't.yaml'))]).toEqual([2, '', false]);
  });

  it('writes rules and their tests, both or none', async () => {
    await writeFile(path.join(home, 'kept.yaml'), 'as it was\n');
    const failed = await alerts('--exporter', 'self', '--output', 'kept.yaml', '--tests', 'no-folder/t.yaml');
    expect([failed.code, failed.stderr]).toEqual([2, expect.stringMatching(/^--tests: ENOENT/)]);
    expect(await readFile(path.join(home, 'kept.yaml'), 'utf8')).toBe('as it was\n');

    const written = await alerts('--exporter', 'self', '--output', 'kept.yaml', '--tests', 't.yaml');
    expect([written.code, written.stdout, written.stderr]).toEqual([0, '', '']);
    const tests = parse(await readFile(path.join(home, 't.yaml'), 'utf8')) as { rule_files: string[] };
    expect(tests.rule_files).toEqual(['kept.yaml']);
  });

  it('writes a dashboard beside the rules of Grafana', async () => {
    const { code, stdout } = await alerts('--exporter', 'self', '--target', 'grafana', '--dashboard', 'd.json');
    const rules = parse(stdout) as { groups: unknown[] };
    const { panels } = JSON.parse(await readFile(path.join(home, 'd.json'), 'utf8')) as { panels: { type: string }[] };
    expect(code).toBe(0);
    expect(panels.filter(({ type }) => type === 'row')).toHaveLength(rules.groups.length);
  });
});
