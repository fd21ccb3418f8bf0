import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { typeErrorsIn } from '../harness/typescript';
import { folder, runFolder } from '../harness/tools';
import { fixedText } from '../harness/hazardEngine';

vi.setConfig({ testTimeout: 60_000 });

/** By the fix that is wanted: a module that has the hazard, and what stands in it when it is fixed. */
const modules: Record<string, { text: string; wanted: string }> = {
  'js/unbounded-fanout/p-map': {
    wanted: "import pMap from 'p-map';\n\nexport async function sizes",
    text: `import { readdir, stat } from 'node:fs/promises';

export async function sizes(): Promise<number[]> {
  const names = await readdir('.');
  return await Promise.all(names.map(async (name) => (await stat(name)).size));
}
`,
  },
  'js/overlapping-timer/after-it': {
    wanted:
      '  };\n  function workAgain() {\n    setTimeout(() => void work().finally(workAgain), 1000);\n  }\n  workAgain();\n',
    text: `import { stat } from 'node:fs/promises';

export function start(): void {
  setInterval(async () => {
    await stat('.');
  }, 1000);
}
`,
  },
  'js/ignores-disconnect/close': {
    wanted: "  response.on('close', () => clearInterval(timer));\n",
    text: `import type { IncomingMessage, ServerResponse } from 'node:http';

export function events(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  setInterval(() => response.write('data: 1'), 1000);
}
`,
  },
  'js/unbounded-read/count': {
    wanted: "xread('COUNT', 100, 'BLOCK', 0, 'STREAMS'",
    text: `import { Redis } from 'ioredis';

export async function read(redis: Redis): Promise<void> {
  console.log(await redis.xread('BLOCK', 0, 'STREAMS', 'orders', '$'));
}
`,
  },
  'js/misplaced-limiter/hoist': {
    wanted:
      'const limit = pLimit(4);\n\nexport function pay(work: () => Promise<void>): Promise<void> {\n  return limit(work);\n',
    text: `import pLimit from 'p-limit';

export function pay(work: () => Promise<void>): Promise<void> {
  const limit = pLimit(4);
  return limit(work);
}
`,
  },
  'js/unbounded-accumulation/too-large': {
    wanted: '    if (body.length > 1000000) request.destroy();\n',
    text: `import { createServer } from 'node:http';

createServer((request) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
}).listen();
`,
  },
};

describe('quick fixes in TypeScript', () => {
  it('leave modules that compile under strict and have no such hazard', async () => {
    const root = mkdtempSync(path.join(folder(runFolder, 'fixes'), 'ts-'));
    const files: string[] = [];
    for (const [id, { text, wanted }] of Object.entries(modules)) {
      const result = await fixedText('typescript', 'module.mts', text, id);
      expect(result).toContain(wanted);
      const file = path.join(root, `${id.replaceAll(/\W/g, '_')}.mts`);
      writeFileSync(file, result);
      files.push(file);
    }
    expect(typeErrorsIn(files)).toEqual([]);
  });

  it('change the condition of an endless loop', async () => {
    const text = `async function events(req, res) {\n  res.setHeader('content-type', 'text/event-stream');\n  while (true) {\n    res.write(await next());\n  }\n}\n`;
    expect(await fixedText('javascript', 'a.js', text, 'js/ignores-disconnect/close')).toContain(
      'while (!res.destroyed) {',
    );
  });

  it('give node-redis its options', async () => {
    const text = `import { createClient } from 'redis';\nawait createClient().xRead({ key: 'a', id: '$' });\n`;
    expect(await fixedText('javascript', 'a.js', text, 'js/unbounded-read/count')).toContain(
      "id: '$' }, { COUNT: 100 });",
    );
  });
});
