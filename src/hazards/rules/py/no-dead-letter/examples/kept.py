import aio_pika


async def start(channel, message) -> None:
    arguments = {"x-dead-letter-exchange": "refused"}
    await channel.declare_queue("orders", arguments=arguments)  # bounded: x-dead-letter-exchange
    await message.reject(requeue=False)
