import asyncio


class Connection:
    def __init__(self, reader) -> None:
        self.reader = reader
        self.running = []

    async def read(self) -> None:
        while True:
            while self.running and self.running[0].done():
                self.running.pop(0)
            header = await asyncio.wait_for(Header.from_stream(self.reader), timeout=60)
            self.running.append(asyncio.create_task(self.handle(header)))  # want high: one task per packet

    async def read_lines(self) -> None:
        while True:
            line = await self.reader.readline()
            while len(self.running) > 100:
                await asyncio.sleep(0.01)
            asyncio.create_task(self.handle(line))  # bounded: the check

    async def greet(self) -> None:
        line = await self.reader.readline()
        asyncio.create_task(self.handle(line))  # nothing

    async def read_bytes(self) -> None:
        while True:
            data = await self.reader.read(65535)
            for command in self.parse(data):
                if command.opens:
                    asyncio.create_task(self.handle(command))  # nothing

    async def handle(self, piece) -> None:
        print(piece)
