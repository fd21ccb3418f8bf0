import { describe, expect, it } from 'vitest';
import { judged } from '../bounds/judged';

const file = (text: string, imported = 'aiokafka') => `import asyncio\nimport ${imported}\n\n${text}\n`;
const spawned = (text: string, imported?: string) => judged('py/unbounded-spawn', 'worker.py', file(text, imported));
const start = 'asyncio.create_task(work(thing))  # HERE\n';
const receiving = (each: string) => `
async def consume(consumer):
    async for thing in consumer:
        ${each}
`;

describe('in Python a task is started for each item', () => {
  it.each([
    ['by a loop over what arrives', receiving(start), 'aiokafka'],
    [
      'by a loop without an end',
      `async def consume(consumer):\n    while True:\n        thing = await consumer.getone()\n        ${start}`,
      'aiokafka',
    ],
    [
      'by a function that the loop calls',
      `${receiving('pass_on(thing)')}\ndef pass_on(thing):\n    ${start}`,
      'aiokafka',
    ],
    [
      'by a function that is handed to a client',
      `def listen(channel):\n    channel.basic_consume('orders', work_on)\n\ndef work_on(channel, method, properties, thing):\n    ${start}`,
      'pika',
    ],
    [
      'by a function that is handed to a client by the name of an argument',
      `def listen(channel):\n    channel.basic_consume('orders', on_message_callback=work_on)\n\ndef work_on(channel, method, properties, thing):\n    ${start}`,
      'pika',
    ],
    [
      'by a function without a name',
      `def listen(channel):\n    channel.basic_consume('orders', lambda c, m, p, thing: asyncio.create_task(work(thing)))  # HERE\n`,
      'pika',
    ],
    [
      'by a function that is put onto a client',
      `def listen(client):\n    client.on_message = work_on\n\ndef work_on(client, userdata, thing):\n    ${start}`,
      'paho.mqtt.client',
    ],
    [
      'by a function for an event',
      `def listen(sio):\n    sio.on('message', work_on)\n\ndef work_on(thing):\n    ${start}`,
      'socketio',
    ],
    [
      'by a function for an event of what is called a socket',
      `def listen(ws):\n    ws.on("data", work_on)\n\ndef work_on(thing):\n    ${start}`,
      'shop',
    ],
    [
      'by a function that a decorator subscribes',
      `@broker.subscriber('orders')\nasync def work_on(thing):\n    ${start}`,
      'faststream',
    ],
    [
      'by a function that a decorator makes a route',
      `@app.post('/orders')\nasync def work_on(thing):\n    ${start}`,
      'fastapi',
    ],
    [
      'by a function that takes what a broker delivers',
      `async def work_on(thing: aio_pika.IncomingMessage):\n    ${start}`,
      'aio_pika',
    ],
    ['by a function that takes a request', `async def work_on(thing: web.Request):\n    ${start}`, 'aiohttp'],
    ['by a function that takes an update', `async def work_on(thing: "Update[int]"):\n    ${start}`, 'telegram'],
    [
      'by a method of a protocol',
      `class Feed:\n    def datagram_received(self, thing, address):\n        ${start}`,
      'shop',
    ],
    ['by a method of a client', `class Feed:\n    def on_message(self, thing):\n        ${start}`, 'tornado'],
  ])('%s', async (_sentence, text, imported) => {
    expect(await spawned(text, imported)).toBe('hazard');
  });
});

describe('in Python nothing shows that a task is started for each item', () => {
  it.each([
    [
      'in a loop over what there is',
      `async def all_of(things):\n    for thing in things:\n        ${start}`,
      'aiokafka',
    ],
    [
      'in a function that the loop keeps',
      receiving(`later = lambda: asyncio.create_task(work(thing))  # HERE\n`),
      'aiokafka',
    ],
    ['in a function that the loop only defines', receiving(`def later():\n            ${start}`), 'aiokafka'],
    [
      'in a function that is started, which is judged where it starts',
      `${receiving('asyncio.create_task(pass_on(thing))')}\nasync def pass_on(thing):\n    ${start}`,
      'aiokafka',
    ],
    [
      'in a function that is called once',
      `def begin():\n    pass_on(1)\n\ndef pass_on(thing):\n    ${start}`,
      'aiokafka',
    ],
    [
      'in a function that is handed to who knows whom',
      `def listen(registry):\n    registry.keep(work_on)\n\ndef work_on(thing):\n    ${start}`,
      'pika',
    ],
    [
      'in a function that is handed to what is no client',
      `def listen(channel):\n    channel.basic_consume('orders', work_on)\n\ndef work_on(thing):\n    ${start}`,
      'shop',
    ],
    [
      'in a function that is put elsewhere',
      `def listen(client):\n    client.on_close = work_on\n\ndef work_on(thing):\n    ${start}`,
      'paho.mqtt.client',
    ],
    [
      'in a function that is put onto what is no client',
      `def listen(client):\n    client.on_message = work_on\n\ndef work_on(thing):\n    ${start}`,
      'shop',
    ],
    [
      'in a function for a connection',
      `def listen(sio):\n    sio.on('connect', work_on)\n\ndef work_on(thing):\n    ${start}`,
      'socketio',
    ],
    [
      'in a function for a message of what is no socket',
      `def listen(button):\n    button.on('message', work_on)\n\ndef work_on(thing):\n    ${start}`,
      'shop',
    ],
    [
      'under a decorator of the program',
      `@broker.subscriber('orders')\nasync def work_on(thing):\n    ${start}`,
      'shop',
    ],
    ['under a route of the program', `@app.post('/orders')\nasync def work_on(thing):\n    ${start}`, 'shop'],
    ['under another decorator', `@app.cached\nasync def work_on(thing):\n    ${start}`, 'faststream'],
    [
      'in what is made of an update',
      `class Kept:\n    def __init__(self, thing: Update):\n        ${start}`,
      'telegram',
    ],
  ])('%s', async (_sentence, text, imported) => {
    expect(await spawned(text, imported)).toBe('nothing');
  });
});

describe('in Python what bounds it is looked for where it is reached', () => {
  const counted = 'if running >= 8:\n        return\n    ';

  it('in the function that is called, handed or run for it', async () => {
    const called = `${receiving('pass_on(thing)')}\ndef pass_on(thing):\n    ${counted}${start}`;
    expect(await spawned(called)).toContain('the check on line');
    const handed = `def listen(channel):\n    channel.basic_consume('orders', work_on)\n\ndef work_on(thing):\n    ${counted}${start}`;
    expect(await spawned(handed, 'pika')).toContain('the check on line');
    const run = `@broker.subscriber('orders')\nasync def work_on(thing):\n    ${counted}${start}`;
    expect(await spawned(run, 'faststream')).toContain('the check on line');
  });

  it('in the loop that calls', async () => {
    const calling = `${receiving('if running < 8:\n            pass_on(thing)')}\ndef pass_on(thing):\n    ${start}`;
    expect(await spawned(calling)).toContain('the check on line');
  });
});
