import asyncio

import aio_pika


async def main(channel: aio_pika.Channel) -> None:
    await channel.set_qos(prefetch_count=10)
    queue = await channel.declare_queue("orders")
    async with queue.iterator() as messages:
        async for message in messages:
            asyncio.create_task(process(message))  # bounded: set_qos
    # backpressure: bounded-by the gateway lets in ten at a time
    await queue.consume(lambda message: asyncio.create_task(process(message)))  # bounded: set_qos
