import asyncio

import aio_pika
from fastapi import FastAPI

app = FastAPI()


@app.post("/orders")
async def order(body: dict) -> None:
    asyncio.create_task(process(body))  # want low: one task per request


async def main(queue: aio_pika.Queue) -> None:
    await queue.consume(on_order)
    await queue.consume(lambda message: asyncio.create_task(process(message)))  # want high: one task per message


async def on_order(message) -> None:
    asyncio.create_task(process(message))  # want high: one task per message


class Protocol(asyncio.DatagramProtocol):
    def datagram_received(self, data: bytes, address) -> None:
        asyncio.ensure_future(process(data))  # want high: one task per packet


async def limited(channel, queue) -> None:
    asyncio.create_task(process(queue))  # nothing
