import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { applied } from '../../src/hazards/fixes/edits';
import { pythonCheckers } from '../harness/pythonCheckers';
import { folder, run, runFolder } from '../harness/tools';
import { engine } from '../harness/hazardEngine';

vi.setConfig({ testTimeout: 120_000 });

/** Applies the preferred fix of each hazard of a rule, one after the other, until none offers one. */
async function fixed(rule: string, text: string): Promise<string> {
  let result = text;
  for (;;) {
    const { hazards } = await engine.scanText('python', result, 'main.py', { only: [rule] });
    const fix = hazards.flatMap(({ fixes }) => fixes)[0];
    if (!fix) return result;
    result = applied(result, fix.edits);
  }
}

const spawn = `import asyncio
from aiokafka import AIOKafkaConsumer


async def handle(message: object) -> None:
    print(message)


async def consume(consumer: AIOKafkaConsumer) -> None:
    async for message in consumer:
        asyncio.create_task(handle(message))
`;
const queue = `import asyncio
import websockets


class Reader:
    def __init__(self) -> None:
        self.inbox: asyncio.Queue[str] = asyncio.Queue()

    async def read(self, socket: websockets.ClientConnection) -> None:
        while True:
            await self.inbox.put(str(await socket.recv()))
`;
const disconnect = `import asyncio
from collections.abc import AsyncIterator

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


async def feed(lines: asyncio.Queue[str]) -> None:
    await lines.put("data: 1")


@app.get("/events")
async def events() -> StreamingResponse:
    lines: asyncio.Queue[str] = asyncio.Queue(maxsize=10)
    asyncio.create_task(feed(lines))

    async def read() -> AsyncIterator[str]:
        # One line after the other.
        while True:
            yield await lines.get()

    return StreamingResponse(read())
`;
const fanout = `import asyncio
from typing import Any


async def charge(row: Any) -> None:
    print(row)


async def everything(session: Any) -> None:
    rows = await session.execute("select 1")
    await asyncio.gather(*[charge(row) for row in rows])
`;
const pika = `import pika


def main() -> None:
    channel = pika.BlockingConnection().channel()
    channel.basic_consume(queue="orders", on_message_callback=print)
`;
const aioPika = `import aio_pika


async def main() -> None:
    connection = await aio_pika.connect("amqp://localhost")
    channel = await connection.channel()
    queue = await channel.declare_queue("orders")
    async with queue.iterator() as messages:
        async for message in messages:
            print(message)
`;
const confluent = `from confluent_kafka import Consumer, Producer


def copy(consumer: Consumer, producer: Producer) -> None:
    while True:
        for message in consumer.consume(100):
            producer.produce("copies", message.value())
`;
const aiokafka = `from aiokafka import AIOKafkaConsumer, AIOKafkaProducer


async def copy(consumer: AIOKafkaConsumer, producer: AIOKafkaProducer) -> None:
    async for message in consumer:
        producer.send("copies", message.value)
`;

const pool = `from concurrent.futures import ThreadPoolExecutor
from kafka import KafkaConsumer


def work(consumer: KafkaConsumer) -> None:
    executor = ThreadPoolExecutor(max_workers=4)
    for message in consumer:
        executor.submit(print, message)
`;
const limiter = `import asyncio


async def charge(order: str) -> None:
    slots = asyncio.Semaphore(8)
    async with slots:
        print(order)
`;
const drop = `import asyncio


def offer(jobs: asyncio.Queue[str], job: str) -> None:
    try:
        jobs.put_nowait(job)
    except asyncio.QueueFull:
        pass
`;
const read = `from redis.asyncio import Redis


async def consume(client: Redis) -> None:
    print(await client.xread({"orders": "$"}, block=0))
`;

const checkers = await pythonCheckers();

describe.skipIf(!checkers.ok)('quick fixes in Python', () => {
  const mypy = checkers.ok ? checkers.value.mypy : '';
  const cache = path.join(folder(runFolder), 'mypy');

  it.each([
    ['py/unbounded-spawn', spawn, '        task.add_done_callback(lambda _: slots.release())\n'],
    ['py/unbounded-queue', queue, 'asyncio.Queue(maxsize=1000)'],
    ['py/unbounded-queue', queue.replace('await self.inbox.put(', 'self.inbox.put_nowait('), 'await self.inbox.put('],
    ['py/unbounded-fanout', fanout, '*[limited(charge(row)) for row in rows]'],
    ['py/missing-prefetch', pika, '    channel.basic_qos(prefetch_count=10)\n    channel.basic_consume('],
    ['py/missing-prefetch', aioPika, '    await channel.set_qos(prefetch_count=10)\n    async with'],
    ['py/unthrottled-producer', confluent, '            producer.poll(0)\n'],
    ['py/unthrottled-producer', aiokafka, '        await producer.send('],
    ['py/unbounded-executor', pool, '        future.add_done_callback(lambda _: slots.release())\n'],
    ['py/misplaced-limiter', limiter, 'slots = asyncio.Semaphore(8)\n\n\nasync def charge('],
    ['py/ignores-disconnect', disconnect, '        finally:\n            task.cancel()\n'],
    ['py/silent-drop', drop, 'warning("dropped an item: jobs is full")\n'],
    ['py/unbounded-read', read, '{"orders": "$"}, block=0, count=100)'],
  ])('leave a program for %s that compiles, is well typed and has no such hazard', async (rule, text, wanted) => {
    const result = await fixed(rule, text);
    expect(result).toContain(wanted);
    expect((await engine.scanText('python', result, 'main.py', { only: [rule] })).hazards).toEqual([]);
    const file = path.join(mkdtempSync(path.join(folder(runFolder, 'fixes'), 'py-')), 'main.py');
    writeFileSync(file, result);
    await run('python3', ['-m', 'py_compile', file]);
    expect(
      (await run(mypy, ['--check-untyped-defs', '--ignore-missing-imports', '--cache-dir', cache, file])).stdout,
    ).toMatch(/^Success/);
  });

  it('lets no more than eight run at once when the fixed program runs', async () => {
    const program = (
      await fixed('py/unbounded-spawn', spawn.replace('from aiokafka import AIOKafkaConsumer', 'import kafka'))
    )
      .replaceAll('AIOKafkaConsumer', 'object')
      .replace('import kafka', '')
      .replace(
        '    print(message)',
        '    global now, most\n    now += 1\n    most = max(most, now)\n    await asyncio.sleep(0.001)\n    now -= 1',
      );
    const feed = `
now = most = 0


async def feed():
    for each in range(200):
        yield each


asyncio.run(consume(feed()))
print(most)
`;
    const file = path.join(mkdtempSync(path.join(folder(runFolder, 'fixes'), 'py-')), 'main.py');
    writeFileSync(file, program + feed);
    expect((await run('python3', [file])).stdout.trim()).toBe('8');
  });
});

describe('quick fixes in Python that are not offered', () => {
  const offers = async (text: string) =>
    (await engine.scanText('python', text, 'main.py')).hazards.map(({ rule, fixes }) => [rule, fixes.length]);

  it('where a full queue would raise', async () => {
    const callback = queue.replace('await self.inbox.put(', 'self.offer(');
    const raising = `    def offer(self, line: str) -> None:\n        self.inbox.put_nowait(line)\n`;
    expect(await offers(`${callback}\n${raising}`)).toEqual([['py/unbounded-queue', 0]]);
  });

  it('where nothing can be awaited, or the names are taken', async () => {
    const taken = `slots = permits = task_slots = 1\n`;
    expect(await offers(spawn + taken)).toEqual([['py/unbounded-spawn', 0]]);
    expect(await offers(spawn.replace('async def consume', 'def consume').replace('async for', 'for'))).toEqual([
      ['py/unbounded-spawn', 0],
    ]);
  });

  it('where the messages count as done when they are sent', async () => {
    expect(await offers(pika.replace('=print', '=print, auto_ack=True'))).toEqual([['py/missing-prefetch', 0]]);
  });
});
