import asyncio
import threading


class Session:
    def __init__(self, client, loop, listeners) -> None:
        self.client = client
        self.loop = loop
        self.listeners = listeners
        self.task = None

    def handle_later(self) -> None:
        asyncio.run_coroutine_threadsafe(self.handle_request(), self.loop)  # want low: one task per call

    async def handle_request(self) -> None:
        await self.client.answer()

    def _process_log_message(self, fields) -> None:
        for callback in self.listeners:
            self.loop.create_task(callback.call(fields))  # want low: one task per call

    def on_partitions_revoked(self, partitions) -> None:
        asyncio.create_task(self.handle_request(partitions))  # nothing

    def on_opened(self, channel) -> None:
        asyncio.create_task(self.process_backlog(channel))  # nothing

    def handle_stop_signal(self) -> None:
        self.loop.create_task(self.handle_rest())  # nothing

    def on_update(self) -> None:
        self.task = asyncio.create_task(self.handle_request())  # nothing

    def on_request(self) -> None:
        if self.task is None:
            asyncio.create_task(self.handle_request())  # nothing

    def on_event(self):
        return asyncio.create_task(self.handle_request())  # nothing

    def on_room_state(self, room) -> None:
        asyncio.create_task(self.handle_request(room))  # nothing: what changes now and then

    def on(self, level) -> None:
        asyncio.create_task(self.send_request(level))  # nothing: a switch

    def request(self, message):
        future = self.loop.create_future()
        asyncio.create_task(self.send_request(message, future))  # nothing: whoever asks waits for the future
        return future

    def on_change(self) -> None:
        asyncio.create_task(self.watch())  # nothing


class Feeds:
    def __call__(self, irc, message) -> None:
        threading.Thread(target=self.update_feeds).start()  # want low: one task per call

    def update_feeds(self) -> None:
        print("updated")
