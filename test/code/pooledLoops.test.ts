import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { pooled } from '../../src/hazards/pool/pool';
import type { Language } from '../../src/hazards/rule';
import { codeFolder } from '../harness/generated';
import { goToolchain } from '../harness/goSources';
import { engine } from '../harness/hazardEngine';
import { run, which } from '../harness/tools';
import { typeErrorsIn } from '../harness/typescript';

vi.setConfig({ testTimeout: 120_000 });

/** The text with its only loop, or the one that begins with the words, as a pool of four. */
async function inPool(language: Language, text: string, words?: string): Promise<string> {
  const start = words === undefined ? 0 : text.indexOf(words);
  const end = words === undefined ? text.length : start + words.length;
  const answer = await engine.read(language, text, (root) => pooled(language, root, text, { start, end, size: 4 }));
  return 'refused' in answer ? `refused: ${answer.refused}` : answer.text;
}

const goProgram = `package main

import (
	"fmt"
	"sync/atomic"
	"time"
)

func main() {
	jobs := []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}
	var now, most, done atomic.Int64
	for index, job := range jobs {
		// How many there are at once.
		if held := now.Add(1); held > most.Load() {
			most.Store(held)
		}
		text := \`
 as it is \` + job
		time.Sleep(20 * time.Millisecond)
		done.Add(int64(len(text) - 11 + index))
		now.Add(-1)
	}
	fmt.Println(most.Load(), done.Load())
}
`;

describe.skipIf(!(await goToolchain()).ok)('a loop of Go as a pool', () => {
  it('runs at most so many bodies at once, all of them, and is formatted', async () => {
    const text = await inPool('go', goProgram);
    expect(text).toContain(
      '\tslots := make(chan struct{}, 4)\n\tvar wg sync.WaitGroup\n\tfor index, job := range jobs {\n',
    );
    expect(text).toContain('`\n as it is `');
    const cwd = codeFolder('pool-go', { 'go.mod': 'module example.com/pool\n\ngo 1.21\n', 'main.go': text });
    expect((await run('go', ['run', '.'], { cwd })).stdout).toBe('4 55\n');
    expect((await run('gofmt', ['-l', '.'], { cwd })).stdout).toBe('');
  });

  it('uses errgroup where the file has it', async () => {
    const text = `package main

import "golang.org/x/sync/errgroup"

func unused(group2 *errgroup.Group) {}

func main() {
	jobs := make(chan func())
	for job := range jobs {
		job()
	}
}
`;
    const result = await inPool('go', text);
    expect(result).toContain('\tvar group errgroup.Group\n\tgroup.SetLimit(4)\n\tfor job := range jobs {\n');
    const cwd = codeFolder('pool-errgroup', {
      'go.mod': 'module example.com/pool\n\ngo 1.21\n\nrequire golang.org/x/sync v0.7.0\n',
      'main.go': result,
    });
    await run('go', ['vet', '-mod=mod', '.'], { cwd });
    expect((await run('gofmt', ['-l', '.'], { cwd })).stdout).toBe('');
  });
});

const tsProgram = (loop: string, head = '') => `${head}let now = 0;
let most = 0;
const seen = new Set<number>();
const rows = Array.from({ length: 10 }, (_, index) => index);

async function* stream() {
  yield* rows;
}

function held(by: number): void {
  now += by;
  most = Math.max(most, now);
}

export async function all(): Promise<void> {
  ${loop} {
    held(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    note(row);
    held(-1);
  }
}

function note(row: number): void {
  seen.add(row);
}

await all();
console.log(most, seen.size, typeof stream);
`;

describe('a loop of TypeScript as a pool', () => {
  it('compiles under strict and runs at most so many bodies at once', async () => {
    const programs = {
      collection: tsProgram('for (const row of rows)'),
      stream: tsProgram('for await (const row of stream())'),
      map: tsProgram('for await (const row of stream())', "import pMap from 'p-map';\n"),
      limit: tsProgram('for (const row of rows)', "import pLimit from 'p-limit';\n"),
      bare: tsProgram('for (const row of rows)').replaceAll(';\n', '\n'),
    };
    const cwd = codeFolder('pool-ts', {});
    for (const [name, text] of Object.entries(programs)) {
      const loop = text.slice(text.indexOf('for '), text.indexOf('\n}\n\nfunction note'));
      writeFileSync(path.join(cwd, `${name}.mts`), await inPool('typescript', text, loop));
    }
    const files = Object.keys(programs).map((name) => path.join(cwd, `${name}.mts`));
    expect(typeErrorsIn(files)).toEqual([]);
    const main = path.join(cwd, 'main.mts');
    writeFileSync(
      main,
      Object.keys(programs)
        .map((name) => `await import('./${name}.mjs');\n`)
        .join(''),
    );
    const { stdout } = await run('node', ['--import', 'tsx', main]);
    expect(stdout).toBe('4 10 function\n'.repeat(files.length));
  });
});

const pyProgram = (isAsync: boolean) => `import asyncio
import time

now = most = 0
seen = {}


def held(by):
    global now, most
    now += by
    most = max(most, now)


${isAsync ? 'async ' : ''}def all_of(rows):
    for index, row in enumerate(rows):
        # How many there are at once.
        held(1)
        ${isAsync ? 'await asyncio.sleep(0.02)' : 'time.sleep(0.02)'}
        text = """
 as it is"""
        seen.setdefault(row, text + str(index))
        held(-1)


${isAsync ? 'asyncio.run(all_of(range(10)))' : 'all_of(range(10))'}
print(most, len(seen), seen[3])
`;

describe.skipIf(which('python3') === null)('a loop of Python as a pool', () => {
  it.each([true, false])('runs at most so many bodies at once, all of them (async: %s)', async (isAsync) => {
    const text = await inPool('python', pyProgram(isAsync));
    const cwd = codeFolder(`pool-python-${isAsync}`, { 'main.py': text });
    expect((await run('python3', ['main.py'], { cwd })).stdout).toBe('4 10 \n as it is3\n');
  });
});

const javaProgram = `import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

public class Main {
    static final AtomicInteger now = new AtomicInteger();
    static final AtomicInteger most = new AtomicInteger();
    static final AtomicInteger seen = new AtomicInteger();

    static void all(List<Integer> rows, int fails) throws InterruptedException {
        for (Integer row : rows) {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.sleep(20);
            if (row == fails) throw new InterruptedException("row");
            seen.incrementAndGet();
            now.decrementAndGet();
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        all(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 0);
        System.out.println(most + " " + seen);
        try {
            all(List.of(1, 2, 3), 2);
        } catch (java.util.concurrent.CompletionException failed) {
            System.out.println(failed.getCause().getMessage());
        }
    }
}
`;

describe.skipIf(which('javac') === null)('a loop of Java as a pool', () => {
  it('runs at most so many bodies at once, all of them, and throws what one of them threw', async () => {
    const cwd = codeFolder('pool-java', { 'Main.java': await inPool('java', javaProgram) });
    expect((await run('java', ['Main.java'], { cwd })).stdout).toBe('4 10\nrow\n');
  });
});

describe('a loop that cannot become a pool', () => {
  const go = (loop: string) =>
    `package main\n\nfunc all(xs []int, f func(int) error) (total int, err error) {\n${loop}}\n`;
  const ts = (loop: string) =>
    `export async function all(xs: number[], f: (x: number) => Promise<number>) {\n${loop}}\n`;
  const py = (loop: string) => `import asyncio\n\nasync def all(xs, f):\n${loop}`;
  const java = (loop: string) =>
    `class All {\n  int total;\n  void all(java.util.List<String> xs) {\n    java.util.List<String> out = new java.util.ArrayList<>();\n${loop}  }\n}\n`;

  it.each<[Language, string, string]>([
    [
      'go',
      go('\tfor _, x := range xs {\n\t\tif f(x) != nil {\n\t\t\tbreak\n\t\t}\n\t}\n\treturn\n'),
      '`break` on line 6 leaves',
    ],
    ['go', go('\tfor _, x := range xs {\n\t\treturn x, nil\n\t}\n\treturn\n'), '`return x, nil` on line 5 leaves'],
    ['go', go('\tfor _, x := range xs {\n\t\ttotal += x\n\t}\n\treturn\n'), '`total` is changed on line 5'],
    ['go', go('\tfor i := 0; i < 3; i++ {\n\t\tf(i)\n\t}\n\treturn\n'), 'Select a loop over a collection'],
    ['go', go('\treturn\n'), 'No loop is selected'],
    ['go', go('\tfor range xs {\n\t}\n\tfor range xs {\n\t}\n\treturn\n'), '2 loops are selected'],
    [
      'typescript',
      ts('  for (const x of xs) {\n    if (x) continue;\n    await f(x);\n  }\n'),
      '`continue;` on line 3',
    ],
    [
      'typescript',
      ts('  const out = [];\n  for (const x of xs) {\n    out.push(await f(x));\n  }\n'),
      '`out` is filled',
    ],
    ['typescript', ts('  for (const x of xs) {\n    console.log(x);\n  }\n'), 'awaits nothing'],
    [
      'typescript',
      ts('  xs.map((y) => {\n    for (const x of xs) {\n      await f(x);\n    }\n  });\n'),
      'has to be async',
    ],
    ['python', py('    for x in xs:\n        yield await f(x)\n'), '`yield await f(x)` on line 5'],
    ['python', py('    last = 0\n    for x in xs:\n        last = await f(x)\n    return last\n'), '`last` is'],
    ['python', py('    for x in xs:\n        await f(x)\n    else:\n        pass\n'), 'The else of the loop'],
    ['java', java('    for (String x : xs) {\n      out.add(x);\n    }\n'), '`out` is filled on line 6'],
    ['java', java('    for (String x : xs) {\n      this.total++;\n    }\n'), '`this` is changed on line 6'],
    [
      'java',
      java('    int n = 0;\n    n = 2;\n    for (String x : xs) {\n      f(n);\n    }\n'),
      '`n` gets another value on line 6',
    ],
    ['rust', 'fn main() {\n    for x in 0..3 {}\n}\n', 'Go, TypeScript, JavaScript, Python and Java'],
  ])('is refused with a reason: %s %#', async (language, text, reason) => {
    expect(await inPool(language, text)).toMatch(/^refused: /);
    expect(await inPool(language, text)).toContain(reason);
  });
});
