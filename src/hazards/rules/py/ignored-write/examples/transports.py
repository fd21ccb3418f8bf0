import asyncio


class Client(asyncio.Protocol):
    def connection_made(self, transport) -> None:
        self.transport = transport
        self.transport.write(b"hello")  # nothing

    def send_packet(self, packet) -> None:
        self.transport.write(packet.pack())  # want low: written per message, nobody waits

    def ping(self) -> None:
        self.transport.write(b"ping")  # nothing

    def close(self, message) -> None:
        self.transport.write(message)  # nothing
