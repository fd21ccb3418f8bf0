import queue


class Pool:
    def __init__(self):
        self._free = queue.LifoQueue()  # nothing
        self._work = queue.Queue()  # want low: queue grows per value

    def add(self, each):
        self._free.put(each)

    def submit(self, job):
        self._work.put(job)

    def run(self):
        while True:
            one = self._free.get()
            one.work(self._work.get())
