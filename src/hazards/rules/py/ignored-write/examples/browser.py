import json

import websockets
from tornado.websocket import WebSocketHandler


class Terminal(WebSocketHandler):
    def send_pack(self, message, binary=False) -> None:
        try:
            self.write_message(message, binary)  # want low: written per message, nobody waits
        except IOError:
            self.close()

    def on_read(self) -> None:
        data = self.channel.recv(1024)
        self.write_message(json.dumps(data))  # want low: written per message, nobody waits

    def on_close(self) -> None:
        self.write_message(self.farewell)  # nothing

    def tell_waiting(self) -> None:
        self.write_message("waiting")  # nothing


def publish(message) -> None:
    websockets.broadcast(watchers, message)  # want low: sent to all, however slow
