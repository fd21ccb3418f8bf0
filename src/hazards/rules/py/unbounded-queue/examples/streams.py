import math
from asyncio import Queue

import anyio
import trio


class Subscription:
    def __init__(self) -> None:
        self.sender, self.receiver = anyio.create_memory_object_stream[bytes](math.inf)  # want low: queue grows per call
        self.few, self.few_out = anyio.create_memory_object_stream[bytes](100)  # nothing
        self.none, self.none_out = anyio.create_memory_object_stream()  # nothing

    def on_push(self, push: bytes) -> None:
        self.sender.send_nowait(push)


async def relay(websocket) -> None:
    sender, receiver = trio.open_memory_channel(math.inf)  # want medium: queue grows per value
    while True:
        await sender.send(await websocket.receive())


class Hub:
    def __init__(self, backend) -> None:
        self.backend = backend
        self._subscribers = {}

    async def _listener(self) -> None:
        while True:
            event = await self.backend.next_published()
            for queue in list(self._subscribers.get(event.channel, [])):
                await queue.put(event)

    async def subscribe(self, channel):
        queue: Queue[Event | None] = Queue()  # want low: queue grows per call
        self._subscribers[channel].add(queue)
        yield Subscriber(queue)
