import queue
from collections import deque


class StopQueue(queue.Queue):
    pass


class Channel:
    def __init__(self, config):
        self.frames = deque()  # want low: queue grows per call
        self.declare_cb = deque()  # nothing: one for each answer that is waited for
        self.sent_commands = deque()  # nothing: as many as are asked
        self.later = deque()  # nothing: what is planned has its time
        self.nodes = queue.Queue()  # nothing: given back
        self.ids = deque()  # nothing: the one who waits
        self.sized = queue.Queue()  # nothing: without a size the time would mean nothing
        self.output = StopQueue(config.max_output)  # nothing: it has a size

    def on_frame(self, frame):
        self.frames.append(frame)

    def declare(self, cb):
        self.declare_cb.append(cb)

    def ask(self, command):
        self.sent_commands.append(command)

    def add_timer(self, timer):
        self.later.append(timer)

    def return_nodes(self, node):
        self.nodes.put(node)

    def new_id(self, future):
        self.ids.append(future)

    def on_record(self, record):
        self.sized.put(record, timeout=1)

    def on_output(self, line):
        self.output.put(line)

    def work(self):
        self.frames.popleft()
        self.declare_cb.popleft()
        self.sent_commands.popleft()
        self.later.popleft()
        self.nodes.get()
        self.ids.popleft()
        self.sized.get()
        self.output.get()


class WheelTimer:
    def __init__(self):
        self.entries = deque()  # nothing: they have their time

    def insert(self, entry):
        self.entries.append(entry)

    def fetch(self):
        return self.entries.popleft()


class Ordered(queue.Queue):
    def _init(self, maxsize):
        self.items = deque()  # nothing: the queue itself has a size

    def _put(self, item):
        self.items.append(item)

    def _get(self):
        return self.items.popleft()


class Zip:
    def __init__(self):
        self.waiting = deque()  # nothing: compared with a greatest size
        self.max_size = 10

    def update(self, piece):
        self.waiting.append(piece)
        if self.count() > self.max_size:
            self.wait_for_room()

    def emit(self):
        return self.waiting.popleft()


class LeftOver:
    def __init__(self):
        self._queue = queue.Queue()  # nothing: the file speaks of it nowhere else


class PageIterator:
    def __init__(self):
        self.buffer = deque()  # nothing: one page of an answer

    def add_object(self, each):
        self.buffer.append(each)

    async def __anext__(self):
        return self.buffer.popleft()
