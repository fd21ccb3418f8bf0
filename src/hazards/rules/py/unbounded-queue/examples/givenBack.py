import asyncio
import multiprocessing
import queue


class Actor:
    @staticmethod
    def make_inbox():
        inbox: queue.Queue = queue.Queue()  # want low: queue grows per call
        return inbox

    @staticmethod
    def make_results():
        results = queue.Queue()  # nothing
        return results

    @staticmethod
    def collect(folder):
        found = queue.Queue()  # nothing
        for each in folder:
            found.put(each)
        return found


class Client:
    async def consume(self, name):
        messages = asyncio.Queue()  # want low: queue grows per call
        await self.basic_consume(name, messages.put)
        while True:
            yield await messages.get()

    async def listen(self, name):
        heard = asyncio.Queue()  # want low: queue grows per call
        await self.subscribe(name, lambda message: heard.put_nowait(message))
        while True:
            yield await heard.get()

    async def follow(self, name):
        lines = asyncio.Queue()  # want low: queue grows per call
        await self.basic_consume(name, lambda line: self.run_callback(lines.put, line))
        while True:
            yield await asyncio.wait_for(lines.get(), 1)

    def end(self, loop):
        marks = asyncio.Queue()  # nothing
        loop.call_soon(lambda: marks.put_nowait(None))
        return self.first(marks)

    async def ask(self, name):
        answers = asyncio.Queue(1)  # nothing
        await self.basic_consume(name, answers.put)
        return await answers.get()


class Writer:
    def __init__(self, size=0, room=100):
        self.records = multiprocessing.Manager().Queue()  # want low: queue grows per value
        self.lines = queue.Queue(size)  # want low: queue grows per value
        self.names = queue.Queue(room)  # nothing

    def write(self, record) -> None:
        self.records.put(record)
        self.lines.put(record)
        self.names.put(record)

    def run(self) -> None:
        while True:
            self.store(self.records.get(), self.lines.get(), self.names.get())
