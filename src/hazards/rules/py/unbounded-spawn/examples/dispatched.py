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
