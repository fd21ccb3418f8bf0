import asyncio
import threading

import aiokafka
import websockets
from concurrent.futures import ThreadPoolExecutor


async def consume(consumer: aiokafka.AIOKafkaConsumer) -> None:
    async for message in consumer:
        asyncio.create_task(handle(message))  # want high: one task per message


async def committed(consumer: aiokafka.AIOKafkaConsumer) -> None:
    while True:
        message = await consumer.getone()
        asyncio.ensure_future(handle(message))  # want critical: one task per message
        await consumer.commit()


async def permitted(consumer: aiokafka.AIOKafkaConsumer) -> None:
    semaphore = asyncio.Semaphore(8)
    async for message in consumer:
        await semaphore.acquire()
        asyncio.create_task(handle(message))  # bounded: semaphore.acquire()


async def counted(consumer: aiokafka.AIOKafkaConsumer) -> None:
    running = set()
    async for message in consumer:
        if len(running) >= 100:
            await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        running.add(asyncio.create_task(handle(message)))  # bounded: check


async def in_batches(consumer: aiokafka.AIOKafkaConsumer) -> None:
    while True:
        batch = await consumer.getmany(timeout_ms=1000)
        async with asyncio.TaskGroup() as group:
            for messages in batch.values():
                group.create_task(handle(messages))  # bounded: TaskGroup


class Server:
    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(10)
        self._jobs = asyncio.Queue()

    async def serve(self, socket) -> None:
        while True:
            text = await socket.recv()
            asyncio.create_task(self.limited(text))  # bounded: self._slots
            self.dispatch(text)

    async def limited(self, text: str) -> None:
        async with self._slots:
            await handle(text)

    def dispatch(self, text: str) -> None:
        task = asyncio.create_task(handle(text))  # want low: one task per message
        task.add_done_callback(print)

    async def work(self) -> None:
        while not self._closed:
            job = await self._jobs.get()
            asyncio.create_task(handle(job))  # want medium: one task per value

    async def wait_for_either(self) -> None:
        while True:
            message = await self.socket.recv()
            other = asyncio.create_task(self._jobs.get())  # nothing
            await other

    async def stop(self, socket) -> None:
        async for text in socket.messages:
            asyncio.create_task(handle(text))  # bounded: stop


def accept(listener) -> None:
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=handle, args=(connection,)).start()  # want low: one task per connection


def pool(consumer) -> None:
    executor = ThreadPoolExecutor(max_workers=4)
    while True:
        message = consumer.receive_message()
        executor.submit(handle, message)  # nothing


async def once(consumer: aiokafka.AIOKafkaConsumer) -> None:
    asyncio.create_task(handle(consumer))  # nothing
    for name in ("a", "b"):
        asyncio.create_task(handle(name))  # nothing
