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
        self.watched = asyncio.Queue()  # nothing
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
        self._by_name[name] = asyncio.Queue()  # want high: queue grows per message
        return self._by_name[name]

    def collect(self, rows):
        own = asyncio.Queue()  # nothing
        for row in rows:
            own.put_nowait(row)
        return own

    def publish(self, message) -> None:
        for inbox in self._subscribers:
            inbox.put_nowait(message)


async def forward(socket, topics) -> None:
    async for message in socket.messages():
        topics._by_name[message.name].put_nowait(message)
