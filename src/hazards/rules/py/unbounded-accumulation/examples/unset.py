from collections import OrderedDict


class Recorder:
    def __init__(self, most=None, size=100) -> None:
        self.most = most
        self.size = size
        self.rows = []
        self.held = []
        self.known = OrderedDict()

    def enqueue(self, row) -> None:
        self.rows.append(row)  # want low: kept per call
        if self.most and len(self.rows) > self.most:
            self.rows.pop()

    def hold(self, row) -> None:
        self.held.append(row)  # nothing
        if self.size and len(self.held) > self.size:
            self.held.pop()

    def is_known(self, key) -> bool:
        if self.most is not None and len(self.known) >= self.most:
            self.known.popitem(False)
        self.known[key] = True  # want low: kept per call
        return False
