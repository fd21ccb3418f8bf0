import asyncio


class Stream:
    def __init__(self, limit: int | None = None, most: int | None = 100):
        self.limit = limit
        self.most = most
        self.pending_messages = []
        self.kept_messages = []

    async def on_event(self, event) -> None:
        if self.limit is not None and len(self.pending_messages) >= self.limit:
            return
        self.pending_messages.append(event)  # want low: queue grows per call

    async def on_message(self, event) -> None:
        if self.most is not None and len(self.kept_messages) >= self.most:
            return
        self.kept_messages.append(event)  # bounded: len(self.kept_messages)

    async def next(self):
        return self.pending_messages.pop(0), self.kept_messages.pop(0)
