import { describe, expect, it } from 'vitest';
import { judged } from './judged';

const indented = (text: string, by: string) => text.replace(/^(?=.)/gm, by);

/** A method that receives messages of Kafka: what it does with each, and what else its file declares. */
const worker = (each: string, around = '') => `import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from aiokafka import AIOKafkaConsumer

${around}
class Worker:
    async def consume(self, consumer: AIOKafkaConsumer, tasks):
        async for message in consumer:
${indented(each, '            ')}
`;

const start = 'asyncio.create_task(handle(message))  # HERE\n';
const kept = 'task = asyncio.create_task(handle(message))  # HERE\n';
const spawned = (each: string, around?: string) => judged('py/unbounded-spawn', 'worker.py', worker(each, around));

describe('a task for each message in Python is bounded by', () => {
  it.each([
    [
      'a permit that the condition around it takes',
      `if await self.slots.acquire():\n    ${start}`,
      'a permit taken at',
    ],
    [
      'a permit without which the turn ends',
      `if not slots.acquire_nowait():\n    continue\n${start}`,
      'a permit taken at',
    ],
    [
      'a permit whose coming is awaited by a task',
      `taken = asyncio.create_task(slots.acquire())\nawait asyncio.wait([taken, stopped])\n${start}`,
      'a permit taken at',
    ],
    ['a wait for a limiter', `await self.limiter.wait()\n${start}`, 'a permit taken at `self.limiter.wait()`'],
    [
      'a permit in a function of its own that is started',
      `async def limited():\n    async with self.slots:\n        await handle(message)\nasyncio.create_task(limited())  # HERE\n`,
      'a permit taken at `self.slots`',
    ],
    [
      'a group that closes in the same turn',
      `async with asyncio.TaskGroup() as group:\n    group.create_task(handle(message))  # HERE\n`,
      '`asyncio.TaskGroup() as group`',
    ],
    ['waiting for it by its name', `${kept}await task`, 'the turn waits at `await task`'],
    ['waiting for it by an attribute', `self.${kept}await self.task`, 'the turn waits at `await self.task`'],
    [
      'waiting for all that were kept',
      `tasks.append(asyncio.create_task(handle(message)))  # HERE\nawait asyncio.gather(*tasks)`,
      'the turn waits at `await asyncio.gather(*tasks)`',
    ],
    [
      'waiting for a thread by its name',
      `worker = threading.Thread(target=handle, args=(message,))  # HERE\nworker.start()\nworker.join()`,
      'the turn waits at `worker.join()`',
    ],
    [
      'waiting for the thread that is kept',
      `self.threads.append(threading.Thread(target=handle))  # HERE\nself.threads[0].join()`,
      'the turn waits at',
    ],
    [
      'a count of what the loop fills',
      `if message.ready:\n    if len(tasks) < 8:\n        task = asyncio.create_task(handle(message))  # HERE\ntasks.append(task)`,
      'the check on line',
    ],
    [
      'a count at which those are flushed that run',
      `if self.running >= 8:\n    self.flush_tasks()\n${start}`,
      'the check on line',
    ],
    [
      'a look at how many run, around it',
      `if len(tasks) < 8:\n    tasks.add(asyncio.create_task(handle(message)))  # HERE\n`,
      'the check on line',
    ],
    [
      'the second of two looks',
      `if message.empty:\n    skip(message)\nelif self.running < 8:\n    ${start}`,
      'the check on line',
    ],
    ['a loop that goes on below a count', `while self.running < 8:\n    ${start}`, 'the check on line'],
    ['a count at which the turn ends', `if self.running >= 8:\n    continue\n${start}`, 'the check on line'],
    ['a count at which it waits', `if self.running >= 8:\n    await self.one_done\n${start}`, 'the check on line'],
    [
      'a count at which it sleeps',
      `while self.running >= 8:\n    log.info("busy")\n    time.sleep(1)\n${start}`,
      'the check on line',
    ],
    ['leaving the loop', `${start}break`, 'it leaves the loop on line'],
    ['leaving the function', `${start}return`, 'it leaves the loop on line'],
  ])('%s', async (_sentence, each, bound) => {
    expect(await spawned(each)).toContain(bound);
  });

  it('a permit that the started function takes, by a call or in a with', async () => {
    const limited = (how: string) =>
      `slots = asyncio.Semaphore(8)\n\nasync def limited(message):\n    ${how}\n        await pay(message)\n\n`;
    const begun = 'asyncio.create_task(limited(message))  # HERE\n';
    expect(await spawned(begun, limited('async with slots:'))).toContain('a permit taken at `slots`');
    expect(await spawned(begun, limited('if await slots.acquire():'))).toContain('a permit taken at `slots.acquire()`');
    expect(await spawned(begun, limited('with open(limit_file) as file:'))).toBe('hazard');
    const handed = 'threading.Thread(target=limited, args=(message,)).start()  # HERE\n';
    expect(await spawned(handed, limited('async with slots:'))).toContain('a permit taken at `slots`');
  });

  it('what the method looks at in which it stands, called for each', async () => {
    const dispatch = indented(
      `def dispatch(self, message):\n    if self.running >= 8:\n        return\n    ${start}`,
      '    ',
    );
    const text = worker('self.dispatch(message)').replace('class Worker:\n', `class Worker:\n${dispatch}\n`);
    expect(await judged('py/unbounded-spawn', 'worker.py', text)).toContain('the check on line');
  });

  it('a pool that lets in only so many, but only what it starts', async () => {
    const pool = 'from eventlet import GreenPool\npool = GreenPool(8)\n';
    expect(await spawned('pool.spawn_n(handle, message)  # HERE\n', pool)).toBe('`GreenPool` lets in only so many');
    expect(await spawned(start, pool)).toBe('hazard');
    expect(await spawned('pool.spawn_n(handle, message)  # HERE\n', pool.replace('GreenPool(8)', 'make()'))).toBe(
      'hazard',
    );
  });
});

describe('a task for each message in Python is not bounded by', () => {
  it.each([
    ['a permit in the other branch', `if message.empty:\n    await slots.acquire()\nelse:\n    ${start}`],
    ['a permit that nobody waits for', `taken.append(slots.acquire())\n${start}`],
    ['a permit that is taken later', `async def later():\n    await slots.acquire()\n${start}`],
    ['the next of a queue', `await self.jobs.get()\n${start}`],
    ['a permit that is given back', `self.slots.release()\n${start}`],
    ['waiting for something else', `${kept}await other`],
    ['waiting for something else, while nobody keeps it', `${start}await other`],
    [
      'waiting for another thread',
      `worker = threading.Thread(target=handle)  # HERE\nworker.start()\nother_thread.join()`,
    ],
    ['a text that is joined', `${start}print(", ".join(names))`],
    ['what is written', `${start}await writer.drain()`],
    ['a look whether it goes on', `if self.running:\n    ${start}`],
    ['a loop that goes on until somebody stops it', `while self.is_running():\n    ${start}`],
    ['a look whether it has ended', `if not self.running:\n    return\n${start}`],
    ['a look whether somebody stopped it', `if self._stopped.done():\n    return\n${start}`],
    ['a count that is only told', `if self.running >= 8:\n    print("busy")\n${start}`],
    ['the length of the message', `if len(message) > self.size_limit:\n    continue\n${start}`],
    ['the length of the message, at most', `if len(message)>=longest:\n    continue\n${start}`],
    ['a look whether there is anything', `if not len(message.parts):\n    continue\n${start}`],
    ['a word in a comment', `if (\n    message.old  # the most that counts\n):\n    continue\n${start}`],
    ['another loop inside of it that is left', `for part in message.parts:\n    ${start}    break`],
  ])('%s', async (_sentence, each) => {
    expect(await spawned(each)).toBe('hazard');
  });

  it('a group around the loop that receives', async () => {
    const text = worker('group.create_task(handle(message))  # HERE').replace(
      '        async for message in consumer:\n    ',
      '        async with asyncio.TaskGroup() as group:\n          async for message in consumer:\n    ',
    );
    expect(await judged('py/unbounded-spawn', 'worker.py', text)).toBe('hazard');
  });

  it('a limit that there is not unless somebody gives one', async () => {
    const limited = (most: string) =>
      spawned(
        `if most is not None and self.running >= most:\n    continue\n${start}`,
        `def configure(most=${most}):\n    pass\n`,
      );
    expect(await limited('None')).toBe('hazard');
    expect(await limited('8')).toContain('the check on line');
  });
});
