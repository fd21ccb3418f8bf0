import futurist


class Notifier:
    def __init__(self) -> None:
        self.executor = futurist.ThreadPoolExecutor(max_workers=10)

    def notify(self, subscription, messages) -> None:
        self.executor.submit(self.send, subscription, messages)  # want low: pool takes one task per message

    def begin(self, settings) -> None:
        self.executor.submit(self.watch, settings)  # nothing
