import { chmodSync, mkdirSync, mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv-draft-04';
import type { Log } from 'sarif';
import { describe, expect, it, vi } from 'vitest';
import { scan as scanSchema, type Scan } from '../../../src/model/scan';
import { cli } from '../../harness/cli';
import { folder, projectRoot, run, runFolder } from '../../harness/tools';
import { packages } from '../../unit/hazards/across/packages';

vi.setConfig({ testTimeout: 60_000 });

const consumer = `package orders

import "github.com/segmentio/kafka-go"

func consume(reader *kafka.Reader) {
	for {
		message, err := reader.FetchMessage(ctx)
		if err != nil {
			return
		}
		go handle(message)
	}
}
`;
const bounded = consumer.replace('\t\tgo handle', '\t\tslots <- struct{}{}\n\t\tgo handle');
const explained = consumer.replace('\t\tgo handle', '\t\t// backpressure: bounded-by 4 partitions\n\t\tgo handle');

/** A workspace of the given files. */
function workspace(files: Record<string, string>): string {
  const root = mkdtempSync(path.join(folder(runFolder, 'scan'), 'workspace-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  return root;
}

async function scanned(root: string, ...flags: string[]): Promise<Scan> {
  const { stdout, stderr } = await cli(['scan', '--format', 'json', ...flags], { cwd: root });
  expect(stderr).toBe('');
  return scanSchema.parse(JSON.parse(stdout));
}

const pathsIn = ({ hazards }: Scan) => hazards.map(({ path: file }) => file);

describe('backpressure scan', () => {
  it('joins what one file calls for each message with what another starts, by any number of threads', async () => {
    const [shop] = packages;
    const root = workspace({ ...shop?.files });
    const one = await scanned(root, '--jobs', '1');
    expect(one.hazards.map(({ path: file, line, rule }) => [rule, `${file}:${line}`])).toEqual([
      [shop?.rule, shop?.place],
    ]);
    expect(one.hazards[0]?.message).toContain(shop?.way ?? '?');
    expect((await scanned(root, '--jobs', '3')).hazards).toEqual(one.hazards);
    expect((await scanned(workspace({ ...shop?.files, ...shop?.bounded }))).hazards).toEqual([]);
  });

  it('tells hazards, what passed, and what was explained away', async () => {
    const root = workspace({ 'a/consumer.go': consumer, 'bounded.go': bounded, 'explained.go': explained });
    const result = await scanned(root);
    expect(result.files).toBe(3);
    expect(
      result.hazards.map(({ path: file, line, severity, suppressed }) => [file, line, severity, suppressed]),
    ).toEqual([
      ['a/consumer.go', 11, 'high', null],
      ['explained.go', 12, 'high', '4 partitions'],
    ]);
    expect(result.passed).toEqual([
      { rule: 'go/unbounded-spawn', places: 1, text: expect.stringContaining('1 × a permit taken before') as string },
    ]);
    const { stdout } = await cli(['scan', '--format', 'text'], { cwd: root });
    expect(stdout).toContain('1 high in 3 files');
    expect(stdout).toContain('a/consumer.go:11:3  high  go/unbounded-spawn');
    expect(stdout).toContain('explained.go:12:3 go/unbounded-spawn: 4 partitions');
  });

  it('lists every explanation, and says which explain nothing', async () => {
    const bare = consumer.replace('\t\tgo handle', '\t\t// backpressure: bounded-by\n\t\tgo handle');
    const root = workspace({
      'bare.go': bare,
      'explained.go': explained,
      'stale.go': explained.replace('go handle', 'handle'),
    });
    const result = await scanned(root);
    expect(result.suppressions).toEqual([
      { path: 'bare.go', line: 11, reason: null, state: 'bare' },
      { path: 'explained.go', line: 11, reason: '4 partitions', state: 'used' },
      { path: 'stale.go', line: 11, reason: '4 partitions', state: 'stale' },
    ]);
    const { stdout } = await cli(['scan'], { cwd: root });
    expect(stdout).toContain('bare.go:11: This explanation gives no reason');
    expect(stdout).toContain('stale.go:11: Nothing is found here any more');
    const sarif = JSON.parse((await cli(['scan', '--format', 'sarif'], { cwd: root })).stdout) as Log;
    expect(sarif.runs[0]?.invocations?.[0]?.toolExecutionNotifications).toMatchObject([
      { level: 'warning', locations: [{ physicalLocation: { region: { startLine: 11 } } }] },
      { level: 'warning', locations: [{ physicalLocation: { artifactLocation: { uri: 'stale.go' } } }] },
    ]);
  });

  it('reads alert rules: what is wrong with each, what none watches, and what no exporter here can feed', async () => {
    const rules = `groups:
  - name: queues
    rules:
      - alert: LagHigh
        expr: kminion_kafka_consumer_group_topic_lag{group="billing", topic=~"orders|returns"} > 5000000
        for: 5m
`;
    const source = (topic: string) =>
      `import { Kafka } from 'kafkajs';\nconst consumer = new Kafka({ brokers: [] }).consumer({ groupId: 'billing' });\nawait consumer.subscribe({ topic: '${topic}' });\n`;
    const root = workspace({
      'rules.yaml': rules,
      'compose.yaml': 'services:\n  lag:\n    image: danielqsj/kafka-exporter:v1\n',
      'watched.ts': source('orders'),
      'unwatched.ts': source('payments'),
    });
    const { hazards } = await scanned(root);
    expect(hazards.map(({ rule, path: file, line }) => [rule, file, line])).toEqual([
      ['alerts/cannot-feed', 'rules.yaml', 5],
      ['alerts/huge-threshold', 'rules.yaml', 5],
      ['alerts/missing-lag-alert', 'unwatched.ts', 3],
    ]);
    await cli(['scan', '--fix'], { cwd: root });
    expect(readFileSync(path.join(root, 'rules.yaml'), 'utf8')).toContain(
      'expr: deriv(kminion_kafka_consumer_group_topic_lag{group="billing", topic=~"orders|returns"}[10m]) > 0 and kminion',
    );
    const alone = workspace({ 'watched.ts': source('orders') });
    expect((await scanned(alone)).hazards).toEqual([]);
  });

  it('finds the same with one thread and with four', async () => {
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`f${n % 7}/consumer${n}.go`, consumer]));
    const root = workspace(files);
    const one = await scanned(root, '--jobs', '1');
    const four = await scanned(root, '--jobs', '4');
    expect(one.hazards).toHaveLength(60);
    expect(four.hazards).toEqual(one.hazards);
  });

  it('ends with 1 from the severity of --fail-on, without what a comment explains', async () => {
    const code = async (text: string, ...flags: string[]) =>
      (await cli(['scan', ...flags], { cwd: workspace({ 'a.go': text }) })).code;
    expect(await code(consumer)).toBe(1);
    expect(await code(consumer, '--fail-on', 'critical')).toBe(0);
    expect(await code(consumer, '--fail-on', 'none')).toBe(0);
    expect(await code(explained)).toBe(0);
    expect(await code(bounded, '--fail-on', 'low')).toBe(0);
  });

  it('leaves out what git ignores, tests, examples, generated and vendored code, unless it is told not to', async () => {
    const root = workspace({
      '.gitignore': 'build/\n*.gen.go\n!keep.gen.go\n',
      'sub/.gitignore': '!again.gen.go\n/local.go\n',
      ...Object.fromEntries(
        [
          ...[
            'kept.go',
            'build/a.go',
            'x.gen.go',
            'keep.gen.go',
            'sub/again.gen.go',
            'sub/local.go',
            'sub/deep/local.go',
          ],
          ...['vendor/v.go', 'examples/e.go', 'a_test.go', 'testdata/t.go', 'node_modules/p/g.go'],
        ].map((name) => [name, consumer]),
      ),
    });
    expect(pathsIn(await scanned(root)).sort()).toEqual([
      'keep.gen.go',
      'kept.go',
      'sub/again.gen.go',
      'sub/deep/local.go',
    ]);
    expect(pathsIn(await scanned(root, '--no-ignore'))).toHaveLength(12);
  });

  it('says which files it did not read, and why', async () => {
    const root = workspace({
      'long.go': consumer.padEnd(3_000_000, '\n'),
      'generated.go': `// Code generated by x. DO NOT EDIT.\n${consumer}`,
      'kept.go': consumer,
    });
    const elsewhere = workspace({ 'other.go': consumer });
    symlinkSync(path.join(elsewhere, 'other.go'), path.join(root, 'out.go'));
    symlinkSync(path.join(root, 'kept.go'), path.join(root, 'inside.go'));
    symlinkSync(root, path.join(root, 'circle'));
    symlinkSync(path.join(root, 'nowhere.go'), path.join(root, 'dangling.go'));
    const { skipped, hazards } = await scanned(root);
    expect(hazards).toHaveLength(1);
    expect(skipped).toEqual([
      { path: 'dangling.go', reason: 'it leads to nothing' },
      { path: 'generated.go', reason: 'generated code' },
      { path: 'long.go', reason: 'longer than 2 MB' },
      { path: 'out.go', reason: 'a symbolic link that leads out of the scanned folder' },
    ]);
  });

  it('takes severities, rules that are off and paths to leave out from .backpressurerc', async () => {
    const with_ = (settings: string) =>
      workspace({ '.backpressurerc': settings, 'a.go': consumer, 'old/b.go': consumer });
    expect(pathsIn(await scanned(with_('exclude: [old/]\n')))).toEqual(['a.go']);
    expect((await scanned(with_('rules: { go/unbounded-spawn: off }\n'))).hazards).toEqual([]);
    const { hazards } = await scanned(with_('rules: { go/unbounded-spawn: low }\n'));
    expect(hazards.map(({ severity }) => severity)).toEqual(['low', 'low']);
    for (const wrong of ['rules: { go/none: off }', 'rules: { go/unbounded-spawn: loud }', 'exclude: [', 'else: 1']) {
      const { code, stdout, stderr } = await cli(['scan'], { cwd: with_(wrong) });
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/\.backpressurerc:\d+:\d+: .+\n$/);
    }
  });

  it('tells only what an earlier scan does not have, also after lines moved', async () => {
    const root = workspace({ 'a.go': consumer });
    const baseline = path.join(root, 'baseline.json');
    await cli(['scan', '--format', 'json', '--output', baseline], { cwd: root });
    writeFileSync(path.join(root, 'a.go'), consumer.replace('func consume', '// One\n// Two\nfunc consume'));
    expect((await cli(['scan', '--baseline', baseline], { cwd: root })).code).toBe(0);
    writeFileSync(path.join(root, 'b.go'), consumer);
    const { code, stdout, stderr } = await cli(['scan', '--baseline', baseline, '--format', 'json'], { cwd: root });
    expect(code).toBe(1);
    expect(pathsIn(JSON.parse(stdout) as Scan)).toEqual(['b.go']);
    expect(stderr).toContain('1 already in');
    const broken = await cli(['scan', '--baseline', path.join(root, 'a.go')], { cwd: root });
    expect([broken.code, broken.stderr.split('\n').length]).toEqual([2, 2]);
  });

  it('refuses a path that is not there and a rule that does not exist', async () => {
    const root = workspace({ 'a.go': consumer });
    const wrong = [
      ['nowhere', /^nowhere: there is no such file/],
      ['--rule=go/none', /^--rule: .*there is no rule "go\/none"/],
      ['--jobs=0', /^--jobs: /],
    ] as const;
    for (const [flag, said] of wrong) {
      const { code, stdout, stderr } = await cli(['scan', flag], { cwd: root });
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(said);
    }
  });
});

describe('backpressure scan --fix', () => {
  const files = { 'new.go': consumer, 'explained.go': explained, 'deep/old.go': consumer };
  const textOf = (root: string, name: string) => readFileSync(path.join(root, name), 'utf8');

  it('shows what it would change as a diff that git applies, and changes nothing', async () => {
    const root = workspace(files);
    const { code, stdout, stderr } = await cli(['scan', '--fix-dry-run'], { cwd: root });
    expect([code, stderr]).toEqual([1, 'would fix 2 in 2 files\n']);
    expect(textOf(root, 'new.go')).toBe(consumer);
    writeFileSync(path.join(root, 'fix.diff'), stdout);
    await run('git', ['apply', 'fix.diff'], { cwd: root });
    expect(textOf(root, 'deep/old.go')).toContain('slots <- struct{}{}');
    expect(textOf(root, 'explained.go')).toBe(explained);
  });

  it('changes each place once, keeps the permissions, and then finds nothing more', async () => {
    const root = workspace(files);
    chmodSync(path.join(root, 'new.go'), 0o750);
    const first = await cli(['scan', '--fix'], { cwd: root });
    expect([first.code, first.stderr]).toEqual([0, 'fixed 2 in 2 files\n']);
    expect(statSync(path.join(root, 'new.go')).mode & 0o777).toBe(0o750);
    const changed = textOf(root, 'new.go');
    expect((await cli(['scan', '--fix'], { cwd: root })).stderr).toBe('fixed 0 in 0 files\n');
    expect(textOf(root, 'new.go')).toBe(changed);
  });

  it('also changes places that only the other files of their package show', async () => {
    const filesOf = (title: string) => packages.find((each) => each.title === title)?.files;
    const inbox = filesOf('a listener hands each message to a class that keeps it') ?? {};
    const blocking = inbox['shop/Inbox.java']
      ?.replaceAll('synchronized ', '')
      .replaceAll('util.Queue', 'util.concurrent.LinkedBlockingQueue')
      .replace(
        'Queue<String> waiting = new ArrayDeque<>',
        'LinkedBlockingQueue<String> waiting = new LinkedBlockingQueue<>',
      )
      .replace(
        /String next[^}]*/,
        'void work() throws InterruptedException {\n    while (true) store(waiting.take());\n  ',
      );
    const loop = filesOf('a consumer loop calls a function of its package that starts a goroutine') ?? {};
    const kept = `package shop

import "github.com/segmentio/kafka-go"

var waiting []kafka.Message

func process(order kafka.Message) {
	waiting = append(waiting, order)
}

func next() kafka.Message {
	order := waiting[0]
	waiting = waiting[1:]
	return order
}
`;
    const root = workspace({
      ...filesOf('a queue of one class is filled by the handler of another'),
      ...filesOf('a consumer hands each message to a class that keeps it'),
      ...{ ...inbox, 'shop/Inbox.java': blocking ?? '' },
      ...{ ...loop, 'shop/worker.go': kept },
    });
    expect((await cli(['scan', '--fix'], { cwd: root })).stderr).toBe('fixed 4 in 4 files\n');
    const changed = {
      'shop/session.py': 'self.waiting = asyncio.Queue(maxsize=1000)',
      'src/orders.ts': "if (this.waiting.length >= 1000) {\n      throw new Error('this.waiting is full');",
      'shop/Inbox.java': '    try {\n      waiting.put(order);\n    } catch',
      'shop/worker.go': 'if len(waiting) >= 1000 {',
    };
    for (const [name, text] of Object.entries(changed)) expect(textOf(root, name)).toContain(text);
    expect((await cli(['scan', '--fix-dry-run'], { cwd: root })).stderr).toBe('would fix 0 in 0 files\n');
  });

  it('leaves alone what an earlier scan has already, and refuses both flags at once', async () => {
    const root = workspace(files);
    const { stdout } = await cli(['scan', '--format', 'json', 'deep/old.go', 'new.go'], { cwd: root });
    writeFileSync(path.join(root, 'known.json'), stdout);
    const { stderr } = await cli(['scan', '--fix', '--baseline', 'known.json'], { cwd: root });
    expect(stderr).toContain('fixed 0 in 0 files\n');
    const both = await cli(['scan', '--fix', '--fix-dry-run'], { cwd: root });
    expect([both.code, both.stdout]).toEqual([2, '']);
    expect(both.stderr).toMatch(/^--fix-dry-run.*\n$/);
  });
});

describe('SARIF', () => {
  const schema: unknown = JSON.parse(
    readFileSync(
      path.join(projectRoot, 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'),
      'utf8',
    ),
  );
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema as object);

  const sarif = async (cwd: string, ...paths: string[]) =>
    JSON.parse((await cli(['scan', '--format', 'sarif', ...paths], { cwd })).stdout) as Log;

  it('is valid, names rules and explains suppressions', async () => {
    const root = workspace({ 'src/a b.go': consumer, 'src/explained.go': explained, 'src/long.go': ' '.repeat(3e6) });
    const log = await sarif(root, 'src');
    expect(validate(log) ? [] : validate.errors).toEqual([]);
    const [run] = log.runs;
    const [first, second] = run?.results ?? [];
    const uri = first?.locations?.[0]?.physicalLocation?.artifactLocation?.uri;
    expect([first?.ruleId, first?.level, uri]).toEqual(['go/unbounded-spawn', 'error', 'src/a%20b.go']);
    expect(second?.suppressions).toEqual([{ kind: 'inSource', justification: '4 partitions' }]);
    const rule = run?.tool.driver.rules?.[first?.ruleIndex ?? -1];
    expect(rule?.help?.markdown).toContain('errgroup with SetLimit');
    expect(run?.invocations?.[0]?.toolExecutionNotifications).toHaveLength(1);
    expect(validate({ ...log, runs: [{ results: 'none' }] })).toBe(false);
  });

  it('carries the fixes, so that whoever shows it can apply them', async () => {
    const root = workspace({ 'a.go': consumer });
    const [result] = (await sarif(root)).runs[0]?.results ?? [];
    const [change] = result?.fixes?.[0]?.artifactChanges ?? [];
    const lines = consumer.split('\n');
    // From the end, so that earlier places keep their lines.
    for (const { deletedRegion, insertedContent } of [...(change?.replacements ?? [])].reverse()) {
      const { startLine = 0, startColumn = 0, endLine, endColumn = 0 } = deletedRegion;
      expect(endLine).toBe(startLine);
      const line = lines[startLine - 1] ?? '';
      const put = insertedContent?.text ?? '';
      lines[startLine - 1] = line.slice(0, startColumn - 1) + put + line.slice(endColumn - 1);
    }
    await cli(['scan', '--fix'], { cwd: root });
    expect(change?.artifactLocation.uri).toBe('a.go');
    expect(lines.join('\n')).toBe(readFileSync(path.join(root, 'a.go'), 'utf8'));
  });

  it('keeps the fingerprint of a hazard while lines move, and tells two equal ones apart', async () => {
    const twice = `${consumer}${consumer.split('\n').slice(4).join('\n').replace('consume', 'again')}`;
    const fingerprints = async (text: string) =>
      (await sarif(workspace({ 'a.go': text }))).runs[0]?.results?.map(
        (each) => each.partialFingerprints?.['hazard/v1'],
      );
    const before = await fingerprints(twice);
    expect(new Set(before).size).toBe(2);
    expect(await fingerprints(twice.replace('func consume', '// A line more\n\nfunc consume'))).toEqual(before);
  });
});
