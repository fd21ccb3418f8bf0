/** Small packages whose hazard no file shows by itself. */
interface SmallPackage {
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
  {
    language: 'TypeScript',
    title: 'a consumer hands each message to a class that keeps it',
    files: {
      'src/orders.ts': `export class Orders {
  private waiting: string[] = [];

  take(order: string): void {
    this.waiting.push(order);
  }

  next(): string | undefined {
    return this.waiting.shift();
  }
}
`,
      'src/consume.ts': `import { Kafka } from 'kafkajs';
import { Orders } from './orders';

export async function consume(kafka: Kafka, orders: Orders) {
  const consumer = kafka.consumer({ groupId: 'shop' });
  await consumer.run({
    eachMessage: async ({ message }) => {
      orders.take(String(message.value));
    },
  });
}
`,
    },
    rule: 'js/unbounded-queue',
    place: 'src/orders.ts:2',
    way: '`orders.take(…)` on line 8 of src/consume.ts',
    bounded: {
      'src/consume.ts': `import { Kafka } from 'kafkajs';
import { Orders } from './orders';

export async function consume(kafka: Kafka, orders: Orders) {
  const consumer = kafka.consumer({ groupId: 'shop' });
  await consumer.run({
    eachMessage: async ({ message, pause }) => {
      orders.take(String(message.value));
      const resume = pause();
      setTimeout(resume, 100);
    },
  });
}
`,
    },
  },
  {
    language: 'JavaScript',
    title: 'every session of a broadcast writes to its socket',
    files: {
      'session.js': `class Session {
  constructor(socket) {
    this.socket = socket;
  }

  deliver(frame) {
    this.socket.write(frame);
  }
}
module.exports = { Session };
`,
      'broadcast.js': `const { EventEmitter } = require('node:events');

class Broadcast {
  sendAll(frame) {
    for (const session of this.sessions.values()) {
      session.deliver(frame);
    }
  }
}
module.exports = { Broadcast };
`,
    },
    rule: 'js/ignored-write',
    place: 'session.js:7',
    way: '`session.deliver(…)` on line 6 of broadcast.js',
    bounded: {
      'broadcast.js': `class Broadcast {
  stop(frame) {
    for (const session of this.sessions.values()) {
      session.deliver(frame);
    }
  }
}
module.exports = { Broadcast };
`,
    },
  },
  {
    language: 'Go',
    title: 'a consumer loop calls a function of its package that starts a goroutine',
    files: {
      'shop/worker.go': `package shop

func process(order []byte) {
	go ship(order)
}

func ship(order []byte) {}
`,
      'shop/consume.go': `package shop

import (
	"context"

	"github.com/segmentio/kafka-go"
)

func consume(ctx context.Context, r *kafka.Reader) error {
	for {
		m, err := r.FetchMessage(ctx)
		if err != nil {
			return err
		}
		process(m.Value)
	}
}
`,
    },
    rule: 'go/unbounded-spawn',
    place: 'shop/worker.go:4',
    way: '`process(…)` on line 15 of shop/consume.go',
    bounded: {
      'shop/consume.go': `package shop

import (
	"context"

	"github.com/segmentio/kafka-go"
)

func consume(ctx context.Context, r *kafka.Reader, slots chan struct{}) error {
	for {
		m, err := r.FetchMessage(ctx)
		if err != nil {
			return err
		}
		slots <- struct{}{}
		process(m.Value)
	}
}
`,
    },
  },
  {
    language: 'Java',
    title: 'a listener hands each message to a class that keeps it',
    files: {
      'shop/Inbox.java': `package shop;

import java.util.ArrayDeque;
import java.util.Queue;

class Inbox {
  private final Queue<String> waiting = new ArrayDeque<>();

  synchronized void accept(String order) {
    waiting.add(order);
  }

  synchronized String next() {
    return waiting.poll();
  }
}
`,
      'shop/Orders.java': `package shop;

import org.springframework.kafka.annotation.KafkaListener;

class Orders {
  private final Inbox inbox = new Inbox();

  @KafkaListener(topics = "orders")
  void on(String order) {
    inbox.accept(order);
  }
}
`,
    },
    rule: 'java/unbounded-queue',
    place: 'shop/Inbox.java:7',
    way: '`inbox.accept(…)` on line 10 of shop/Orders.java',
    bounded: {
      'shop/Orders.java': `package shop;

import java.util.concurrent.Semaphore;
import org.springframework.kafka.annotation.KafkaListener;

class Orders {
  private final Inbox inbox = new Inbox();
  private final Semaphore room = new Semaphore(100);

  @KafkaListener(topics = "orders")
  void on(String order) throws InterruptedException {
    room.acquire();
    inbox.accept(order);
  }
}
`,
    },
  },
  {
    language: 'Java',
    title: 'each request hands a task to an executor of another class',
    files: {
      'shop/Mailer.java': `package shop;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class Mailer {
  private final ExecutorService mails = Executors.newFixedThreadPool(4);

  public void deliver(String order) {
    mails.submit(() -> order.trim());
  }
}
`,
      'shop/Orders.java': `package shop;

import org.springframework.web.bind.annotation.PostMapping;

class Orders {
  private final Mailer mailer = new Mailer();

  @PostMapping("/orders")
  public void post(String order) {
    mailer.deliver(order);
  }
}
`,
    },
    rule: 'java/unbounded-executor',
    place: 'shop/Mailer.java:7',
    way: '`mailer.deliver(…)` on line 10 of shop/Orders.java',
    bounded: {
      'shop/Orders.java': `package shop;

import java.util.concurrent.Semaphore;
import org.springframework.web.bind.annotation.PostMapping;

class Orders {
  private final Mailer mailer = new Mailer();
  private final Semaphore room = new Semaphore(100);

  @PostMapping("/orders")
  public void post(String order) throws InterruptedException {
    room.acquire();
    mailer.deliver(order);
  }
}
`,
    },
  },
  {
    language: 'Java',
    title: 'a listener calls a method with @Async for each message',
    files: {
      'shop/Mailer.java': `package shop;

import org.springframework.scheduling.annotation.Async;

class Mailer {
  @Async
  public void mail(String order) {
    order.trim();
  }
}
`,
      'shop/Orders.java': `package shop;

import org.springframework.kafka.annotation.KafkaListener;

class Orders {
  private final Mailer mailer = new Mailer();

  @KafkaListener(topics = "orders")
  void on(String order) {
    mailer.mail(order);
  }
}
`,
    },
    rule: 'java/unbounded-executor',
    place: 'shop/Mailer.java:6',
    way: 'Not shown here: whether the application gives that an end',
    bounded: {
      'shop/Orders.java': `package shop;

import java.util.concurrent.Semaphore;
import org.springframework.kafka.annotation.KafkaListener;

class Orders {
  private final Mailer mailer = new Mailer();
  private final Semaphore room = new Semaphore(100);

  @KafkaListener(topics = "orders")
  void on(String order) throws InterruptedException {
    room.acquire();
    mailer.mail(order);
  }
}
`,
    },
  },
  {
    language: 'Java',
    title: 'a listener calls a method of a class with @Async for each message',
    files: {
      'shop/Mailer.java': `package shop;

import org.springframework.scheduling.annotation.Async;

@Async
class Mailer {
  public void mail(String order) {
    order.trim();
  }
}
`,
      'shop/Orders.java': `package shop;

import org.springframework.kafka.annotation.KafkaListener;

class Orders {
  private final Mailer mailer = new Mailer();

  @KafkaListener(topics = "orders")
  void on(String order) {
    mailer.mail(order);
  }
}
`,
    },
    rule: 'java/unbounded-executor',
    place: 'shop/Mailer.java:5',
    way: 'Not shown here: whether the application gives that an end',
    bounded: {
      'shop/Orders.java': `package shop;

import java.util.concurrent.Semaphore;
import org.springframework.kafka.annotation.KafkaListener;

class Orders {
  private final Mailer mailer = new Mailer();
  private final Semaphore room = new Semaphore(100);

  @KafkaListener(topics = "orders")
  void on(String order) throws InterruptedException {
    room.acquire();
    mailer.mail(order);
  }
}
`,
    },
  },
];
