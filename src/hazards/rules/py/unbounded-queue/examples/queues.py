import asyncio
import queue

import websockets


class Reader:
    def __init__(self, socket) -> None:
        self.socket = socket
        self.inbox: asyncio.Queue[str] = asyncio.Queue()  # want low: queue grows per message
        self.looked_at = asyncio.Queue()  # bounded: qsize
        self.sized = asyncio.Queue(maxsize=100)  # nothing
        self.endless = asyncio.Queue(maxsize=0)  # want low: queue grows per message
        self.results = asyncio.Queue()  # nothing

    async def read(self) -> None:
        async for message in self.socket.messages():
            await self.inbox.put(message)
            await self.endless.put(message)
            await self.sized.put(message)
            if self.looked_at.qsize() < 100:
                self.looked_at.put_nowait(message)

    async def answer(self) -> None:
        await self.results.put("done")


def threaded(socket) -> None:
    jobs = queue.Queue()  # want low: queue grows per message
    while True:
        jobs.put(socket.recv())


def listen(loop, socket) -> None:
    jobs = asyncio.Queue()  # want low: queue grows per message
    while True:
        loop.call_soon_threadsafe(jobs.put_nowait, socket.recv())


def stages(first: queue.Queue) -> None:
    second = queue.SimpleQueue()  # want medium: queue grows per value
    while True:
        second.put(first_queue.get())
