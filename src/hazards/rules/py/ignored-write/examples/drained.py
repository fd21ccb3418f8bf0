import asyncio


class Peer:
    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self.writer = writer

    async def send(self, message) -> None:
        self.writer.write(message)  # bounded: drain
        await self.writer.drain()
