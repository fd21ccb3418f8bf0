/** Small packages whose hazard no file shows by itself. */
export interface SmallPackage {
  language: string;
  title: string;
  files: Record<string, string>;
  rule: string;
  /** `path:line`. */
  place: string;
  /** What the message says of the way there. */
  way: string;
  /** The file that calls, with a bound. */
  bounded: Record<string, string>;
}

export const packages: readonly SmallPackage[] = [
  {
    language: 'Python',
    title: 'a consumer loop calls an imported function that starts a task',
    files: {
      'shop/worker.py': `import asyncio

async def ship(order):
    await asyncio.sleep(1)

async def process(order):
    asyncio.create_task(ship(order))
`,
      'shop/consume.py': `from aiokafka import AIOKafkaConsumer
from .worker import process

async def consume(consumer: AIOKafkaConsumer):
    async for message in consumer:
        await process(message.value)
`,
    },
    rule: 'py/unbounded-spawn',
    place: 'shop/worker.py:7',
    way: '`process(…)` on line 6 of shop/consume.py',
    bounded: {
      'shop/consume.py': `from aiokafka import AIOKafkaConsumer
from .worker import process

async def consume(consumer: AIOKafkaConsumer, slots):
    async for message in consumer:
        await slots.acquire()
        await process(message.value)
`,
    },
  },
  {
    language: 'Python',
    title: 'a queue of one class is filled by the handler of another',
    files: {
      'shop/session.py': `import asyncio

class Session:
    def __init__(self):
        self.waiting = asyncio.Queue()

    async def next(self):
        return await self.waiting.get()
`,
      'shop/handler.py': `import aio_pika
from .session import Session

class Handler:
    def __init__(self, session: Session):
        self.session = session

    async def start(self, queue):
        await queue.consume(self.deliver)

    async def deliver(self, message):
        await self.session.waiting.put(message.body)
`,
    },
    rule: 'py/unbounded-queue',
    place: 'shop/session.py:5',
    way: '`self.session.waiting.put(…)` on line 12 of shop/handler.py',
    bounded: {
      'shop/handler.py': `import aio_pika
from .session import Session

class Handler:
    def __init__(self, session: Session):
        self.session = session

    async def start(self, queue):
        await queue.consume(self.deliver)

    async def deliver(self, message):
        if self.session.waiting.qsize() > 1000:
            return
        await self.session.waiting.put(message.body)
`,
    },
  },
];
