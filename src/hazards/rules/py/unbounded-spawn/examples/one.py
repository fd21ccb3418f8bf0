import asyncio
import threading

from aiokafka import AIOKafkaConsumer


class Session:
    """What an object has one of is started again rather than once more."""

    def __init__(self, consumer: AIOKafkaConsumer) -> None:
        self._consumer = consumer
        self._aggregating = None
        self._alive = threading.Thread(target=self._ping)

    async def run(self) -> None:
        async for message in self._consumer:
            if message.key == b"flushed":
                await self._restart()
            elif message.key == b"ready":
                self._establish()
            elif message.key == b"watch":
                self._watch = asyncio.create_task(self._look())  # nothing
            elif message.key == b"leave":
                asyncio.create_task(self._reconnect())  # want low: one task per message
            elif message.key == b"read":
                self._create_reader_task()
            elif message.key == b"reload":
                await worker.close()
                asyncio.create_task(worker.run())  # nothing
            elif message.key not in self._tasks:
                self._tasks[message.key] = asyncio.create_task(self._save(message))  # nothing
            elif message.key == b"speak":
                speaking, _ = self._speak(message)
                await speaking
            else:
                self._last = asyncio.create_task(self._save(message))  # want high: one task per message
                asyncio.create_task(self._save(message))  # want high: one task per message

    async def _restart(self) -> None:
        if self._aggregating:
            await cancelled(self._aggregating)
        self._aggregating = asyncio.create_task(self._aggregate())  # nothing

    def _establish(self) -> None:
        if not self._alive.is_alive():
            self._alive = threading.Thread(target=self._ping)  # nothing

    def _create_reader_task(self) -> None:
        if not self._reading:
            self._reading = asyncio.create_task(self._read())  # nothing

    def _speak(self, message):
        said = []
        task = asyncio.create_task(self._say(message, said))  # nothing
        return task, said
