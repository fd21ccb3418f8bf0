import asyncio


async def charge(row) -> None:
    await asyncio.sleep(row)


async def everything(session) -> None:
    rows = await session.execute("select * from orders")
    await asyncio.gather(*[charge(row) for row in rows])  # want low: all elements at once


async def answered(client) -> None:
    answer = await client.get_items("orders")
    first = answer["first"][:10]
    items = answer["orders"]["items"]
    tasks = [asyncio.create_task(charge(0))]
    tasks += [asyncio.create_task(charge(item)) for item in items]
    await asyncio.wait(tasks)  # want low: all elements at once
    await asyncio.gather(*[charge(item) for item in first])  # nothing


async def nearby(discovery) -> None:
    found = await discovery.get_all()
    await asyncio.gather(*[charge(robot) for robot in found])  # want low: all elements at once
