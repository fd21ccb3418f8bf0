import { describe, expect, it } from 'vitest';
import { Engine, longestFile } from '../../../src/hazards/engine';
import { alertFiles } from '../../../src/hazards/languages/named';
import { engine, installedBinary } from '../../harness/hazardEngine';

const consumer = (each: string) => `package shop

import "github.com/segmentio/kafka-go"

func consume() {
	reader := kafka.NewReader(kafka.ReaderConfig{Topic: topic})
	for {
		m, err := reader.ReadMessage(ctx)
		if err != nil {
			return
		}
		${each}
	}
}
`;
const text = consumer('go handle(m)');
const nothing = { hazards: [], passed: [], suppressions: [], references: [], told: null, skipped: null, broken: [] };

describe('what an engine loads', () => {
  it('is the runtime and each grammar once, however many texts come at the same time', async () => {
    const asked: string[] = [];
    const own = new Engine((name) => {
      asked.push(name);
      return installedBinary(name);
    });
    const scans = await Promise.all([1, 2, 3].map(() => own.scanText('go', text, 'main.go')));
    expect(scans.map(({ hazards }) => hazards.length)).toEqual([1, 1, 1]);
    const { hazards } = await own.scanText(
      'csharp',
      'using Confluent.Kafka;\nclass A { void B() { while (true) { var m = c.Consume(); Task.Run(() => D(m)); } } }',
      'A.cs',
    );
    expect(hazards).toHaveLength(1);
    expect(asked).toEqual(['web-tree-sitter.wasm', 'tree-sitter-go.wasm', 'tree-sitter-c-sharp.wasm']);
  });
});

describe('what an engine is asked for', () => {
  it('is nothing in a text without a word of a rule', async () => {
    expect(await engine.scanText('go', 'package shop\n', 'main.go')).toEqual(nothing);
    expect(await engine.scanText('csharp', 'class Shop { }\n', 'Shop.cs')).toEqual(nothing);
  });

  it('is a text of 2 MB, but none that is longer', async () => {
    const padded = (length: number) => engine.scanText('go', text.padEnd(length, '\n'), 'main.go', { unfixed: true });
    expect((await padded(longestFile)).hazards).toHaveLength(1);
    expect((await padded(longestFile + 1)).skipped).toBe('longer than 2 MB');
  });

  it('are some rules, also where comments have all of them looked at', async () => {
    const bounded = consumer('slots <- struct{}{}\n\t\tgo handle(m)');
    for (const each of [text, bounded]) {
      const explained = `${each}\n// backpressure: bounded-by nothing\n`;
      const { hazards, passed } = await engine.scanText('go', explained, 'main.go', { only: ['go/missing-prefetch'] });
      expect({ hazards, passed }).toEqual({ hazards: [], passed: [] });
    }
    expect((await engine.scanText('go', text, 'main.go', { only: ['go/unbounded-spawn'] })).hazards).toHaveLength(1);
  });

  it('are the queues that a text names, unless nobody wants them', async () => {
    const named = text.replace('topic}', '"orders"}');
    const destinations = async (unnamed: boolean) =>
      (await engine.scanText('go', named, 'main.go', { unnamed })).references.map(({ destination }) => destination);
    expect(await destinations(false)).toEqual(['orders']);
    expect(await destinations(true)).toEqual([]);
  });

  it('are queues by the constants of other files, where there are any', async () => {
    const files = {
      list: () => ['main.go', 'topics.go'],
      read: (file: string) => (file === 'topics.go' ? 'package shop\n\nconst topic = "orders"\n' : null),
    };
    const destinations = async (among?: { path: string; files: typeof files }) =>
      (await engine.scanText('go', text, 'main.go', among ? { among } : {})).references.map(
        ({ destination }) => destination,
      );
    expect(await destinations({ path: 'main.go', files })).toEqual(['orders']);
    expect(await destinations()).toEqual([null]);
  });

  it('is what it tells other files, of which nothing is told while somebody types', async () => {
    const far = consumer('go handle(m)\n\t\tdispatch(m)');
    const told = async (unnamed: boolean) => (await engine.scanText('go', far, 'main.go', { unnamed })).told;
    expect((await told(false))?.calls.length).toBeGreaterThan(0);
    expect(await told(true)).toEqual({ calls: [], classes: [], functions: [], family: 'go', pending: [] });
    const quiet = 'package shop\n\n// backpressure: bounded-by nothing\n';
    expect((await engine.scanText('go', quiet, 'main.go')).told).toBeNull();
  });

  it('is what may be a hazard by other files, of the rules that are asked for', async () => {
    const worker =
      'package shop\n\n// backpressure: bounded-by nothing\nfunc work(order Order) {\n\tgo ship(order)\n}\n';
    const told = async (only?: string[]) => (await engine.scanText('go', worker, 'work.go', only ? { only } : {})).told;
    expect((await told())?.pending).toHaveLength(1);
    expect(await told(['go/missing-prefetch'])).toBeNull();
  });

  it('is what a tree says', async () => {
    expect(await engine.read('go', text, ({ type, childCount }) => [type, childCount > 1])).toEqual([
      'source_file',
      true,
    ]);
    await expect(
      engine.read('go', text, () => {
        throw new Error('not this');
      }),
    ).rejects.toThrow('not this');
  });

  it('are alert rules', async () => {
    const { alerts } = await engine.scanText(alertFiles, 'groups: []\n', 'alerts.yml');
    expect(alerts).toBeDefined();
  });
});

describe('a half-typed text', () => {
  const half = `${text}\nfunc next(\n`;

  it('has no fixes, and tells which lines are broken', async () => {
    const { hazards, broken } = await engine.scanText('go', half, 'main.go');
    expect(hazards.map(({ fixes }) => fixes)).toEqual([[]]);
    expect((await engine.scanText('go', text, 'main.go')).hazards[0]?.fixes).not.toEqual([]);
    expect(broken).toEqual([{ line: 16, endLine: 16 }]);
  });

  it('may be broken as a whole', async () => {
    const { broken } = await engine.scanText('go', '}{ go handle(m) } reader.ReadMessage( {{\n"kafka-go"', 'main.go');
    expect(broken[0]?.line).toBe(1);
  });

  it('has no comments that are called stale, but some without a reason', async () => {
    const states = async (comment: string) =>
      (await engine.scanText('go', `${half}// ${comment}\n`, 'main.go')).suppressions.map(({ state }) => state);
    expect(await states('backpressure: bounded-by the pool')).toEqual(['used']);
    expect(await states('backpressure: bounded-by')).toEqual(['bare']);
  });
});
