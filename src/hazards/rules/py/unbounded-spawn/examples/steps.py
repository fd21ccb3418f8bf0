import asyncio


class Gateway:
    async def run(self) -> None:
        while True:
            message = await self.socket.recv_multipart()
            if message[0] == b"hello":
                asyncio.create_task(self.heartbeat(30))  # nothing
                asyncio.create_task(self.tidy())  # nothing
                asyncio.create_task(self.watch(message))  # want low: one task per message
            elif message[0] == b"answer":
                asyncio.create_task(self.settle(message))  # nothing
            else:
                asyncio.create_task(self.work(message))  # want low: one task per message

    async def heartbeat(self, seconds) -> None:
        while not self.socket.closed:
            await asyncio.sleep(seconds)
            await self.socket.send(b"alive")

    async def tidy(self) -> None:
        while True:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                return
            self.seen.clear()

    async def watch(self, message) -> None:
        while True:
            await asyncio.sleep(1)
            await self.report(message)

    async def settle(self, message) -> None:
        self.waiting[message[1]].set_result(message)

    async def work(self, message) -> None:
        await self.store.save(message)
