import asyncio

import websockets


class Client:
    async def run(self) -> None:
        while True:
            message = await self.websocket.recv()
            if message == "gone":
                await self._connect()
                continue
            self._start_job(message)
            try:
                await self.dispatch("message", message)
            except ValueError as error:
                asyncio.create_task(self.tell(error))  # nothing
            for waiting in self._wait_fors:
                asyncio.create_task(waiting(message))  # nothing

    async def _connect(self) -> None:
        self.websocket = await websockets.connect(self.address)
        self.heart = asyncio.create_task(self.beat())  # nothing

    def _start_job(self, message) -> None:
        asyncio.create_task(self.job(message))  # want high: one task per message
