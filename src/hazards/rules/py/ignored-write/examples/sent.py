from tornado import websocket
from tornado.gen import coroutine


class Adapter:
    async def send(self, message) -> None:
        self.handler.write_message(message)  # want low: written per message, nobody waits

    def data_received(self, data) -> None:
        self.handler.write_message(data)  # want low: written per message, nobody waits


class Echo(websocket.WebSocketHandler):
    def on_message(self, message) -> None:
        self.write_message(message)  # nothing

    def open(self) -> None:
        def message_cb(message) -> None:
            self.write_message(message)  # want low: written per message, nobody waits

        self.client = self.connect(message_cb)


class Logs(websocket.WebSocketHandler):
    @coroutine
    def redirect(self):
        while True:
            line = yield self._queue.get()
            self.write_message(line)  # want low: written per value, nobody waits
