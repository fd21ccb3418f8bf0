import { describe, expect, it } from 'vitest';
import { engine } from '../../../harness/hazardEngine';

async function told(text: string, rule = 'js/unbounded-spawn') {
  const { hazards, broken } = await engine.scanText('javascript', text, 'orders.js', { only: [rule], unfixed: true });
  expect(broken).toEqual([]);
  return hazards.map(({ line, severity, evidence, message }) => ({ line, severity, evidence, message }));
}
const lines = async (text: string, rule?: string) => (await told(text, rule)).map(({ line }) => line);
const evidence = async (text: string) => (await told(text)).map((each) => each.evidence);

const handle = 'async function handle(order) { await store(order); }';

/** What a consumer does in an endless loop, and what else its file declares. */
const looped = (
  each: string,
  head = 'while (true)',
  declared = '',
  library = 'redis',
) => `import { createClient } from '${library}';

${handle}

export async function consume(client) {
  ${head} {
    const order = await client.blPop('orders', 0);
    ${each}
  }
}

${declared}
export const other = (client) => client.blPop('others', 0);
`;

/** What is run for each message of Kafka. */
const handled = (each: string, declared = '') => `import { Kafka } from 'kafkajs';

${handle}

new Kafka({}).consumer({}).run({
  eachMessage: async ({ message }) => {
    ${each}
  },
});

${declared}
`;

describe('work in JavaScript comes with each message', () => {
  it('in a loop that receives', async () => {
    expect(await evidence(looped('handle(order);'))).toEqual([
      ["the loop on line 6 turns once for each message from `client.blPop('orders', 0)`"],
    ]);
    for (const head of [
      'while (1)',
      'while (!closed)',
      'while (!this.closed)',
      'while (this.open)',
      'while (running)',
      'while (active)',
      'for (;;)',
    ])
      expect(await lines(looped('handle(order);', head)), head).toEqual([8]);
  });

  it('not in a loop that ends, above what it receives, or from something else', async () => {
    for (const head of [
      'while (left > 0)',
      'while (!(left > 0))',
      'for (let i = 0; i < 10; i++)',
      'while (this.left() > 0)',
      'while (running && left > 0)',
      'for (const client of clients)',
    ])
      expect(await lines(looped('handle(order);', head)), head).toEqual([]);
    const above = looped('log(order);').replace('const order', 'handle(last);\n    const order');
    expect(await lines(above)).toEqual([]);
    expect(await lines(looped('handle(order);', 'while (true)', '', 'fs'))).toEqual([]);
    expect(await lines(looped('handle(order);').replace('client.blPop', 'client.count'))).toEqual([]);
    expect(await lines(looped('handle(order);').replace("client.blPop('orders', 0)", 'blPop'))).toEqual([]);
  });

  it('that a command asks for, not one that is sent', async () => {
    const sqs = (command: string) =>
      looped('handle(order);', 'while (true)', '', '@aws-sdk/client-sqs').replace(
        "client.blPop('orders', 0)",
        `client.send(new ${command}(queue))`,
      );
    expect(await lines(sqs('ReceiveMessageCommand'))).toEqual([8]);
    expect(await lines(sqs('SendMessageCommand'))).toEqual([]);
  });

  it('over what brings them one after the other', async () => {
    const over = (what: string, library = 'nats', head = 'for await') => `import { connect } from '${library}';

${handle}

export async function consume(connection) {
  ${head} (const order of ${what}) {
    handle(order);
  }
}

export async function all(rows) {
  for await (const row of rows) log(row);
}
`;
    expect(await lines(over('connection.subscribe("orders").messages()'))).toEqual([7]);
    expect(await lines(over('subscription', 'ws'))).toEqual([7]);
    expect(await lines(over('rows'))).toEqual([]);
    expect(await lines(over('subscription', 'fs'))).toEqual([]);
    expect(await lines(over('subscription', 'nats', 'for'))).toEqual([]);
    expect(await lines(over('subscription', 'fs', 'for'))).toEqual([]);
  });

  it('in a function that runs where it stands', async () => {
    expect(await lines(handled('(() => { handle(message); })();'))).toEqual([7]);
    expect(await lines(handled('message.parts.forEach((part) => { handle(part); });'))).toEqual([7]);
    expect(await lines(handled('new Promise((resolve) => { handle(message); });'))).toEqual([7]);
    expect(await lines(handled('(await later(() => { handle(message); }));'))).toEqual([]);
    expect(await lines(handled('timers.thenWait(() => { handle(message); });'))).toEqual([]);
    expect(await lines(handled('const later = () => { handle(message); };\n    give(later);'))).toEqual([]);
  });

  it('in a function that its handler calls, with whose permit it is bounded', async () => {
    const dispatch = 'function dispatch(order) {\n  handle(order);\n}';
    expect(await evidence(handled('dispatch(message);', dispatch))).toEqual([
      ['`eachMessage` runs the function on line 6 for each message', '`dispatch` (line 11) is called for it on line 7'],
    ]);
    expect(await lines(handled('await slots.acquire();\n    dispatch(message);', dispatch))).toEqual([]);
  });

  it('not in a function that nobody uses', async () => {
    const inner = (use: string) => handled(`const later = async () => {\n      handle(message);\n    };${use}`);
    expect(await lines(inner(''))).toEqual([]);
    expect(await lines(inner(' // later, perhaps'))).toEqual([]);
  });
});

describe('in JavaScript nobody waits for', () => {
  it.each([
    ['a function that awaits', 'handle(message);'],
    ['a function that awaits, which is void', 'void handle(message);'],
    ['a function that stands there and awaits', '(async () => { await store(message); })();'],
    ['functions for each part that await', 'message.parts.forEach(async (part) => { await store(part); });'],
    ['a chain of promises that goes on by itself', 'send(message).catch(log);'],
    ['a function that gives a promise', 'found(message);'],
  ])('%s', async (_what, each) => {
    const declared = 'function found(order) {\n  log(order);\n  return find(order).then(store, log);\n}';
    expect(await lines(handled(each, declared))).toEqual([7]);
  });

  it('a chain that a function starts, though for the function', async () => {
    const chained = 'function chained(order) {\n  find(order).then(store);\n}';
    expect(await lines(handled('chained(message);', chained))).toEqual([12]);
  });

  it.each([
    ['a function that awaits nothing', 'plain(message);'],
    ['a function that stands there and awaits nothing', '(async () => { store(message); })();'],
    ['functions for each part that await nothing', 'message.parts.forEach(async (part) => { store(part); });'],
    ['functions for each part that are not asynchronous', 'message.parts.forEach((part) => { store(part); });'],
    [
      'functions that are made for each part',
      'message.parts.forEach((part) => { hand(async () => { await store(part); }); });',
    ],
    ['a function that gives something else', 'listed(message);'],
    ['a function that only starts a chain', 'chained(message);'],
    ['no call', 'void 0;'],
    ['a function that others map with', 'message.parts.some(async (part) => { await store(part); }) && log();'],
    ['a function that is awaited', 'await handle(message);'],
  ])('but not %s', async (_what, each) => {
    const declared =
      'async function plain(order) { store(order); }\nfunction listed(order) { return list(order); }\nfunction chained(order) { keep(find(order).then(store)); }';
    expect(await lines(handled(each, declared))).toEqual([]);
  });
});

describe('a message that JavaScript sends on', () => {
  const sent = (each: string, library = 'amqplib') =>
    lines(
      `import { connect } from '${library}';

export function copies(channel) {
  channel.consume('orders', (message) => {
    ${each}
  });
}
`,
      'js/unthrottled-producer',
    );

  it('is one of its own, unless it is an answer', async () => {
    expect(await sent("channel.publish('copies', '', message.content);")).toEqual([5]);
    expect(await sent("channel.publish('copies', '', message.content);", 'amqplib/callback_api')).toEqual([5]);
    expect(await sent("channel.publish('copies', '', message.content);", './amqplib.js')).toEqual([]);
    expect(await sent('channel.sendToQueue(message.properties.replyTo, answer);')).toEqual([]);
    expect(await sent("channel.sendToQueue(message.headers['reply-to'], answer);")).toEqual([]);
  });
});
