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
