import asyncio
import socket

lines = []


class Observer:
    def __init__(self, wants_errors) -> None:
        self.output = []
        self.errors_seen = [] if wants_errors else None
        self.recent = []
        self.batch = []
        self.sealed = []
        self.listeners = []
        self.buffer = b""
        self.unwritten = bytearray()
        self.requests_left = 3

    def outReceived(self, data) -> None:
        self.output.append(data)  # want low: kept per message

    def errReceived(self, data) -> None:
        self.errors_seen.append(data)  # nothing

    def on_line(self, line) -> None:
        lines.append(line)  # want low: kept per message
        if len(self.recent) > 100:
            raise OverflowError
        self.recent.append(line)  # bounded: len(self.recent)
        self.batch.append(line)  # nothing
        self.flush()

    def flush(self) -> None:
        batch, self.batch = self.batch, []
        print(batch)

    def add_listener(self, listener) -> None:
        self.listeners.append(listener)  # nothing

    def data_received(self, data) -> None:
        self.buffer += data  # nothing
        while b"\n" in self.buffer:
            line, self.buffer = self.buffer.split(b"\n", 1)
            self.on_line(line)

    def write(self, data) -> None:
        self.unwritten += data  # nothing: somebody else takes from it

    def on_writable(self, transport) -> None:
        sent = transport.send(self.unwritten)
        del self.unwritten[:sent]

    def count(self, data) -> None:
        self.requests_left += 1  # nothing


class Transactions:
    def __init__(self, engine) -> None:
        self.engine = engine

    def process_frame(self, frame) -> None:
        self.engine.transactions[frame.name].append(frame)  # nothing: it ends with the commit

    def commit(self, frame) -> None:
        del self.engine.transactions[frame.name]


class Connection:
    def __init__(self, peer: socket.socket) -> None:
        self.peer = peer
        self.waiting = []
        self.known = {}

    def queue(self, block) -> None:
        self.waiting.append(block)  # nothing

    def send_next(self) -> None:
        self.peer.send(self.waiting.pop(0))

    def run(self) -> None:
        while True:
            packet, sender = self.peer.recvfrom(2048)
            self.known[sender] = packet  # want low: kept per packet


class Window:
    max_pending = 10
    unsent = 0

    def __init__(self) -> None:
        self.backlog = []

    def send(self, message) -> None:
        if self.unsent > self.max_pending:
            return
        self.backlog.append(message)  # bounded: max_pending


class Commands:
    def __init__(self) -> None:
        self.known = []
        self.files = []

    def on_command(self, command):
        matcher = make_matcher(command)
        self.known.append(matcher)  # nothing: the caller goes on with it
        return matcher

    def on_file(self, path, data=None) -> None:
        self.files.append((path, data))  # nothing: an option is no item


class DnsMessage:
    def __init__(self) -> None:
        self.questions = []

    def unpack(self, msg) -> None:
        self.questions.extend(read_questions(msg))  # nothing: a message is gone when its turn ends
