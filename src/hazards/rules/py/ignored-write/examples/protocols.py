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


class Manager(asyncio.Protocol):
    def connection_made(self, transport) -> None:
        self.transport = transport
        self.responses = {}

    def send(self, message) -> None:
        self.responses[message.id] = message
        self.transport.write(message.data)  # nothing: as many as wait for an answer

    def send_last(self, data) -> None:
        self.transport.write(data)  # nothing: it is closed then
        self.transport.close()

    def forward_datagram(self, data) -> None:
        self.transport.write(data)  # nothing: it is sent or lost at once
