import { describe, expect, it } from 'vitest';
import { Engine, longestFile } from '../../../src/hazards/engine';
import { scan } from '../../../src/model/scan';
import { engine, installedBinary } from '../../harness/hazardEngine';

const loop = (body: string, before = '') => `package a

import "github.com/segmentio/kafka-go"

func consume(reader *kafka.Reader) {
	for {
		m, err := reader.FetchMessage(ctx)
		if err != nil {
			return
		}
${before}		${body}
	}
}
`;
const place = 'go handle(m)';

describe('the engine', () => {
  it('tells the place, the way it grows and what was looked for, in the form of the contract', async () => {
    const { hazards } = await engine.scanText('go', loop(place), 'orders/consumer.go');
    const sent = { version: 1, roots: ['.'], files: 1, bytes: 1, seconds: 0, skipped: [], hazards, passed: [] };
    const [hazard] = scan.parse(sent).hazards;
    expect(hazard).toMatchObject({
      rule: 'go/unbounded-spawn',
      severity: 'high',
      level: 'diagnostic',
      path: 'orders/consumer.go',
      line: 11,
      column: 3,
      endLine: 11,
      endColumn: 15,
      suppressed: null,
      evidence: ['the loop on line 6 turns once for each message from `reader.FetchMessage(ctx)`'],
    });
    expect(hazard?.message).toContain('Each message from `reader.FetchMessage(ctx)` starts a goroutine');
    expect(hazard?.lookedFor).toHaveLength(8);
  });

  it('counts columns in UTF-16 units behind letters of every width', async () => {
    const { hazards } = await engine.scanText('go', loop(`/* é€\u{1F980} */ ${place}`), 'a.go');
    expect(hazards[0]).toMatchObject({ column: 14, endColumn: 26 });
  });

  it('finds in a JavaScript text that begins with blank lines what it finds without them', async () => {
    const text = `const ws = require('ws');

const queue = [];
exports.handleMessage = (message) => {
  queue.push(message);
};
exports.work = () => queue.shift();
`;
    const found = async (each: string) =>
      (await engine.scanText('javascript', each, 'queue.js')).hazards.map(({ rule, line }) => `${rule} ${line}`);
    expect(await found(text)).toEqual(['js/unbounded-queue 3']);
    expect(await found(`\n\n${text}`)).toEqual(['js/unbounded-queue 5']);
  });

  it('names the bound where there is one', async () => {
    const { hazards, passed } = await engine.scanText('go', loop(place, '\t\tslots <- struct{}{}\n'), 'a.go');
    expect(hazards).toEqual([]);
    expect(passed).toEqual([
      {
        rule: 'go/unbounded-spawn',
        line: 12,
        kind: 'permit',
        bound: 'a permit taken at `slots <- struct{}{}` on line 11',
      },
    ]);
  });

  it('does not take a permit in a sibling branch, in another goroutine or after the loop for a bound', async () => {
    const sibling = loop(`select {
		case slots <- struct{}{}:
		default:
			${place}
		}`);
    const elsewhere = loop(place, '\t\tgo func() { slots <- struct{}{} }()\n');
    const deferred = loop(place, '\t\tdefer limiter.Wait(ctx)\n');
    for (const text of [sibling, elsewhere, deferred]) {
      const { hazards } = await engine.scanText('go', text, 'a.go');
      expect(hazards.map(({ message }) => message)).toContainEqual(expect.stringContaining('FetchMessage'));
    }
  });

  it('leaves a suppression without a reason, or in a string, out of account', async () => {
    const reasons = async (before: string) =>
      (await engine.scanText('go', loop(place, before), 'a.go')).hazards.map(({ suppressed }) => suppressed);
    expect(await reasons('\t\t// backpressure: bounded-by 4 partitions\n')).toEqual(['4 partitions']);
    expect(await reasons('\t\t/* backpressure: bounded-by 4 partitions */\n')).toEqual(['4 partitions']);
    expect(await reasons('\t\t// backpressure: bounded-by \n')).toEqual([null]);
    expect(await reasons('\t\t// backpressure: bounded-by 4 partitions\n\n')).toEqual([null]);
    expect(await reasons('\t\tlog.Print("// backpressure: bounded-by 4 partitions")\n')).toEqual([null]);
  });

  it('tells what has become of each suppression, whichever rules are asked for', async () => {
    const states = async (text: string, options = {}) =>
      (await engine.scanText('go', text, 'a.go', options)).suppressions;
    const comment = '\t\t// backpressure: bounded-by 4 partitions\n';
    const used = [{ line: 11, reason: '4 partitions', state: 'used' }];
    expect(await states(loop(place, comment))).toEqual(used);
    expect(await states(loop(place, comment), { only: ['go/missing-prefetch'] })).toEqual(used);
    expect(await states(loop('handle(m)', comment))).toEqual([{ ...used[0], state: 'stale' }]);
    expect(await states(loop(place, `\t\tslots <- struct{}{}\n${comment}`))).toMatchObject([{ state: 'stale' }]);
    expect(await states(loop(place, '\t\t// backpressure: bounded-by\n'))).toEqual([
      { line: 11, reason: null, state: 'bare' },
    ]);
    expect(await states('package a\n\n// backpressure: bounded-by nothing is here\n')).toMatchObject([
      { state: 'stale' },
    ]);
    expect(await states(`${loop(place, comment)}\n\nfunc g( {\n\t// backpressure: bounded-by b\n`)).toMatchObject([
      { state: 'used' },
      { state: 'used' },
    ]);
  });

  it('skips tests, generated code and texts of more than 2 MB, and says why', async () => {
    const generated = `// Code generated by protoc-gen-go. DO NOT EDIT.\n${loop(place)}`;
    expect(await engine.scanText('go', generated, 'a.pb.go')).toMatchObject({ hazards: [], skipped: 'generated code' });
    expect(await engine.scanText('go', loop(place), 'a_test.go')).toMatchObject({ hazards: [], skipped: 'a test' });
    expect(await engine.scanText('go', loop(place), 'benchmarks/echo/main.go')).toMatchObject({ skipped: 'a test' });
    expect(await engine.scanText('go', loop(place), 'kv/etcd/mock.go')).toMatchObject({ skipped: 'a test' });
    const helper = `socket.on('data', (chunk) => {\n  file.write(chunk);\n});\n`;
    expect(await engine.scanText('javascript', helper, 'lib/testHelper.js')).toMatchObject({ skipped: 'a test' });
    expect(await engine.scanText('javascript', helper, 'lib/latest.js')).toMatchObject({ skipped: null });
    for (const [path, text] of [
      ['static/js/vendor/queue.js', helper],
      ['app/library.js', `/*!\n * Some JavaScript Library v3.6.0\n */\n${helper}`],
    ] as const)
      expect(await engine.scanText('javascript', text, path)).toMatchObject({ skipped: 'a copy of a library' });
    const bundle = `(function (global) { typeof exports === 'object' && typeof module !== 'undefined' }(this));\n${helper}`;
    expect(await engine.scanText('javascript', bundle, 'lib/all.js')).toMatchObject({ skipped: 'generated code' });
    const copy = await engine.scanText('java', 'class A {}', 'a/shaded/io/grpc/A.java');
    expect(copy).toMatchObject({ hazards: [], skipped: 'a copy of a library' });
    const standIn = await engine.scanText('java', 'class DummyTransport {}', 'a/DummyTransport.java');
    expect(standIn).toMatchObject({ hazards: [], skipped: 'a stand-in or a demonstration' });
    const long = loop(place).padEnd(longestFile + 1, '\n');
    expect(await engine.scanText('go', long, 'a.go')).toMatchObject({ hazards: [], skipped: 'longer than 2 MB' });
  });

  it('tries no fixes in a text of which nobody asks for them', async () => {
    const fixes = async (unfixed: boolean) =>
      (await engine.scanText('go', loop(place), 'a.go', { unfixed })).hazards.map((each) => each.fixes.length > 0);
    expect(await fixes(false)).toEqual([true]);
    expect(await fixes(true)).toEqual([false]);
  });

  it('asks for no grammar as long as no text holds a word of a rule', async () => {
    const asked: string[] = [];
    const fresh = new Engine((name) => {
      asked.push(name);
      return installedBinary(name);
    });
    await fresh.scanText('go', 'package a\n\nvar cargo = 1\n', 'a.go');
    expect(asked).toEqual([]);
  });

  it('finds what can still be seen in half-typed code, and says which part is broken', async () => {
    const whole = loop(place);
    const appended = await engine.scanText('go', `${whole}\nfunc next(\n`, 'a.go');
    expect(appended.hazards.map(({ line }) => line)).toEqual([11]);
    expect(appended.broken.some(({ endLine }) => endLine >= 15)).toBe(true);
  });

  it('reads every beginning of a program', async () => {
    const whole = loop(place, '\t\tselect { case slots <- struct{}{}: default: }\n');
    for (let end = 0; end <= whole.length; end++) await engine.scanText('go', whole.slice(0, end), 'a.go');
  });

  it('takes a setting of the program for the bound that its framework makes of it', async () => {
    const text = `package a;

import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.scheduling.annotation.Async;

class Orders {
    @Async
    @KafkaListener(topics = "orders")
    void onOrder(String order) {
        store(order);
    }
}
`;
    const scanned = async (value: string | null) => {
      const set = { value, origin: 'src/main/resources/application.yml:4' };
      const environment = new Map([['spring.task.execution.pool.queuecapacity', set]]);
      const { hazards, passed } = await engine.scanText('java', text, 'Orders.java', { environment });
      return { hazards: hazards.map(({ rule }) => rule), passed };
    };
    expect(await scanned('200')).toEqual({
      hazards: [],
      passed: [
        {
          rule: 'java/unbounded-executor',
          line: 7,
          kind: 'configured',
          bound: '`spring.task.execution.pool.queue-capacity` is 200 in src/main/resources/application.yml:4',
        },
      ],
    });
    for (const value of [null, '2147483647', '-1'])
      expect(await scanned(value)).toEqual({ hazards: ['java/unbounded-executor'], passed: [] });
  });
});
