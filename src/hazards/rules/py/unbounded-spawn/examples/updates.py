import asyncio


class Bot:
    async def poll(self) -> None:
        while self._polling:
            updates = await self.get_updates(offset=self.offset)
            asyncio.create_task(self.handle_updates(updates))  # want low: one task per value

    async def work(self) -> None:
        while True:
            taken = asyncio.create_task(self.slots.acquire())
            await asyncio.wait([taken, self.stopping])
            job = await self.fetch_job()
            asyncio.create_task(self.run_job(job))  # bounded: slots.acquire


class Hub:
    def send(self, data) -> None:
        for client in self.clients:
            asyncio.create_task(client.send_json(data))  # want low: one task per message

    def push_update(self, topic, message) -> None:
        task = asyncio.create_task(self.publish(topic, message))  # want low: one task per message
        self.tasks.add(task)

    async def send_all(self, message) -> None:
        await asyncio.create_task(self.publish(message))  # nothing

    def push(self, job) -> None:
        asyncio.create_task(self.execute(job))  # nothing

    def sync_fire(self, event) -> None:
        asyncio.create_task(self.fire(event))  # want low: one task per message

    def _on_signal(self, message) -> None:
        match = [signal for signal in self.signals if signal.name == message.member]
        if not len(match):
            return
        asyncio.create_task(self.handle(message))  # want low: one task per message


class Streams:
    async def listen(self, socket, callback, path) -> None:
        while self._socket_running[path]:
            message = await asyncio.wait_for(socket.recv(), 3)
            asyncio.create_task(callback(message))  # want medium: one task per value


class Files:
    async def on_message(self, message, file_name) -> None:
        folder, file_name = os.path.split(file_name)
        asyncio.create_task(self.fetch(folder, file_name))  # want low: one task per call
