from tornado import websocket
from tornado.gen import coroutine


class Adapter:
    async def send(self, message) -> None:
        self.handler.write_message(message)  # want low: written per message, nobody waits

    def on_message(self, message) -> None:
        self.handler.write_message(message)  # nothing


class Logs(websocket.WebSocketHandler):
    @coroutine
    def redirect(self):
        while True:
            line = yield self._queue.get()
            self.write_message(line)  # want low: written per value, nobody waits
