import asyncio
import glob
from itertools import batched


async def all_rows(session) -> None:
    rows = await session.execute("select * from orders")
    await asyncio.gather(*[charge(row) for row in rows])  # want low: all elements at once
    await asyncio.gather(*map(charge, sorted(rows)))  # want low: all elements at once


async def files(folder: str) -> None:
    tasks = [asyncio.create_task(upload(path)) for path in glob.glob(folder)]
    await asyncio.gather(*tasks)  # want low: all elements at once


async def collected(client) -> None:
    work = []
    for key in client.scan_iter("user:*"):
        work.append(client.get(key))
    await asyncio.gather(*work)  # want low: all elements at once


async def limited(session) -> None:
    slots = asyncio.Semaphore(8)

    async def one(row) -> None:
        async with slots:
            await charge(row)

    rows = await session.fetch("select * from orders")
    await asyncio.gather(*[one(row) for row in rows])  # bounded: slots


async def in_pieces(session) -> None:
    rows = await session.fetch("select * from orders")
    for piece in batched(rows, 50):
        await asyncio.gather(*[charge(row) for row in piece])  # nothing
    for start in range(0, len(rows), 50):
        await asyncio.gather(*[charge(row) for row in rows[start : start + 50]])  # nothing


async def few(client, configured) -> None:
    await asyncio.gather(charge(1), charge(2))  # nothing
    await asyncio.gather(*[charge(name) for name in ("a", "b")])  # nothing
    await asyncio.gather(*[charge(each) for each in configured])  # nothing
    await asyncio.gather(*[charge(each) for each in range(4)])  # nothing


async def walked(folder) -> None:
    started = []
    async for entry in folder.scan():
        started.append(asyncio.ensure_future(remove(await entry.name())))
    await asyncio.gather(*started)  # want low: all elements at once


async def given(works) -> None:
    started = []
    async for work in works:
        started.append(asyncio.create_task(work))
    await asyncio.gather(*started)  # nothing
