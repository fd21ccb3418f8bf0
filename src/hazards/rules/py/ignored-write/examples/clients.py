from tornado.websocket import WebSocketHandler

clients = []


class Bus(WebSocketHandler):
    def on_message(self, message) -> None:
        for client in clients:
            client.write_message(message)  # want medium: sent to all, however slow

    def open(self) -> None:
        self.write_message("connected")  # nothing
        clients.append(self)

    async def tell(self, message) -> None:
        for client in clients:
            await client.write_message(message)  # nothing


def announce(message) -> None:
    for client in clients:
        client.write_message(message)  # want low: sent to all, however slow
