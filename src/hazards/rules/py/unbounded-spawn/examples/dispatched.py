import asyncio
from collections import deque


class Session:
    def event(self, name, data=None) -> None:
        for handler in self.handlers[name]:
            asyncio.ensure_future(handler(data))  # want low: one task per message

    def route(self, payload) -> None:
        asyncio.create_task(self.store(payload))  # want low: one task per message
        asyncio.create_task(self.refresh())  # nothing

    def _schedule_event(self, coro, name, *arguments):
        wrapped = self.run_event(coro, name, *arguments)
        return self.loop.create_task(wrapped)  # want low: one task per message

    async def waited(self, message) -> None:
        await asyncio.create_task(self.store(message))  # nothing

    async def limited(self, message) -> None:
        await self.slots.acquire()
        asyncio.create_task(self.store(message))  # bounded: slots.acquire

    def all(self) -> None:
        waiting = deque(self.updates)
        while waiting:
            self.loop.create_task(self.store(waiting.popleft()))  # want medium: one task per value


class Joined:
    async def handle_message(self, message) -> None:
        await gather_results(
            (
                asyncio.create_task(self.store(message)),  # bounded: gather_results
                asyncio.create_task(self.index(message)),  # bounded: gather_results
            )
        ).addErrback(unwrap)

    async def handle_event(self, event) -> None:
        started = []
        started.append(asyncio.create_task(self.handle(event)))  # bounded: as_completed
        for done in asyncio.as_completed(started):
            print(done)

    async def handle_packet(self, packet) -> None:
        started = []
        started.append(asyncio.create_task(self.handle(packet)))  # want low: one task per message

    async def process_messages(self, message) -> None:
        async with self._group as group:
            await group.spawn(self.handle, message)  # bounded: group


class OneOfEach:
    def emit(self, message) -> None:
        if message.stream not in self.queues:
            self.queues[message.stream] = Queue()
            asyncio.create_task(self.handle(message))  # nothing
        if message.stream not in self.seen:
            asyncio.create_task(self.handle(message))  # want low: one task per message

    def on_accept(self, message) -> None:
        asyncio.create_task(self.send_pings(message))  # nothing
