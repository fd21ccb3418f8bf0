import { describe, expect, it } from 'vitest';
import { engine } from '../../../harness/hazardEngine';

const file = (text: string, imported = 'aiokafka') => `import asyncio
import ${imported}

${text}
`;
const start = 'asyncio.create_task(work(thing))  # HERE\n';
const receiving = (each: string) => `
async def consume(consumer):
    async for thing in consumer:
        ${each}
`;

describe('a queue in Python', () => {
  it('grows by what is started for each message too', async () => {
    const grows = async (begun: string) => {
      const text = `class Feed:\n    def __init__(self):\n        self.waiting = asyncio.Queue()\n\n    async def consume(self, consumer):\n        async for thing in consumer:\n            ${begun}\n\n    async def keep(self, thing):\n        self.waiting.put_nowait(thing)\n\n    async def work(self):\n        while True:\n            await work(await self.waiting.get())`;
      const only = ['py/unbounded-queue'];
      return (await engine.scanText('python', file(text), 'feed.py', { only, unfixed: true })).hazards[0]?.lens;
    };
    expect(await grows('asyncio.create_task(self.keep(thing))')).toBe('unbounded: queue grows per message');
    expect(await grows('self.count(thing)')).toBe('unbounded: queue grows per call');
  });
});

describe('what is told of a task in Python', () => {
  const told = async (text: string, imported?: string) => {
    const only = ['py/unbounded-spawn'];
    const { hazards } = await engine.scanText('python', file(text, imported), 'worker.py', { only, unfixed: true });
    return hazards[0];
  };

  it('is how the place is reached', async () => {
    expect((await told(receiving(start)))?.evidence).toEqual([
      'the loop on line 6 turns once for each message from `consumer`',
    ]);
    const handed = `def listen(channel):\n    channel.basic_consume('orders', work_on)\n\ndef work_on(thing):\n    ${start}`;
    expect((await told(handed, 'pika'))?.evidence).toEqual([
      '`channel.basic_consume(…)` on line 5 runs `work_on` (line 7) for each message',
    ]);
    const event = `def listen(sio):\n    sio.on('message', work_on)\n\ndef work_on(thing):\n    ${start}`;
    expect((await told(event, 'socketio'))?.evidence).toEqual([
      "`sio.on('message')` on line 5 runs `work_on` (line 7) for each message",
    ]);
    const run = `@app.post('/orders')\nasync def work_on(thing):\n    ${start}`;
    expect((await told(run, 'fastapi'))?.evidence).toEqual([
      "`@app.post('/orders')` runs `work_on` (line 5) for each request",
    ]);
  });

  it('is that a message counts as done before it is, but not so of a value', async () => {
    const rest = (end: string) => `${start}        ${end}`;
    expect((await told(receiving(rest('await consumer.commit()'))))?.message).toContain('does not wait for it');
    expect((await told(receiving(rest('await consumer.seek()'))))?.message).not.toContain('does not wait for it');
    const values = `async def work_off(jobs):\n    while True:\n        thing = await jobs.get()\n        ${rest('jobs.task_done()')}`;
    expect((await told(values))?.message).not.toContain('does not wait for it');
  });

  it('is how sure it is that something comes, and what', async () => {
    const taking = async (type: string, imported: string) => {
      const found = await told(`async def work_on(thing: ${type}):\n    ${start}`, imported);
      return [found?.severity, found?.lens, found?.message.includes('how often `work_on` is called')];
    };
    expect(await taking('aio_pika.IncomingMessage', 'aio_pika')).toEqual([
      'high',
      'unbounded: one task per message',
      false,
    ]);
    expect(await taking('telegram.Update', 'telegram')).toEqual(['low', 'unbounded: one task per message', true]);
    expect(await taking('Request', 'fastapi')).toEqual(['low', 'unbounded: one task per request', true]);
  });
});
