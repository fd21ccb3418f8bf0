import asyncio
import queue
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import cast

import paho.mqtt.client as mqtt


class OrderedQueue(asyncio.Queue):
    """Gives the most urgent first."""


@dataclass
class Mailbox:
    letters: asyncio.Queue = field(default_factory=asyncio.Queue)  # want low: queue grows per call
    parcels: queue.Queue = field(default_factory=lambda: queue.Queue())  # want low: queue grows per call
    stamps: asyncio.Queue = field(default_factory=lambda: asyncio.Queue(10))  # nothing

    def deliver(self, letter, parcel) -> None:
        self.letters.put_nowait(letter)
        self.parcels.put(parcel)
        self.stamps.put_nowait(letter)

    async def read(self):
        await self.stamps.get()
        return await self.letters.get(), self.parcels.get()


class Plan:
    def __init__(self, steps) -> None:
        self.steps = steps


def planned() -> Plan:
    return Plan(steps=asyncio.Queue())  # want low: queue grows per call


def add_step(plan: Plan, step) -> None:
    plan.steps.put_nowait(step)


class Source:
    def __init__(self, q) -> None:
        self.q = q


class Mqtt(Source):
    def __init__(self) -> None:
        super().__init__(q=queue.Queue())  # want high: queue grows per message
        self.client = mqtt.Client()
        self.client.on_message = self.keep

    def keep(self, client, userdata, message) -> None:
        self.q.put(message)


class Connection:
    def __init__(self, given=None) -> None:
        self.lines = OrderedQueue()  # want low: queue grows per value
        self.frames = given or asyncio.Queue()  # want low: queue grows per call
        self.events = None
        self.inbox = asyncio.Queue()  # want low: queue grows per call
        self.pages = asyncio.Queue()  # nothing
        self.waiters = deque()  # nothing
        self.recent = deque()  # nothing
        self.by_topic = defaultdict(asyncio.Queue)  # want low: queue grows per call
        self.watched = asyncio.Queue()  # want low: queue grows per call
        self.running = True

    def open(self) -> None:
        self.events = asyncio.Queue()  # want low: queue grows per call

    def send_line(self, line) -> None:
        if not self.running:
            return
        self.lines.put_nowait(line)

    async def run(self) -> None:
        while True:
            print(await self.lines.get())

    def on_frame(self, frame) -> None:
        frames = self.frames
        frames.put_nowait(frame)
        cast(asyncio.Queue, self.events).put_nowait(frame)
        self.watched.put_nowait(frame)
        if self.watched.qsize() > 100:
            print(f"{self.watched.qsize()} wait")

    async def next(self):
        left = self.watched.qsize()
        if left:
            await self.watched.get()
        return await self.frames.get(), await self.events.get()

    async def arrived(self):
        return await self.inbox.get()

    async def page(self):
        if self.pages.empty():
            await self.fill()
        return self.pages.get_nowait()

    async def fill(self) -> None:
        for page in await self.ask():
            self.pages.put_nowait(page)

    def wait(self, waiter):
        self.waiters.append(waiter)

    def wake(self):
        self.waiters.popleft()

    def note(self, time) -> None:
        self.recent.append(time)
        while self.recent[0] < time - 60:
            self.recent.popleft()

    def deliver(self, topic, message) -> None:
        self.by_topic[topic].put_nowait(message)


def stream(client):
    jobs = queue.Queue()  # want low: queue grows per call
    seen = queue.Queue()  # nothing

    def arrives(job) -> None:
        jobs.put(job)

    def note() -> None:
        seen.put(1)

    client.watch(arrives)
    note()
    seen.get()
    return jobs.get()
