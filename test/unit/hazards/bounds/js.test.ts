import { describe, expect, it } from 'vitest';
import { judged } from './judged';

/** A loop over messages of Redis: what it does with each, and what else the file declares. */
const perMessage = (
  each: string,
  declared = 'async function handle(order) { await store(order); }',
) => `import { createClient } from 'redis';

${declared}

export async function consume(client) {
  while (true) {
    const order = await client.blPop('orders', 0);
    ${each}
  }
}
`;

const started = 'handle(order); // HERE';
const spawned = (text: string) => judged('js/unbounded-spawn', 'orders.js', text);
const eachStarts = (each: string, declared?: string) => spawned(perMessage(each, declared));

describe('work that JavaScript starts for messages has a permit where', () => {
  it('it is awaited first', async () => {
    expect(await eachStarts(`await slots.acquire();\n${started}`)).toMatch(
      /^a permit awaited at `slots\.acquire\(\)` on line \d+$/,
    );
    expect(await eachStarts(`slots.acquire();\n${started}`)).toBe('hazard');
    expect(await eachStarts(`await settings;\n${started}`)).toBe('hazard');
  });

  it('what is called takes it, or goes away while it is busy', async () => {
    const handle = (first: string) => `async function handle(order) { ${first} await store(order); }`;
    expect(await eachStarts(started, handle('await slots.acquire();'))).toMatch(
      /^a permit taken at `slots\.acquire\(\)` on line 3$/,
    );
    expect(await eachStarts(started, handle('if (sending) return;'))).toBe('the check on line 3');
    expect(await eachStarts(started, handle('if (sending) log();'))).toBe('hazard');
    expect(await eachStarts(started, handle('if (order.empty) return;'))).toBe('hazard');
    expect(await eachStarts(started, handle('log(order); if (sending) return;'))).toBe('hazard');
  });
});

describe('work that JavaScript starts for messages is in a pool where', () => {
  it.each([
    ['a limiter runs it', 'limit(() => { handle(order); }); // HERE', '`limit` on line 8'],
    ['a queue runs it', 'queue.add(() => handle(order)).catch(log); // HERE', '`queue.add` on line 8'],
    ['a limiter runs it, with what it needs', 'handle(limit(() => order, 5)); // HERE', '`limit` on line 8'],
    ['a limiter is handed its name', 'handle(schedule(handle)); // HERE', '`schedule` on line 8'],
  ])('%s', async (_where, each, bound) => {
    const text = perMessage(
      each,
      'async function handle(order) { await store(order); }\nasync function limit(work) { await work(); }',
    );
    expect(await spawned(text)).toBe(bound.replace('8', '9'));
  });

  it('not where a limit is a number, a list grows, or the limiter runs the loop itself', async () => {
    expect(await eachStarts('handle(order, limitOf(100)); // HERE')).toBe('hazard');
    expect(await eachStarts('handle(list.add(order)); // HERE')).toBe('hazard');
    expect(await eachStarts('handle(queue.find(order)); // HERE')).toBe('hazard');
    const around = `import { Kafka } from 'kafkajs';

async function handle(order) { await store(order); }

limit(() => {
  new Kafka({}).consumer({}).run({
    eachMessage: async ({ message }) => {
      handle(message); // HERE
    },
  });
});
`;
    expect(await spawned(around)).toBe('hazard');
  });
});

describe('work that JavaScript starts for messages is waited for', () => {
  it('below, not above', async () => {
    expect(await eachStarts(`${started}\nawait Promise.all(pending);`)).toMatch(
      /^the turn waits at `await Promise\.all\(pending\)` on line \d+$/,
    );
    expect(await eachStarts(`await Promise.all(pending);\n${started}`)).toBe('hazard');
    expect(await eachStarts(`${started}\nawait report();`)).toBe('hazard');
  });
});

describe('work that JavaScript starts for messages is counted where', () => {
  it.each([
    ['too many jobs wait', `if (jobs.length >= 100) continue;\n${started}`],
    ['too many jobs wait, in a list of lists', `if (jobs[0].length >= 100) return;\n${started}`],
    ['so many run', `if (running >= 100) { await pause(); }\n${started}`],
    ['the condition stands around it', `if (activeCount < 100) {\n${started}\n}`],
  ])('%s', async (_where, each) => {
    expect(await eachStarts(each)).toMatch(/^the check on line \d+$/);
  });

  it.each([
    ['a text is too long', `if (order.text.length > 100) continue;\n${started}`],
    ['something else is too high', `if (order.priority > this.maxPriority) continue;\n${started}`],
    ['so many are only told', `if (running >= 100) log('many');\n${started}`],
    ['they are counted below', `${started}\nif (running >= 100) continue;`],
    [
      'something is counted in a branch of its own',
      `if (running >= 100) {\nlog('many');\n} else {\nlog('few');\n}\n${started}`,
    ],
  ])('not so where %s', async (_where, each) => {
    expect(await eachStarts(each)).toBe('hazard');
  });
});

describe('the source of messages in JavaScript is held', () => {
  it('by a function or a method that says so', async () => {
    expect(await eachStarts(`${started}\nclient.pause();`)).toMatch(
      /^the source is held at `client\.pause\(\)` on line \d+$/,
    );
    expect(await eachStarts(`${started}\npause();`)).toMatch(/^the source is held at `pause\(\)` on line \d+$/);
  });

  it('not by what goes on, stops something else or stops itself', async () => {
    for (const call of ['client.unpause()', 'watch.stopTimer()', 'this.stop()'])
      expect(await eachStarts(`${started}\n${call};`)).toBe('hazard');
  });
});

it('what stops something in JavaScript starts as much as there is when it is called', async () => {
  const named = (name: string) =>
    spawned(
      perMessage(
        'log(order);',
        `async function handle(order) { await store(order); }
export async function ${name}(client) {
  while (true) {
    const order = await client.blPop('left', 0);
    handle(order); // HERE
  }
}`,
      ),
    );
  expect(await named('stopAll')).toBe('`stopAll` stops things');
  expect(await named('readAll')).toBe('hazard');
});

describe('what a timer of JavaScript starts', () => {
  const timed = (first: string, kept = 'held = true;') =>
    judged(
      'js/overlapping-timer',
      'timer.js',
      `let held = false;

setInterval(async () => { // HERE
  ${first}
  ${kept}
  await store();
  held = false;
}, 1000);
`,
    );

  it.each([
    'if (held) return;',
    'if ( held ) return;',
    'if (held === true) return;',
    'if (held == true) return;',
    'if (held !== null) return;',
    'if (held != undefined) return;',
    'if (closed || held) return;',
    'if (started >= this.maxStarted) return;',
    'if (busy) return;',
  ])('is kept out by %s', async (check) => {
    expect(await timed(check)).toMatch(/^the check on line \d+$/);
  });

  it.each([
    ['if (held) log();', undefined],
    ['if (closed && held === true) return;', undefined],
    ['if (held < 3) return;', undefined],
    ['if (held) return;', 'held = false;'],
    ['if (held) return;', 'const held = true;'],
    ['if (order.held) return;', undefined],
    ['if (tries < maxHttpRetries) again();', undefined],
  ])('is not kept out by %s', async (check, kept) => {
    expect(await timed(check, kept)).toBe('hazard');
  });
});
