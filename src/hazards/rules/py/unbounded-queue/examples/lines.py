import asyncio
import socket


class Session:
    def __init__(self, loop) -> None:
        self.loop = loop
        self.peer = None
        self.unsent = []
        self.backlogs = {}
        self.input_buffer = []
        self.pending_frames = []
        self.outbox = []
        self.send_buffer = []
        self.pending_words = []
        self.waiters = []
        self.send_queue = []

    def send(self, message) -> None:
        self.unsent.append(message)  # want low: queue grows per call

    async def run_sender(self) -> None:
        while True:
            self.outbox.pop()
            while self.unsent:
                await self.peer.write(self.unsent.pop(0))
            await asyncio.sleep(1)

    def send_to(self, remote, message) -> None:
        if remote in self.backlogs:
            self.backlogs[remote].append(message)  # want low: queue grows per call

    def on_answered(self, remote) -> None:
        self.loop.send(self.backlogs[remote].pop(0))

    def _handle_events(self, events) -> None:
        for event in events:
            self.input_buffer.append(event.data)  # want low: queue grows per call

    async def receive(self) -> bytes:
        while not self.input_buffer:
            await asyncio.sleep(0.1)
        return self.input_buffer.pop(0)

    def data_received(self, data) -> None:
        self.pending_frames.append(data)  # want low: queue grows per call
        self.forward()

    def forward(self) -> None:
        if not self.peer:
            self.loop.call_later(1, self.forward)
            return
        for frame in self.pending_frames:
            self.peer.write(frame)
        self.pending_frames = []

    def publish(self, message) -> None:
        if len(self.outbox) >= 1000:
            raise OverflowError
        self.outbox.append(message)  # bounded: len(self.outbox)

    def write(self, data) -> None:
        self.send_buffer.append(data)  # nothing
        self.flush()

    def flush(self) -> None:
        for data in self.send_buffer:
            self.peer.write(data)
        self.send_buffer = []

    def on_word(self, word) -> None:
        self.pending_words.append(word)  # nothing

    def sentence(self) -> str:
        words, self.pending_words = self.pending_words, []
        return " ".join(words)

    def send_soon(self, message, future) -> None:
        self.send_queue.append((message, future))  # nothing

    def pump(self) -> None:
        while self.send_queue:
            self.send_queue.pop(0)


class Editor:
    def __init__(self) -> None:
        self.lines = []

    def on_key(self, key) -> None:
        line = self.lines.pop()
        self.lines.append(line + key)  # nothing


class Guest:
    def __init__(self, room) -> None:
        self.room = room
        self.send_queue = []
        self.rooms = []

    def handle_join(self, name) -> None:
        self.send_queue.append(f"{name} joined")  # want low: queue grows per call
        for guest in self.room:
            guest.send_queue.append(f"{name} joined")  # want low: queue grows per call

    def write_next(self, peer: socket.socket) -> None:
        peer.send(self.send_queue.pop(0))

    def on_room_added(self, event) -> None:
        self.rooms.append(event.room)  # nothing

    def on_room_removed(self, event) -> None:
        del self.rooms[event.index]


class Listing:
    def __init__(self) -> None:
        self.listed_messages = []

    def on_entry(self, message) -> None:
        self.listed_messages.append(message)  # nothing: as many as one answer has

    def on_end(self, event) -> None:
        messages = self.listed_messages
        self.listed_messages = []
        self.show(messages)


class Stanzas:
    def __init__(self) -> None:
        self.queued_messages = []
        self.peer = None

    def send(self, message) -> None:
        self.queued_messages.append(message)  # want low: queue grows per call

    def on_connected(self, peer) -> None:
        for message in self.queued_messages:
            peer.write(message)
        self.queued_messages = []
