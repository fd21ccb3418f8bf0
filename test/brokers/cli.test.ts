import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { report as reportSchema, stateChange, type StepShare, type Strategy } from '../../src/model/report';
import { sweep as sweepSchema } from '../../src/model/sweep';
import { cli } from '../harness/cli';
import { describeWith } from '../harness/need';
import { freePorts } from '../harness/process';
import { redisCli } from '../harness/redis';
import { folder, projectRoot, runFolder } from '../harness/tools';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(folder(runFolder), 'cli-'));
});
const file = async (name: string, text: string) => {
  const made = path.join(home, name);
  await writeFile(made, text);
  return made;
};
const pipelineOn = (url: string, rest = '') =>
  `brokers: { main: { url: "${url}" } }\nstages: { a: { consumes: [{ destination: orders }] } }\n${rest}`;

describe('bad usage and input', () => {
  it.each([
    ['no broker at all', ['queues'], /^--broker: no broker given/],
    ['a URL without a host', ['queues', '--broker', 'kafka://'], /^--broker: the URL names no host$/],
    ['an unknown kind of broker', ['queues', '--broker', 'mqtt://h'], /^--broker: unknown kind of broker "mqtt:"/],
    ['port 99999', ['queues', '--broker', 'redis://h:99999'], /^--broker: "99999" is no port/],
    ['an unencoded @ in a password', ['queues', '--broker', 'redis://u:p@ss@h'], /^--broker: .*write it as %40$/],
    ['an unencoded % in a password', ['queues', '--broker', 'redis://u:p%ss@h'], /^--broker: .*write it as %25$/],
    [
      'an unencoded / in a password',
      ['queues', '--broker', 'amqp://u:pa/ss@h'],
      /^--broker: a user name or password holds .*write it as %2F/,
    ],
    ['an unknown demo', ['analyze', '--broker', 'demo:nonsense'], /^--broker: .*nonsense.*bottleneck/],
    ['a window that is too short', ['analyze', '--broker', 'demo:', '--window', '5s'], /^--window: "5s" is too short/],
    [
      'an unknown format',
      ['queues', '--broker', 'demo:', '--format', 'xml'],
      /^--format: one of text, markdown, json$/,
    ],
    ['an unknown flag', ['queues', '--brokr', 'demo:'], /--brokr/],
    ['an unknown verb', ['quues'], /quues/],
    ['a recording that is not there', ['analyze', '--replay', '/nonexistent.jsonl'], /^--replay: .*nonexistent/],
    [
      '--at without a recording',
      ['analyze', '--broker', 'demo:', '--at', '2026-01-01T00:00:00Z'],
      /^--at: goes with --replay$/,
    ],
  ])('%s is one clear line on standard error and exit code 2', async (_, args, expected) => {
    const { code, stdout, stderr } = await cli(args);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr.trim()).toMatch(expected);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('a broken pipeline file is named with line and column', async () => {
    const broken = await file('broken.yaml', pipelineOn('kafka://127.0.0.1:9092').replace('stages:', 'stages: ['));
    const { code, stdout, stderr } = await cli(['analyze', '--pipeline', broken]);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).toContain(`${broken}:3:1: `);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('an environment variable that is not set is named with its place', async () => {
    const unset = await file('unset.yaml', pipelineOn('redis://:${env:NOT_SET_ANYWHERE}@127.0.0.1'));
    const { code, stdout, stderr } = await cli(['queues', '--pipeline', unset]);
    expect(stderr).toBe(`${unset}:1:25: the environment variable NOT_SET_ANYWHERE is not set\n`);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('two brokers of one name are an error', async () => {
    const twice = await file(
      'twice.yaml',
      'brokers:\n  main: { url: "demo:" }\n  main: { url: "demo:" }\nstages: {}\n',
    );
    const { code, stdout, stderr } = await cli(['queues', '--pipeline', twice]);
    expect(stderr).toBe(`${twice}:3:3: "main" stands here twice: each name is given once\n`);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('a recording with rubbish in it is named with its line', async () => {
    const rubbish = await file('rubbish.jsonl', 'hello\nworld\n');
    const { code, stderr } = await cli(['analyze', '--replay', rubbish]);
    expect(stderr).toContain(`${rubbish}:1:1: `);
    expect(code).toBe(2);
  });
});

describe('the demo', () => {
  it('is reported in a few seconds whatever the window', async () => {
    const { code, stdout, stderr } = await cli(['analyze', '--broker', 'demo:', '--format', 'json', '--window', '10m']);
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(report.bottlenecks.map((found) => found.stage)).toEqual(['payment-processor']);
    expect(report.window.seconds).toBeGreaterThanOrEqual(600);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('is plain text when piped, with the sentence first', async () => {
    const { stdout } = await cli(['analyze', '--broker', 'demo:']);
    expect(stdout.split('\n')[0]).toMatch(/^payment-processor is the bottleneck\./);
    expect(stdout).not.toContain('\u001b');
  });

  it('is one self-contained HTML page without script when asked for', async () => {
    const { code, stdout } = await cli(['analyze', '--broker', 'demo:', '--format', 'html']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^<!doctype html>/i);
    expect(stdout).toContain('payment-processor is the bottleneck');
    expect(stdout).toContain('<svg');
    expect(stdout).not.toMatch(/<script|<link|https?:\/\/(?!www\.w3\.org)/i);
  });

  it('has its strategies ranked, each with what it costs', async () => {
    const { code, stdout } = await cli(['strategies', '--broker', 'demo:', '--format', 'json']);
    const { strategies } = JSON.parse(stdout) as { strategies: Strategy[] };
    expect(strategies.map(({ rank }) => rank)).toEqual(strategies.map((_, i) => i + 1));
    expect(strategies.every(({ fits, tradeOff }) => /\d/.test(fits) && tradeOff !== '')).toBe(true);
    const text = await cli(['strategies', '--broker', 'demo:']);
    expect(text.stdout).toMatch(/^payment-processor is the bottleneck[\s\S]*Strategies\n {2}1\. /);
    expect([code, text.code]).toEqual([0, 0]);
  });

  it('fails a build only when asked to', async () => {
    expect((await cli(['analyze', '--broker', 'demo:', '--fail-on', 'warning'])).code).toBe(1);
    expect((await cli(['analyze', '--broker', 'demo:healthy', '--fail-on', 'warning'])).code).toBe(0);
  });

  it('ends quietly when the reader closes the pipe', async () => {
    const child = spawn('sh', [
      '-c',
      '"$0" "$1" queues --broker demo: --format json | head -c 1; exit ${PIPESTATUS:-0}',
      process.execPath,
      path.join(projectRoot, 'dist/cli.js'),
    ]);
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect([code, stderr]).toEqual([0, '']);
  });

  it('records while it is watched, and the recording tells the same story without the broker', async () => {
    const recording = path.join(home, 'demo.jsonl');
    const watched = await cli([
      'watch',
      '--broker',
      'demo:',
      '--interval',
      '1s',
      '--for',
      '12s',
      '--record',
      recording,
      '--format',
      'json',
    ]);
    expect(watched.code).toBe(0);
    const sweeps = readFileSync(recording, 'utf8')
      .trim()
      .split('\n')
      .map((line) => sweepSchema.parse(JSON.parse(line)));
    expect(sweeps.length).toBeGreaterThanOrEqual(10);

    const replayed = await cli(['watch', '--replay', recording, '--format', 'json']);
    const changes = replayed.stdout
      .trim()
      .split('\n')
      .map((line) => stateChange.parse(JSON.parse(line)));
    expect(changes.length).toBeGreaterThan(0);
    expect(replayed.stdout).toBe(watched.stdout);

    const analyzed = await cli(['analyze', '--replay', recording, '--format', 'json']);
    const report = reportSchema.parse(JSON.parse(analyzed.stdout));
    expect(report.window.to).toBe(sweeps.at(-1)?.at);
    expect(report.bottlenecks.map((found) => found.stage)).toContain('payment-processor');
  });
});

describe('the steps of a program', () => {
  it('are judged by how long each held up the one before, from its page of metrics', async () => {
    const began = Date.now();
    const page = createServer((_, answer) => {
      const milliseconds = Date.now() - began;
      const step = (name: string, send: number, receive: number) =>
        [
          `app_send_backpressure_total{step="${name}"} ${Math.floor(milliseconds / 100)}`,
          `app_send_backpressure_duration_sum{step="${name}"} ${milliseconds * send}`,
          `app_receive_backpressure_total{step="${name}"} ${Math.floor(milliseconds / 100)}`,
          `app_receive_backpressure_duration_sum{step="${name}"} ${milliseconds * receive}`,
        ].join('\n');
      answer.setHeader('content-type', 'text/plain; version=0.0.4');
      answer.end(`${step('parse', 0.8, 0)}\n${step('store', 0.02, 0.8)}\n`);
    });
    await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
    const { port } = page.address() as AddressInfo;
    try {
      const url = `metrics+http://127.0.0.1:${port}/metrics`;
      const { code, stdout, stderr } = await cli(['steps', '--broker', url, '--window', '3s', '--format', 'json']);
      expect([code, stderr]).toEqual([0, '']);
      const { steps, bottleneck } = JSON.parse(stdout) as { steps: StepShare[]; bottleneck: string | null };
      expect(bottleneck).toBe('store');
      // Sampled while the page counts on, so the shares are right but for the time a request takes.
      expect(steps.map(({ step, sendShare }) => [step, Math.round((sendShare ?? NaN) * 10) / 10])).toEqual([
        ['parse', 0.8],
        ['store', 0],
      ]);
    } finally {
      page.close();
    }
  });
});

describeWith(['kafka', 'redis'], 'one broker down among three', ({ kafka, redis }) => {
  it('shows the others, says what to do about the one, and exits with 3', async () => {
    const [nobody] = await freePorts(1);
    const brokers = [
      `kafka://${kafka.bootstrap}`,
      redis.url,
      `amqp://127.0.0.1:${nobody}?management=http://127.0.0.1:${nobody}`,
    ];
    const { code, stdout } = await cli(['queues', ...brokers.flatMap((url) => ['--broker', url]), '--format', 'json']);
    const sweep = sweepSchema.parse(JSON.parse(stdout));
    expect(sweep.brokers.map(({ name, state }) => [name, state])).toEqual([
      ['kafka', 'ok'],
      ['redis', 'ok'],
      ['rabbitmq', 'failed'],
    ]);
    expect(sweep.brokers[2]?.error).toMatchObject({ code: 'unreachable', next: expect.stringMatching(/\w/) as string });
    expect(code).toBe(3);
  });
});

describeWith(['redis'], 'a queue with a hostile name', ({ redis }) => {
  it('is text in every format, whole in JSON', async () => {
    const hostile = '"><img src=x onerror=alert(1)>\u001b[31m';
    await redisCli(redis, 'xgroup', 'create', hostile, 'readers', '0', 'mkstream');
    const all = ['queues', '--broker', redis.url];
    const json = sweepSchema.parse(JSON.parse((await cli([...all, '--format', 'json'])).stdout));
    expect(json.queues.map((queue) => queue.destination)).toContain(hostile);
    const markdown = (await cli([...all, '--format', 'markdown'])).stdout;
    expect(markdown).toContain('onerror');
    expect(markdown).not.toMatch(/<img|\u001b/);
    expect((await cli(all)).stdout).not.toContain('\u001b');
    await redisCli(redis, 'del', hostile);
  });
});
