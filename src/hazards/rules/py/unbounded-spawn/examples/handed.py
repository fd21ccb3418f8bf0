import asyncio


class Charger:
    """Runs hooks for what its peer sends."""

    async def route(self, msg, events=True):
        payload = self.convert(msg.payload)
        answer = self.hook(**payload)
        asyncio.ensure_future(answer)  # want low: one task per message
        asyncio.create_task(self.watch(events))  # nothing

    async def after_send(self, message):
        await self.report(f"/sent/{message.name}")

    async def report(self, address):
        asyncio.create_task(self.post(address))  # want low: one task per message

    async def handle_next(self):
        line = await self.queue.get()
        asyncio.ensure_future(self.answer(line))  # want medium: one task per value

    async def work(self):
        while not self.closed:
            await self.handle_next()

    async def dispatch_jobs(self):
        while not self.stopped.is_set():
            async for job in self.fetch_jobs(10):
                asyncio.create_task(self.run_job(job))  # want medium: one task per value

    async def once(self):
        async for row in self.rows(10):
            asyncio.create_task(self.run_job(row))  # nothing
