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

    async def ask(self, name):
        answers = asyncio.Queue(1)  # nothing
        await self.basic_consume(name, answers.put)
        return await answers.get()


class Writer:
    def __init__(self, size=0, room=100):
        self.records = multiprocessing.Manager().Queue()  # want medium: queue grows per value
        self.lines = queue.Queue(size)  # want low: queue grows per value
        self.names = queue.Queue(room)  # nothing

    def write(self, record) -> None:
        self.records.put(record)
        self.lines.put(record)
        self.names.put(record)

    def run(self) -> None:
        while True:
            self.store(self.records.get(), self.lines.get(), self.names.get())
