import asyncio
import threading

from . import protocol
from .background import tasks


class CallThread(threading.Thread):
    def __init__(self, method, arguments):
        super().__init__(daemon=True)


class Server:
    def _trigger_event(self, event, *arguments, later=False):
        if event in self.handlers:

            def run_handler():
                return self.handlers[event](*arguments)

            if later:
                return self.start_background_task(run_handler)  # want low: one task per message
            return run_handler()
        return None

    def start_background_task(self, target):
        thread = self.threads(target=target)
        thread.start()
        return thread

    def handle_request(self, connection) -> None:
        message = protocol.receive(connection)
        method, arguments = self.serializer.load(message.data)
        CallThread(method, arguments).start()  # want low: one task per message

    def on_interaction(self, body: bytes) -> None:
        payload = self.load(body)
        tasks.async_create_task(self.finish(payload))  # want low: one task per message

    def _dispatch_item(self, item, event) -> None:
        if self._stopped.done():
            return
        asyncio.create_task(self.run_item(item, event))  # want low: one task per message

    def _dispatch_one(self, item, event) -> None:
        if self._last.done():
            self._last = asyncio.create_task(self.run_item(item, event))  # nothing

    def handle_events(self, event) -> list:
        started = []
        for handler in self.handlers:
            started.append(asyncio.create_task(handler(event)))  # nothing
        return started

    def watch(self, stop_event) -> None:
        threading.Thread(target=self.wait_for, args=(stop_event,)).start()  # nothing

    def thread(self, number) -> None:
        ReaderThread(number).start()  # nothing


class Network:
    def indication(self, pdu) -> None:
        asyncio.ensure_future(self.lan.process(pdu))  # want low: one task per message

    def open(self) -> None:
        def onmessage(evt) -> None:
            data = evt.data
            data = data.to_py()
            data = self.load(data)
            data = self.known(data)
            data = bytes(data)
            asyncio.create_task(self.handle(data))  # want low: one task per message

        self.socket.onmessage = onmessage


class Dispatcher:
    async def run(self) -> None:
        async for message in self.read_stream:
            if message.inline:
                done = asyncio.Event()
                self._hand_on(message, done)
                await done.wait()
            else:
                self._hand_on(message, None)

    def _hand_on(self, message, done) -> None:
        self.group.start_soon(message.run, done)  # want medium: one task per value
