import asyncio
from concurrent.futures import ThreadPoolExecutor

import grpc
from pyee.executor import ExecutorEventEmitter

from .runner import ListenerRunner


class App:
    def __init__(self, emitter=None) -> None:
        self.emitter = emitter or ExecutorEventEmitter()  # want low: pool takes one task per call
        listeners = ThreadPoolExecutor(max_workers=5)  # want low: pool takes one task per call
        self.runner = ListenerRunner(executor=listeners)
        self.own = ThreadPoolExecutor(max_workers=5)  # nothing

    def serve(self) -> None:
        self.server = grpc.server(ThreadPoolExecutor(max_workers=10))  # want low: pool takes one task per call
        self.limited = grpc.server(
            ThreadPoolExecutor(max_workers=10),  # nothing
            maximum_concurrent_rpcs=100,
        )

    async def on_message(self, message) -> None:
        loop = asyncio.get_running_loop()
        loop.run_in_executor(self.own, self.save, message)  # want low: pool takes one task per message
        await loop.run_in_executor(self.own, self.save, message)  # nothing
