import aiormq


class Queue:
    async def consume(self, callback, no_ack=False):
        channel = await self.connection.get_channel()
        await channel.basic_consume(queue=self.name, consumer_callback=callback, no_ack=no_ack)  # want low: no prefetch

    async def read(self, callback):
        channel = await self.connection.get_channel()
        await channel.basic_consume(queue=self.name, consumer_callback=callback)  # want high: no prefetch
