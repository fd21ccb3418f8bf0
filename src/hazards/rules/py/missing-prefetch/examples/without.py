import aio_pika
import pika

connection = pika.BlockingConnection()
channel = connection.channel()
channel.basic_consume(queue="orders", on_message_callback=handle)  # want high: no prefetch
channel.basic_consume(queue="orders", on_message_callback=handle, auto_ack=True)  # want medium: no prefetch
channel.basic_consume(queue=reply_to, on_message_callback=handle)  # nothing


async def main() -> None:
    async_connection = await aio_pika.connect("amqp://localhost")
    async_channel = await async_connection.channel()
    queue = await async_channel.declare_queue("orders")
    await queue.consume(handle)  # want high: no prefetch
    async with queue.iterator() as messages:  # want high: no prefetch
        async for message in messages:
            await handle(message)
