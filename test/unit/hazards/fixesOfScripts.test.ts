import { describe, expect, it } from 'vitest';
import { applied } from '../../../src/hazards/fixes/edits';
import { engine } from '../../harness/hazardEngine';

/** The text after each fix that a rule offers in a script. */
async function fixesOf(rule: string, text: string, language: 'javascript' | 'typescript' = 'javascript') {
  const { hazards } = await engine.scanText(language, text, 'a.js', { only: [rule] });
  return hazards
    .flatMap(({ fixes }) => fixes)
    .map(({ id, edits }) => ({ id: id.slice(rule.length + 1), text: applied(text, edits) }));
}

describe('an array that is full', () => {
  const queue = (method: string) => `class Sender {
  constructor() {
    this.waiting = [];
    this.lines = [];
  }

  ${method}

  flush() {
    while (this.waiting.length > 0) this.write(this.waiting.shift());
  }
}
`;
  const offered = async (method: string, language?: 'javascript' | 'typescript') =>
    (await fixesOf('js/unbounded-queue', queue(method), language)).map(({ id }) => id);

  it.each([
    ['push(job) {\n    this.waiting.push(job);\n  }', ['refuse']],
    ['add(key, cb) {\n    this.waiting.push([key, cb]);\n  }', ['refuse']],
    ['add(key) {\n    this.waiting.push(() => this.load(key));\n  }', ['refuse']],
    [
      'add(key) {\n    return new Promise((resolve) => {\n      this.waiting.push({ key, resolve });\n    });\n  }',
      ['refuse'],
    ],
    ['send(packet) {\n    this.waiting.push(packet);\n  }', ['refuse']],
    ['add(item) {\n    this.waiting.unshift(item);\n  }', ['refuse']],
    ['add(item) {\n    this.waiting.push(item);\n  }', ['refuse', 'newest']],
    ['log(entry) {\n    this.waiting.push(entry);\n  }', ['newest']],
    ['add(sample) {\n    this.waiting.push(sample);\n  }', ['newest']],
    ['send(chunk) {\n    this.waiting.push(chunk);\n  }', []],
    ['onMessage(message) {\n    this.waiting.push(message);\n  }', ['newest']],
    ['add(it) {\n    this.waiting.push(it);\n  }', ['refuse']],
    ['send(message) {\n    const put = () => this.write(message);\n    this.waiting.push(put);\n  }', []],
    ['onRequest(request) {\n    this.waiting.push(request);\n  }', []],
    ['add(task) {\n    this.count++;\n    this.waiting.push(task);\n  }', []],
    ['add(task) {\n    try {\n      this.waiting.push(task);\n    } catch {}\n  }', []],
  ])('%s: %j', async (method, ids) => {
    expect(await offered(method)).toEqual(ids);
  });

  it('in a listener refuses nothing, as an error there ends the process', async () => {
    const listen = (event: string, put: string) =>
      `const { connect } = require('mqtt');\nconst waiting = [];\nconnect().on('${event}', (topic, it) => {\n  waiting.push(${put});\n});\n`;
    const ids = async (text: string) => (await fixesOf('js/unbounded-queue', text)).map(({ id }) => id);
    expect(await ids(listen('message', 'it'))).toEqual(['newest']);
    expect(await ids(listen('message', '{ it, callback }'))).toEqual([]);
    const handed = queue(
      'listen(bus) {\n    bus.on("row", this.add);\n  }\n\n  add(row) {\n    this.waiting.push(row);\n  }',
    );
    expect(await ids(handed)).toEqual(['newest']);
  });

  it('is told by a throw, and by the callback where the file calls it with an error and nothing else is returned', async () => {
    const refused = async (method: string, language?: 'typescript') =>
      (await fixesOf('js/unbounded-queue', queue(method), language)).find(({ id }) => id === 'refuse')?.text;
    const add =
      'add(task, cb) {\n    if (!task) return cb(new Error("none"));\n    this.waiting.push({ task, cb });\n  }';
    const calls = add.replace('return cb(new Error("none"));', '{\n      cb(new Error("none"));\n      return;\n    }');
    const thrown =
      "    if (this.waiting.length >= 1000) {\n      throw new Error('this.waiting is full');\n    }\n    this.waiting.push(";
    const told =
      "    if (this.waiting.length >= 1000) {\n      cb(new Error('this.waiting is full'));\n      return;\n    }\n    this.waiting.push(";
    const quoted = (text: string) => text.replaceAll("'", '"');
    expect(await refused(add)).toContain(quoted(thrown));
    expect(await refused(calls)).toContain(quoted(told));
    expect(await refused(calls.replaceAll('"', "'"))).toContain(told);
    expect(await refused(calls.replace('{', '{\n    if (cb) cb();'))).toContain(quoted(thrown));
    expect(await refused(calls.replace('cb) {', 'cb): number {'), 'typescript')).toContain(quoted(thrown));
  });
});

describe('a source that is paused', () => {
  const copied = (listener: string, source = 'this.source', made = 'new Source()') => `class Copy {
  constructor(sink) {
    ${source} = ${made};
    ${source}.on('data', ${listener});
  }
}
`;
  const listener = (to: string) => `${to}
      sink.write(chunk);
    }`;
  const paused = async (text: string) => {
    const [fix] = await fixesOf('js/ignored-write', text);
    return fix?.text.match(/[\w.]+\.(pause|resume)\(\)/g);
  };

  it('is `this` in a listener that an emitter calls as its method', async () => {
    expect(await paused(copied(listener('(chunk) => {')))).toEqual(['this.source.pause()', 'this.source.resume()']);
    expect(await paused(copied(listener('function (chunk) {')))).toEqual(['this.pause()', 'this.resume()']);
    expect(await paused(copied(`${listener('function (chunk) {')}.bind(this)`))).toEqual([
      'this.source.pause()',
      'this.source.resume()',
    ]);
    expect(await paused(copied(listener('function (chunk) {'), 'source'))).toEqual([
      'source.pause()',
      'source.resume()',
    ]);
  });

  it('is no plain emitter, which cannot be paused', async () => {
    const listeners = ['js/ignored-write', 'js/async-listener'];
    const body = 'async (chunk) => {\n      sink.write(chunk);\n      await sent();\n    }';
    for (const rule of listeners) {
      expect(await fixesOf(rule, copied(body, 'source'))).toHaveLength(1);
      expect(await fixesOf(rule, copied(body, 'source', 'new events_1.default.EventEmitter()'))).toEqual([]);
    }
  });
});

it('a body that is too large ends the stream whose listener it is in', async () => {
  const read = (listener: string) =>
    `require('http').createServer(function (req) {\n  this.req = req;\n  let body = '';\n  this.req.on('data', ${listener} {\n    body += chunk;\n  });\n});\n`;
  const ended = async (listener: string) =>
    (await fixesOf('js/unbounded-accumulation', read(listener)))[0]?.text.match(/[\w.]+\.destroy\(\)/g);
  expect(await ended('(chunk) =>')).toEqual(['this.req.destroy()']);
  expect(await ended('function (chunk)')).toEqual(['this.destroy()']);
});

describe('a call that is waited for', () => {
  const copies = (send: string, from = 'amqplib') => `import { Kafka } from 'kafkajs';
import { connect } from '${from}';

const channel = await (await connect('amqp://localhost')).createChannel();

await new Kafka({ brokers: [] }).consumer({ groupId: 'orders' }).run({
  eachMessage: async ({ message }) => {
    ${send}
  },
});
`;
  const waiting = async (send: string) => (await fixesOf('js/unthrottled-producer', copies(send)))[0]?.text;

  it('keeps the comment behind it, and has braces when it goes over several lines', async () => {
    const wait = "if (!channel.publish('copies', '', message.value)) await once(channel, 'drain')";
    const call = "channel.publish('copies', '', message.value)";
    expect(await waiting(`${call} // true or false`)).toContain(`    ${wait} // true or false\n`);
    expect(await waiting(`${call}; // true or false;`)).toContain(`    ${wait}; // true or false;\n`);
    expect(await waiting("channel.publish('copies', '', {\n      a,\n    });")).toContain(
      "    })) {\n      await once(channel, 'drain');\n    }\n",
    );
  });

  it('is none that an `else` follows', async () => {
    expect(await waiting("if (a) channel.publish('copies', '', message.value);\n    else skip();")).toBeUndefined();
    const copied = (put: string) =>
      `function copy(source, sink) {\n  source.on('data', (chunk) => {\n    ${put}\n  });\n}\n`;
    expect(await fixesOf('js/ignored-write', copied('if (chunk) sink.write(chunk);'))).toHaveLength(1);
    expect(await fixesOf('js/ignored-write', copied('if (chunk) sink.write(chunk); else sink.end();'))).toEqual([]);
  });
});

it('a prefetch is awaited in a function that is async itself', async () => {
  const consumer = (start: string) => `const { connect } = require('amqplib');

class Consumer {
  ${start} {
    this.channel.consume('orders', (message) => {
      this.channel.ack(message);
    });
  }
}
`;
  const set = async (start: string) => (await fixesOf('js/missing-prefetch', consumer(start)))[0]?.text;
  expect(await set('async start()')).toContain('    await this.channel.prefetch(10);\n');
  expect(await set('start()')).toContain('    this.channel.prefetch(10);\n');
  expect((await set('async start()'))?.replace('await ', '')).toBe(
    (await set('start()'))?.replace('start', 'async start'),
  );
});

it('the lines of what p-map runs move out with it, but not those of a text', async () => {
  const text = `import { readdir } from 'node:fs/promises';

export async function sizes() {
  const names = await readdir('.');
  return await Promise.all(
    names
      .filter(Boolean)
      .map(async (name) => {
        const sql = \`
          select\`;
        return size(name, sql);
      }),
  );
}
`;
  expect((await fixesOf('js/unbounded-fanout', text))[0]?.text).toContain(`
  return await pMap(names
    .filter(Boolean), async (name) => {
      const sql = \`
          select\`;
      return size(name, sql);
    }, { concurrency: 8 });
`);
  expect(await fixesOf('js/unbounded-fanout', text.replace('all(', 'all( // all at once'))).toEqual([]);
});

it('a line below another stands behind the comment of that', async () => {
  const text = `require('http').createServer((req) => {
  let body = '';
  req.on('data', (chunk) => {
    body += chunk; // all of it
  });
});
`;
  expect((await fixesOf('js/unbounded-accumulation', text))[0]?.text).toContain(
    'body += chunk; // all of it\n    if (body.length > 1000000) req.destroy();\n',
  );
});
