import asyncio
import queue
from collections import deque

import websockets


class Connector:
    lines: queue.Queue = queue.Queue()  # want low: queue grows per call

    def __init__(self, connect) -> None:
        self.updates = asyncio.Queue()  # want low: queue grows per call
        self.connection = connect(inbox=self.updates)
        self.events = asyncio.Queue()  # want low: queue grows per call
        self.watched = asyncio.Queue()  # bounded: qsize
        self.limited = asyncio.Queue(10)  # nothing
        self.replies = asyncio.Queue()  # nothing
        self.wakes = asyncio.Queue()  # nothing
        self.retries = asyncio.Queue()  # nothing
        self.unsent = deque()  # want low: queue grows per call
        self.seen = deque()  # nothing

    async def on_request(self, request) -> None:
        self.events.put_nowait(request.body)
        self.lines.put(request.line)
        self.limited.put_nowait(request.body)
        self.wakes.put_nowait(None)
        self.seen.append(request)
        if self.watched.qsize() < 10:
            self.watched.put_nowait(request)

    def postpone(self, message) -> None:
        self.unsent.append(message)

    def on_reply(self, reply) -> None:
        self.replies.put_nowait(reply)

    def again(self) -> None:
        self.retries.put_nowait(self.retries.get_nowait())

    async def close(self) -> None:
        await self.events.join()

    async def next(self):
        await self.wakes.get()
        await self.watched.get()
        await self.replies.get()
        self.lines.get()
        self.unsent.popleft()
        return await self.events.get()


class Topics:
    def __init__(self) -> None:
        self._subscribers = []
        self._by_name = {}

    def subscribe(self):
        inbox = asyncio.Queue()  # want low: queue grows per call
        self._subscribers.append(inbox)
        return inbox

    def named(self, name):
        self._by_name[name] = asyncio.Queue()  # want low: queue grows per message
        return self._by_name[name]

    def collect(self, rows):
        own = asyncio.Queue()  # nothing
        for row in rows:
            own.put_nowait(row)
        return own

    def publish(self, message) -> None:
        for inbox in self._subscribers:
            inbox.put_nowait(message)


class Device:
    INCOMING = queue.Queue()  # want low: queue grows per call
    ENDLESS = queue.Queue(-1)  # want low: queue grows per call
    FEW = queue.Queue()  # bounded: Device.FEW.qsize()

    def __receive(self, message) -> None:
        Device.INCOMING.put(message)
        self.ENDLESS.put((self.name, message))
        depth = Device.FEW.qsize()
        if depth < 100:
            Device.FEW.put(message)

    def describe(self) -> dict:
        depth = Device.INCOMING.qsize()
        return {"depth": depth}

    def run(self) -> None:
        message = Device.INCOMING.get()
        self.handle(message, Device.ENDLESS.get(), Device.FEW.get())


jobs = queue.Queue(maxsize=0)  # want low: queue grows per call
again = queue.Queue()  # nothing


def on_message(client, userdata, message) -> None:
    jobs.put(message)


def later() -> None:
    again.put(again.get())


def cleanup() -> None:
    jobs.join()


def work() -> None:
    job = jobs.get()
    again.get()
    print("waiting: %d" % jobs.qsize(), job)


async def forward(socket, topics) -> None:
    async for message in socket.messages():
        topics._by_name[message.name].put_nowait(message)
