import asyncio


class Telnet(asyncio.Protocol):
    def connection_made(self, transport) -> None:
        self.transport = transport
        self.buffer = []

    def pause_writing(self) -> None:
        # Nothing yet.
        pass

    def send_frame(self, frame):
        return self.transport.write(frame + b"\r\n")  # want low: written per message, nobody waits

    def send_waiting(self) -> None:
        for packet in self.buffer:
            self.transport.write(packet)  # want low: written per message, nobody waits

    def send_ping(self, data) -> None:
        self.transport.write(data)  # nothing
