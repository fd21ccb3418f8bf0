import asyncio

from .aio import Chan
from .waiting import JobQueue, PollableQueue, RingDeque


class Transport:
    def __init__(self) -> None:
        self.send_queue = PollableQueue()  # want low: queue grows per value
        self.frames = Chan[bytes]()  # want low: queue grows per call
        self.recent = RingDeque(100)  # nothing
        self.jobs = JobQueue()  # nothing
        self.unused = PollableQueue()  # nothing

    def send(self, frame) -> None:
        self.send_queue.put(frame)
        self.recent.append(frame)

    def push_frame(self, frame) -> None:
        self.frames.send_nowait(frame)

    def submit(self, job) -> None:
        self.jobs.put(job)

    async def run_sender(self) -> None:
        while True:
            print(self.send_queue.get(), await self.frames.recv(), self.recent.pop(), self.jobs.get())


class Crawler:
    def __init__(self) -> None:
        self.addresses = asyncio.Queue()  # want low: queue grows per call
        self.pages = asyncio.Queue()  # bounded: self.pages.join()

    def process_page(self, page) -> None:
        for address in page.links:
            self.addresses.put_nowait(address)

    async def work(self) -> None:
        while True:
            await self.addresses.get()
            await self.pages.get()

    async def crawl(self, first) -> None:
        for address in first:
            self.addresses.put_nowait(address)
        await self.addresses.join()

    async def send(self, page) -> None:
        self.pages.put_nowait(page)
        await self.pages.join()
