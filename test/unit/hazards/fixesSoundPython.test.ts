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
    const waiting = thread.replace('put_nowait', 'put');
    expect(await sized(waiting)).not.toBeNull();
    expect(await sized(waiting.replace('import queue', 'import asyncore\nimport queue'))).toBeNull();
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

describe('a fix that limits how much of Python runs at once', () => {
  const listing = (work: string) => `import asyncio


async def everything(session, loop):
    rows = await session.execute('select 1')
    await asyncio.gather(*[${work} for row in rows])
`;

  it('lets a task start what waits for its turn, rather than wait for a task that runs', async () => {
    const limits = (work: string) => fixed('py/unbounded-fanout', listing(work));
    expect(await limits('charge(row)')).toContain('*[limited(charge(row)) for row');
    expect(await limits('asyncio.create_task(charge(row), name="a")')).toContain(
      '*[asyncio.create_task(limited(charge(row)), name="a") for row',
    );
    expect(await limits('loop.run_in_executor(None, charge, row)')).toBeNull();
  });

  const spawning = (start: string) => `import asyncio
from aiokafka import AIOKafkaConsumer


async def consume(consumer: AIOKafkaConsumer):
    while True:
        try:
            async for message in consumer:
                ${start}
        except ValueError:
            print('again')
`;
  const spawns = (start: string) => fixed('py/unbounded-spawn', spawning(start));

  it('makes the semaphore above all loops, and gives a permit back below the comment of the start', async () => {
    const text = (await spawns('_ = asyncio.create_task(handle(message))  # noqa: RUF006')) ?? '';
    expect(text).toContain('    slots = asyncio.Semaphore(8)\n    while True:\n');
    expect(text).toContain(
      'task = asyncio.create_task(handle(message))  # noqa: RUF006\n                task.add_done_callback(',
    );
  });

  it('is not offered where a permit could be lost, or one task may wait for the next', async () => {
    const caught = (start: string) =>
      `try:\n                    ${start}\n                except KeyError:\n                    pass`;
    expect(await spawns(caught('asyncio.create_task(handle(message))'))).not.toBeNull();
    expect(await spawns(caught('asyncio.create_task(handle(parse(message)))'))).toBeNull();
    const kinds = spawning('asyncio.create_task(handle(message))').replace(
      '        except ValueError',
      '                later = asyncio.create_task(answer())\n        except ValueError',
    );
    const { hazards } = await engine.scanText('python', kinds, 'main.py', { only: ['py/unbounded-spawn'] });
    expect(hazards.flatMap(({ fixes }) => fixes)).toEqual([]);
  });

  it('takes a permit of a pool only where a thread may wait for it, and a future gives it back', async () => {
    const pool = (start: string, def = 'def') => `import threading
from kafka import KafkaConsumer


${def} work(consumer: KafkaConsumer, pool):
    for message in consumer:
        ${start}
`;
    const submits = (text: string) => fixed('py/unbounded-executor', text);
    expect(await submits(pool('pool.submit(print, message)'))).toContain('future = pool.submit(print, message)');
    expect(await submits(pool('pool.submit(print, message)', 'async def'))).toBeNull();
    expect(
      await submits(pool('pool.apply_async(print, (message,))').replace('threading', 'multiprocessing')),
    ).toBeNull();
  });
});

it('a prefetch of Python is waited for as its consumer is', async () => {
  const consumer = (start: string) => `from txamqp.client import TwistedDelegate
from twisted.internet.defer import inlineCallbacks


@inlineCallbacks
def read(connection):
    channel = yield connection.channel(1)
    ${start}channel.basic_consume(queue='orders', no_ack=False)
`;
  expect(await fixed('py/missing-prefetch', consumer('yield '))).toContain(
    '    yield channel.basic_qos(prefetch_count=10)\n    yield channel.basic_consume(',
  );
  expect(await fixed('py/missing-prefetch', consumer(''))).toContain('\n    channel.basic_qos(prefetch_count=10)\n');
  const ignored = consumer('').replace('False)', 'False)  # type: ignore');
  expect(await fixed('py/missing-prefetch', ignored)).toContain('qos(prefetch_count=10)  # type: ignore\n');
});

describe('a line in the log of Python', () => {
  const drops = (head: string, name = 'offer') =>
    fixed(
      'py/silent-drop',
      `${head}

def ${name}(jobs: asyncio.Queue, job):
    try:
        jobs.put_nowait(job)
    except asyncio.QueueFull:
        pass
`,
    );

  it('imports its module among sorted imports, else above them', async () => {
    expect(await drops('import asyncio\nimport time\n')).toContain('import asyncio\nimport logging\nimport time\n');
    expect(await drops('import asyncio\r\nimport json\r\nfrom a import b\r\n')).toContain(
      'json\r\nimport logging\r\nfrom a',
    );
    expect(await drops('import time\nimport asyncio\n')).toContain('import logging\nimport time\nimport asyncio\n');
    expect((await drops('import asyncio\nimport logging.handlers\n'))?.match(/^import/gm)).toHaveLength(2);
  });

  it('goes to the log that the module has, but not in a log itself', async () => {
    expect(await drops('import asyncio\nfrom logging import getLogger\n\nLOG = getLogger("shop")\n')).toContain(
      '        LOG.warning("dropped an item: jobs is full")\n',
    );
    expect(await drops('import asyncio\n', 'emit')).toBeNull();
  });
});
