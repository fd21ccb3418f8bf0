import asyncio
import threading

import anyio

shared = asyncio.Semaphore(8)  # nothing


async def charge(order) -> None:
    slots = asyncio.Semaphore(8)  # want high: limits nothing: made anew for each call
    async with slots:
        await pay(order)


def upload(file) -> None:
    slots = threading.BoundedSemaphore(4)  # want high: limits nothing: made anew for each call
    slots.acquire()
    send(file)
    slots.release()


async def gathered(orders) -> None:
    slots = asyncio.Semaphore(8)  # bounded: slots

    async def limited(order) -> None:
        async with slots:
            await pay(order)

    await asyncio.gather(*[limited(order) for order in orders])


async def passed_on(orders) -> None:
    limiter = anyio.CapacityLimiter(8)  # bounded: limiter
    async with limiter:
        await pay_all(orders, limiter)


async def in_turns(orders) -> None:
    slots = asyncio.Semaphore(8)  # bounded: slots
    for order in orders:
        await slots.acquire()
        asyncio.create_task(pay(order))


async def signal() -> None:
    done = asyncio.Semaphore(0)  # nothing
    print(done)
