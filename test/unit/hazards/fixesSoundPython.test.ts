import { describe, expect, it } from 'vitest';
import { applied } from '../../../src/hazards/fixes/edits';
import { engine } from '../../harness/hazardEngine';

/** The text after the fix of the only hazard; null: none is offered. */
async function fixed(rule: string, text: string): Promise<string | null> {
  const { hazards } = await engine.scanText('python', text, 'main.py', { only: [rule] });
  expect(hazards).toHaveLength(1);
  const [fix] = hazards.flatMap(({ fixes }) => fixes);
  return fix ? applied(text, fix.edits) : null;
}

describe('a fix that gives a queue of Python a size', () => {
  const sized = (text: string) => fixed('py/unbounded-queue', text);
  const reader = (put: string, made = 'asyncio.Queue()', parameter = '') => `import asyncio
import threading
import websockets


class Reader:
    def __init__(self${parameter}):
        self.inbox = ${made}
        self.lock = asyncio.Lock()

    async def read(self, socket: websockets.ClientConnection):
        async for message in socket:
            ${put}

    async def work(self):
        while True:
            print(await self.inbox.get())
`;

  it('keeps the size that a caller tells, and changes the one that is meant without', async () => {
    const told = await sized(reader('await self.inbox.put(message)', 'asyncio.Queue(most)', ', most=0'));
    expect(told).toContain('def __init__(self, most=1000):');
    expect(told).toContain('asyncio.Queue(most)');
    const endless = await sized(reader('await self.inbox.put(message)', 'asyncio.Queue(maxsize=0)'));
    expect(endless).toContain('asyncio.Queue(maxsize=1000)');
    expect(await sized(reader('await self.inbox.put(message)', 'asyncio.Queue(self.most)', ', most=0'))).toBeNull();
  });

  it('lets a put that would raise wait instead, where it can', async () => {
    expect(await sized(reader('self.inbox.put_nowait(message)'))).toContain('await self.inbox.put(message)');
    const thread = `import queue
from kafka import KafkaConsumer

jobs = queue.Queue()


def read(consumer: KafkaConsumer):
    for message in consumer:
        jobs.put_nowait(message)


def work():
    while True:
        print(jobs.get())
`;
    expect(await sized(thread)).toContain('        jobs.put(message)\n');
    expect(await sized(thread.replace('import queue', 'import asyncio\nimport queue'))).toBeNull();
  });

  it.each([
    [
      'where a full one would raise in another object',
      'await self.inbox.put(message)\n\n    def told(self, peer):\n        peer.inbox.put_nowait(1)',
    ],
    ['where nobody waits for the put', 'asyncio.create_task(self.inbox.put(message))'],
  ])('is not offered %s', async (_sentence, put) => {
    expect(await sized(reader('await self.inbox.put(message)'))).not.toBeNull();
    expect(await sized(reader(put))).toBeNull();
  });

  it('is not offered where a put would hold up the whole event loop, or is held up by the lock that it has', async () => {
    expect(await sized(reader('self.inbox.put(message)', 'queue.Queue()').replace('asyncio\n', 'queue\n'))).toBeNull();
    const locked = reader('async with self.lock:\n                await self.inbox.put(message)');
    expect(await sized(locked)).not.toBeNull();
    const take = 'print(await self.inbox.get())';
    expect(await sized(locked.replace(take, `async with self.lock:\n                ${take}`))).toBeNull();
  });

  it('is not offered where whoever takes puts back, too', async () => {
    const back = '                await self.inbox.put(None)\n';
    expect(await sized(reader('await self.inbox.put(message)') + back)).toBeNull();
  });

  it('is not offered where it is filled before anybody takes, or only looked into', async () => {
    const all = (start: string) => reader(`await self.inbox.put(message)\n        ${start}`);
    expect(await sized(all('print("all read")'))).not.toBeNull();
    expect(await sized(all('asyncio.create_task(self.work())'))).toBeNull();
    const looks = reader('await self.inbox.put(message)').replace('await self.inbox.get()', 'self.inbox.get_nowait()');
    expect(await sized(looks)).toBeNull();
  });
});
