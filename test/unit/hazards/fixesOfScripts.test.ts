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
