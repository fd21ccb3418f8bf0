import asyncio

from prometheus_client import Gauge

depth = Gauge("stored", "What waits to be stored")


class Pipeline:
    def __init__(self) -> None:
        self.parsed: asyncio.Queue[str] = asyncio.Queue(maxsize=100)  # want low: depth not measured
        self.stored: asyncio.Queue[str] = asyncio.Queue(maxsize=100)  # bounded: self.stored.qsize()
        self.other = asyncio.Event()  # nothing

    def measure(self) -> None:
        depth.set(self.stored.qsize())
