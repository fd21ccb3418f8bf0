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
        asyncio.create_task(self.job(message))  # want low: one task per message


class Peer:
    def handle_message(self, message) -> None:
        asyncio.create_task(self.answer(message))  # want low: one task per message
        asyncio.create_task(self.end(message.reason))  # nothing: it ends once

    def abort_with(self, message) -> None:
        asyncio.create_task(self.answer(message))  # nothing: once for each connection

    def handle_connection_success(self, conn) -> None:
        asyncio.create_task(self.listen_to(conn))  # nothing: a server that was chosen

    def handle_userauth(self, packet: SSHPacket) -> None:
        asyncio.create_task(self.finish_login(packet))  # nothing: a step of a handshake

    def generate_reply(self, message=None) -> None:
        asyncio.create_task(self.answer(message))  # nothing: an option is no item

    def handle_event(self, event) -> None:
        self.loop.call_later(1, lambda: asyncio.create_task(self.finish_turn(event)))  # nothing: a timer of its own

    def fire(self, event):
        started = [asyncio.create_task(handler(event)) for handler in self.handlers]  # bounded: gather
        return asyncio.gather(*started)
