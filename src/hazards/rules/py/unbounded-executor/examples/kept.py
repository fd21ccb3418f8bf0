from concurrent.futures import ThreadPoolExecutor


class Reporter:
    def __init__(self) -> None:
        self.senders = ThreadPoolExecutor(max_workers=4)  # want low: pool takes one task per call

    def report(self, lines) -> None:
        self.senders.submit(self.send, lines)


class Asker:
    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(max_workers=4)  # nothing: who asks waits

    def ask(self, question):
        return self.pool.submit(self.look_up, question).result()


class Keeper:
    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(max_workers=4)  # nothing: who keeps the task counts it
        self.running = []

    def take(self, job) -> None:
        task = self.pool.submit(self.work, job)
        self.running.append(task)


class Starter:
    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(max_workers=1)  # nothing: once

    def start(self) -> None:
        self.pool.submit(self.run)
