"""One limiter over many small items: contender, number of items, how many at once, wait in ms.

Prints items per second and peak memory. Each is used as its own documentation shows.
"""

import asyncio
import functools
import json
import pathlib
import re
import sys
import time

import aiometer
import anyio
from order_jobs import OrderJobs

contender, items, size, waits = sys.argv[1], *map(int, sys.argv[2:])
handled = 0


async def handle(_):
    global handled
    await asyncio.sleep(waits / 1000)
    handled += 1


async def ours():
    async with OrderJobs(handle, print, size) as pool:
        for item in range(items):
            await pool.submit(item)


async def by_aiometer():
    await aiometer.run_all([functools.partial(handle, item) for item in range(items)], max_at_once=size)


async def by_anyio():
    limiter = anyio.CapacityLimiter(size)

    async def limited(item):
        async with limiter:
            await handle(item)

    async with anyio.create_task_group() as group:
        for item in range(items):
            group.start_soon(limited, item)


started = time.perf_counter()
asyncio.run({"ours": ours, "aiometer": by_aiometer, "anyio": by_anyio}[contender]())
seconds = time.perf_counter() - started
assert handled == items
# What getrusage tells has the memory of whoever started this program in it.
status = pathlib.Path("/proc/self/status").read_text()
peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1])
print(json.dumps({"perSecond": items / seconds, "megabytes": peak / 1e3}))
