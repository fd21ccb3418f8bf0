import asyncio
import threading


class Charger:
    """Runs hooks for what its peer sends."""

    async def route(self, msg, events=True):
        payload = self.convert(msg.payload)
        answer = self.hook(**payload)
        asyncio.ensure_future(answer)  # want low: one task per message
        asyncio.create_task(self.watch(events))  # nothing

    async def after_send(self, message):
        await self.report(f"/sent/{message.name}")

    async def report(self, address):
        asyncio.create_task(self.post(address))  # want low: one task per message

    async def handle_next(self):
        line = await self.queue.get()
        asyncio.ensure_future(self.answer(line))  # want medium: one task per value

    async def work(self):
        while not self.closed:
            await self.handle_next()

    async def dispatch_jobs(self):
        while not self.stopped.is_set():
            async for job in self.fetch_jobs(10):
                asyncio.create_task(self.run_job(job))  # want medium: one task per value

    async def once(self):
        async for row in self.rows(10):
            asyncio.create_task(self.run_job(row))  # nothing


class Lines:
    def __init__(self, server) -> None:
        self.server = server

    async def on_data(self, data) -> None:
        self.server.buffer += data
        while self.server.has_line():
            line = self.server.next_line()
            asyncio.create_task(self.server.handle(line))  # want low: one task per message

    def datachange_notification(self, node, data) -> None:
        self.last = asyncio.create_task(self.server.save(node, data.value))  # want low: one task per message

    async def _connected(self, make_handler, reader, writer) -> None:
        handler = make_handler(reader, writer)
        asyncio.create_task(handler.run())  # want low: one task per connection


class Registry:
    def create_task(self, message):
        return Task(message.name, self.create_task(message.next))  # nothing


class Server:
    def _accept_method(self, sock) -> None:
        threading.Thread(target=self.serve, args=(sock,)).start()  # want low: one task per connection

    async def process_update(self, update) -> None:
        if not (
            # if nothing is running with it
            self.blocking
        ):
            self.create_task(self.handle(update))  # want low: one task per message

    def create_task(self, work):
        return self._create_task(work)

    def _create_task(self, work):
        return asyncio.create_task(work)


class Session:
    async def receive(self, connection) -> None:
        while True:
            packet = await connection.recv()
            self.loop.create_task(self.handle(packet))  # want medium: one task per value

    def read_packets(self, Packet):
        while True:
            packet = yield from Packet.read(self.reader)
            asyncio.ensure_future(self.handle(packet), loop=self.loop)  # want high: one task per packet

    async def throttled(self, message) -> None:
        await self.group.spawn(self.handle(message))  # want low: one task per message
