from collections import deque


class Troupe:
    def __init__(self) -> None:
        self._work = []
        self._kept = []
        self._short = []

    def take(self, work) -> None:
        self._work.append(work)  # want low: queue grows per call

    def free(self) -> None:
        self.give(self._work.pop(0))

    def keep(self, work) -> None:
        self._kept.append(work)  # nothing

    def take_if_short(self, work) -> None:
        if len(self._short) > 100:
            raise OverflowError
        self._short.append(work)  # bounded: len(self._short)

    def free_short(self) -> None:
        self.give(self._short.pop(0))


class Sender:
    def __init__(self, most) -> None:
        self.most = most
        self.waiting = deque()  # bounded: queue_length > self.most

    @property
    def queue_length(self) -> int:
        return len(self.waiting)

    def send(self, line) -> None:
        if self.queue_length > self.most:
            return
        self.waiting.append(line)

    def write(self) -> None:
        self.socket.send(self.waiting.popleft())


class Pool:
    def __init__(self) -> None:
        self._queue = deque()  # want low: queue grows per call

    def publish(self, message) -> None:
        channel = self._get_channel()
        if channel is None:
            self._queue.append(message)
        else:
            channel.publish(message, then=self._process_queue)

    def _process_queue(self) -> None:
        if self._queue:
            self.publish(self._queue.popleft())


class Buffered:
    def __init__(self, length=None) -> None:
        self.length = length
        self.stream = deque(maxlen=self.length)  # want low: queue grows per call

    def add_to_stream(self, item) -> None:
        self.stream.append(item)

    def next_item(self):
        return self.stream.popleft()
