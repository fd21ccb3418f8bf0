import asyncio


async def charge(row) -> None:
    await asyncio.sleep(row)


async def everything(session) -> None:
    rows = await session.execute("select * from orders")
    await asyncio.gather(*[charge(row) for row in rows])  # want medium: all elements at once
