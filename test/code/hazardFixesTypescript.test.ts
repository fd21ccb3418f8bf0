import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { typeErrorsIn } from '../harness/typescript';
import { folder, runFolder } from '../harness/tools';
import { engine, fixedText } from '../harness/hazardEngine';

vi.setConfig({ testTimeout: 60_000 });

/** By the fix that is wanted, and what is special about it: a module that has the hazard, and what stands in it when it is fixed. */
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
  'js/unbounded-accumulation/clear': {
    wanted: '  if (seen.size > 10000) seen.clear();\n',
    text: `import { Redis } from 'ioredis';

const seen = new Set<string>();
const subscriber = new Redis();
subscriber.on('message', (_channel, text) => {
  seen.add(text);
});
`,
  },
  'js/unbounded-queue/newest': {
    wanted: "  if (waiting.length >= 1000) {\n    waiting.shift();\n    console.warn('waiting is full",
    text: `import { Redis } from 'ioredis';

export const waiting: string[] = [];
const subscriber = new Redis();
subscriber.on('message', (_channel, text) => {
  waiting.push(text);
});
`,
  },
  'js/unbounded-queue/refuse': {
    wanted:
      "  if (this.waiting.length >= 1000) {\n      throw new Error('this.waiting is full');\n    }\n    this.waiting.push(",
    text: `export class Writer {
  private waiting: string[] = [];

  add(job: string): void {
    this.waiting.push(job);
  }

  flush(): void {
    while (this.waiting.length > 0) console.log(this.waiting.shift());
  }
}
`,
  },
  'js/unbounded-queue/refuse by a callback': {
    wanted: "{\n      done(new Error('this.waiting is full'));\n      return;\n    }\n    this.waiting.push(",
    text: `interface Task {
  line: string;
  done: (error: Error | null) => void;
}

export class Writer {
  private waiting: Task[] = [];

  add(line: string, done: Task['done']): void {
    this.waiting.push({ line, done });
  }

  flush(write: (line: string) => void): void {
    for (const { line, done } of this.waiting) {
      write(line);
      done(null);
    }
    this.waiting = [];
  }
}
`,
  },
  'js/unbounded-executor/p-limit': {
    wanted: "import { once } from 'node:events';\nimport pLimit from 'p-limit';\n\nconst limit = pLimit(4);\n",
    text: `import { spawn } from 'node:child_process';
import { Redis } from 'ioredis';

const subscriber = new Redis();
subscriber.on('message', (_channel, text) => {
  spawn('report', [text]);
});
`,
  },
  'js/unbounded-spawn/await': {
    wanted: '    await handle(String(message.value));\n',
    text: `import { Kafka } from 'kafkajs';

async function handle(text: string): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, text.length));
}

await new Kafka({ brokers: [] }).consumer({ groupId: 'orders' }).run({
  eachMessage: async ({ message }) => {
    void handle(String(message.value));
  },
});
`,
  },
  'js/async-listener/pause': {
    wanted:
      '{\n    source.pause();\n    try {\n      await store(String(chunk));\n    } finally {\n      source.resume();\n    }\n  });\n',
    text: `import type { Readable } from 'node:stream';

export function copy(source: Readable, store: (text: string) => Promise<void>): void {
  source.on('data', async (chunk) => {
    await store(String(chunk));
  });
}
`,
  },
  'js/async-listener/pause of a property': {
    wanted: '    const source = this.stream;\n    this.stream.on(',
    text: `import { createReadStream, type ReadStream } from 'node:fs';

export class Reader {
  private stream: ReadStream | null = null;

  start(store: (text: string) => Promise<void>): void {
    this.stream = createReadStream('a');
    this.stream.on('data', async (chunk) => {
      await store(String(chunk));
    });
  }

  stop(): void {
    this.stream?.destroy();
    this.stream = null;
  }
}
`,
  },
  'js/ignored-write/drain': {
    wanted: "    if (!sink.write(String(message.value))) await once(sink, 'drain');\n",
    text: `import { createWriteStream } from 'node:fs';
import { Kafka } from 'kafkajs';

const sink = createWriteStream('orders');

await new Kafka({ brokers: [] }).consumer({ groupId: 'orders' }).run({
  eachMessage: async ({ message }) => {
    sink.write(String(message.value));
  },
});
`,
  },
  'js/unthrottled-producer/drain': {
    wanted:
      "    if (!channel.sendToQueue('copies', Buffer.from(String(message.value)))) await once(channel, 'drain');\n",
    text: `import { Kafka } from 'kafkajs';
import { connect } from 'amqplib';

const channel = await (await connect('amqp://localhost')).createChannel();

await new Kafka({ brokers: [] }).consumer({ groupId: 'orders' }).run({
  eachMessage: async ({ message }) => {
    channel.sendToQueue('copies', Buffer.from(String(message.value)));
  },
});
`,
  },
  'js/ignored-write/pause': {
    wanted:
      "    if (!sink.write(chunk)) {\n      source.pause();\n      sink.once('drain', () => source.resume());\n    }\n",
    text: `import type { Readable, Writable } from 'node:stream';

export function copy(source: Readable, sink: Writable): void {
  source.on('data', (chunk) => {
    sink.write(chunk);
  });
}
`,
  },
  'js/ignored-write/slow': {
    wanted: '    if (client.bufferedAmount > 1000000) client.terminate();\n    else client.send(data);\n',
    text: `import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ port: 8080 });

export function broadcast(data: string): void {
  for (const client of server.clients) {
    client.send(data);
  }
}
`,
  },
  'js/unthrottled-producer/await': {
    wanted: '    await producer.send({',
    text: `import { Kafka } from 'kafkajs';

const kafka = new Kafka({ brokers: [] });
const producer = kafka.producer();

await kafka.consumer({ groupId: 'orders' }).run({
  eachMessage: async ({ message }) => {
    producer.send({ topic: 'copies', messages: [{ value: message.value }] });
  },
});
`,
  },
};

const wsTypes = `declare module 'ws' {
  export class WebSocket {
    readonly bufferedAmount: number;
    send(data: string): void;
    terminate(): void;
  }
  export class WebSocketServer {
    constructor(options: { port: number });
    readonly clients: Set<WebSocket>;
  }
}
`;

describe('quick fixes in TypeScript', () => {
  it('leave modules that compile under strict and have no such hazard', async () => {
    const root = mkdtempSync(path.join(folder(runFolder, 'fixes'), 'ts-'));
    // The package ws is not installed here: what the fix uses of it is told by hand.
    const ws = path.join(root, 'ws.d.ts');
    writeFileSync(ws, wsTypes);
    const files: string[] = [ws];
    for (const [title, { text, wanted }] of Object.entries(modules)) {
      const result = await fixedText('typescript', 'module.mts', text, title.replace(/ .*/, ''));
      expect(result).toContain(wanted);
      const file = path.join(root, `${title.replaceAll(/\W/g, '_')}.mts`);
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

  it('leave clients alone that are no sockets of ws, which alone can be ended so', async () => {
    const { text } = modules['js/ignored-write/slow'] ?? { text: '' };
    const fixesOf = async (changed: string) =>
      (await engine.scanText('typescript', changed, 'a.ts')).hazards.map(({ fixes }) => fixes.length);
    expect(await fixesOf(text)).toEqual([1]);
    expect(await fixesOf(text.replace("from 'ws'", "from './sockets'"))).not.toContain(1);
  });

  it('give node-redis its options', async () => {
    const text = `import { createClient } from 'redis';\nawait createClient().xRead({ key: 'a', id: '$' });\n`;
    expect(await fixedText('javascript', 'a.js', text, 'js/unbounded-read/count')).toContain(
      "id: '$' }, { COUNT: 100 });",
    );
  });
});
