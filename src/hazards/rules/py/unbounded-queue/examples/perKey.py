import asyncio
from asyncio.queues import Queue
from collections import defaultdict, deque


class Store:
    def __init__(self) -> None:
        self._messages = defaultdict(deque)  # want low: queue grows per call
        self._held = defaultdict(deque)  # bounded: _held
        self.lines = Queue()  # want low: queue grows per call
        self.telegrams = asyncio.Queue()  # want low: queue grows per call
        self.running: asyncio.Queue[asyncio.Task] = asyncio.Queue()  # nothing
        self.answers = asyncio.Queue()  # nothing
        self._waiting = {}

    def enqueue(self, name, frame) -> None:
        self._messages[name].appendleft(frame)
        if len(self._held[name]) < 100:
            self._held[name].appendleft(frame)

    def dequeue(self, name):
        return self._messages[name].pop() or self._held[name].pop()

    def line(self, line) -> None:
        self.lines.put_nowait(line)

    def started(self, task) -> None:
        self.running.put_nowait(task)

    def got_response(self, response) -> None:
        self.answers.put_nowait(response)

    async def read(self):
        await self.running.get()
        await self.answers.get()
        return await self.lines.get()

    async def pump(self) -> None:
        while True:
            telegram = await self.telegrams.get()
            if telegram is None:
                await self.telegrams.join()
                break

    def stop(self) -> None:
        self.telegrams.put_nowait(None)

    def hold(self, key, item) -> None:
        self._waiting[key] = deque()  # nothing
        self._waiting[key].append(item)

    def release(self, key) -> None:
        while self._waiting[key]:
            self._waiting[key].popleft()
        del self._waiting[key]


async def by_object(events: asyncio.Queue, post) -> None:
    queues = {}
    while True:
        event = await events.get()
        try:
            await queues[event.key].put(event)
        except KeyError:
            queues[event.key] = asyncio.Queue()  # want medium: queue grows per value
            await queues[event.key].put(event)
            asyncio.create_task(post(queues[event.key]))


class Server:
    def __init__(self):
        self.buffers = defaultdict(deque)  # want low: queue grows per call
        self.parts = deque()  # want low: queue grows per call

    def write(self, sock, data) -> None:
        self.buffers[sock].append(data)
        self.parts.append(data)

    def _flush(self, sock) -> None:
        if len(self.parts) < 2:
            return
        sock.send(self.buffers[sock].popleft() + self.parts.popleft())

    def close(self, sock) -> None:
        del self.buffers[sock]
