import queue
import asyncio
import collections
from collections import deque


class Sender:
    def __init__(self, transport) -> None:
        self.transport = transport
        self.pending = asyncio.Queue()  # want low: queue grows per value
        self.limited = asyncio.Queue(10)  # nothing
        self.replies = asyncio.Queue()  # nothing

    def send_soon(self, message) -> None:
        self.pending.put_nowait(message)
        self.limited.put_nowait(message)

    def start_replay(self, messages) -> None:
        for message in messages:
            self.replies.put_nowait(message)

    async def run(self) -> None:
        while True:
            await self.transport.send(await self.pending.get())

    async def replay(self) -> None:
        while True:
            await self.transport.send(await self.replies.get())


class Watched:
    def __init__(self) -> None:
        self.backlog = asyncio.Queue()  # bounded: qsize

    async def publish(self, message) -> None:
        if self.backlog.qsize() > 1000:
            raise RuntimeError("full")
        await self.backlog.put(message)

    async def _next(self):
        return await self.backlog.get()

    async def run(self) -> None:
        while not self.closed:
            print(await self._next())


class Packets(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.waiting = deque()  # want high: queue grows per packet
        self.newest = collections.deque(maxlen=100)  # nothing
        self.all = deque()  # nothing

    def datagram_received(self, data, address) -> None:
        self.waiting.append(data)
        self.newest.append(data)
        self.all.append(data)

    def take(self):
        self.newest.popleft()
        return self.waiting.popleft()


class ChannelQueue(queue.Queue):
    def __init__(self, name: str, log) -> None:
        super().__init__()
        self.name = name
        self.log = log


class Channels:
    def __init__(self, log) -> None:
        self.shell = ChannelQueue("shell", log)  # want low: queue grows per call


class Default:
    def __init__(self, value) -> None:
        self.value = value


class Bot:
    def __init__(self) -> None:
        self.updates = Default(asyncio.Queue())  # want low: queue grows per call
        self.messages = deque()  # want low: queue grows per call

    def enqueue_message(self, message) -> None:
        self.messages.append(message)

    async def loop(self, send) -> None:
        for message in self.messages:
            await send(message)
        self.messages.clear()


async def listen(loop, Protocol):
    received = asyncio.Queue()  # want low: queue grows per call
    await loop.create_datagram_endpoint(lambda: Protocol(received))
    return received
