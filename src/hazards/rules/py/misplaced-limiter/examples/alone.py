import asyncio
from collections.abc import Awaitable


async def charge(payment: Awaitable[None]) -> None:
    permits = asyncio.Semaphore(8)  # want high: limits nothing: made anew for each call
    async with permits:
        await payment
