import asyncio
import queue
import threading
from collections import deque

from .multiprocessing import SpawnContext


class Bot:
    def loop(self, callback) -> None:
        waiting = queue.Queue()  # want low: queue grows per call

        def collect() -> None:
            while True:
                callback(waiting.get())

        def relay(update) -> int:
            waiting.put(update["message"])
            return update["id"]

        def poll() -> None:
            for update in self.get_updates():
                relay(update)

        threading.Thread(target=collect).start()
        poll()

    def listener(self):
        heard = queue.Queue()  # want low: queue grows per call
        self.microphone.add(heard)
        return Listener(self.microphone, heard)


class Executor:
    def __init__(self) -> None:
        self.waiting_tasks = SpawnContext.Queue()  # want low: queue grows per call

    def submit_task(self, task) -> None:
        self.waiting_tasks.put_nowait(task)

    def work(self) -> None:
        self.run(self.waiting_tasks.get())


class Protocol(asyncio.Protocol):
    def __init__(self) -> None:
        self.received = asyncio.Queue()  # bounded: pause_reading

    def data_received(self, data) -> None:
        self.received.put_nowait(data)
        self.transport.pause_reading()

    async def receive(self):
        item = await self.received.get()
        self.transport.resume_reading()
        return item


class Connection:
    def __init__(self, most) -> None:
        self.numbers = deque(range(most))  # nothing

    def on_answer(self, message) -> None:
        self.numbers.append(message.number)

    def number(self) -> int:
        return self.numbers.popleft()
