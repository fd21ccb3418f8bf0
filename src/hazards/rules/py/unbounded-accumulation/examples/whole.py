import asyncio


class Protocol(asyncio.Protocol):
    def __init__(self) -> None:
        self.request_body = []
        self.frames = []
        self.message_data = []
        self.max_length = 1000

    def data_received(self, data: bytes) -> None:
        self.parser.receive(data)
        while self._process_event():
            pass

    def _process_event(self) -> bool:
        event = self.parser.next_event()
        if event.paused:
            return False
        if event.begins:
            self.request_body = []
            return True
        if event.ends:
            self.answer(b"".join(self.request_body))
            return True
        self.request_body.append(event.data)  # want low: kept per chunk
        return True

    def handle_frame(self, frame) -> None:
        self.frames.append(frame)  # nothing
        self.frames = self.frames[-100:]


class Limited(asyncio.Protocol):
    def __init__(self) -> None:
        self.message_data = []

    def on_frame(self, frame) -> None:
        if len(self.message_data) > self.max_pieces:
            raise ValueError("too long")
        self.message_data.append(frame)  # bounded: message_data
