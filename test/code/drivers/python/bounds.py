"""Puts the generated texts through what can happen to them and prints what came of it."""

import asyncio
import gc
import json
import random
import resource
import statistics
import sys
import time
import tracemalloc

from job_slots import JobSlots, JobSlotsStoppedError
from order_jobs import OrderJobs, OrderJobsStoppedError


class Slots:
    """A semaphore, as a pool is used."""

    def __init__(self, handle, failed, concurrency=None):
        self.slots = JobSlots(concurrency)
        self.handle, self.failed, self.running = handle, failed, set()

    async def submit(self, item):
        await self.slots.acquire()
        task = asyncio.create_task(self.handle(item))
        self.running.add(task)
        task.add_done_callback(lambda ended: self.ended(item, ended))

    def ended(self, item, task):
        self.running.discard(task)
        self.slots.release()
        if task.exception():
            self.failed(item, task.exception())

    def stop(self):
        self.slots.stop()

    async def close(self):
        await self.slots.close()


Bound = {"worker-pool": OrderJobs, "semaphore": Slots}[sys.argv[1]]


class Broken(BaseException):
    """What no handler of exceptions catches."""


async def is_refused(submitted):
    try:
        await submitted
    except (JobSlotsStoppedError, OrderJobsStoppedError):
        return True
    return False


async def crowd():
    items, size, producers = 10_000, 16, 4
    running = most = strange = 0
    handled, failures = [0] * items, [0] * items

    async def handle(item):
        nonlocal running, most
        running += 1
        most = max(most, running)
        try:
            await asyncio.sleep(random.random() * 0.002)
            if item % 101 == 0:
                raise Broken(f"broken {item}.")
            if item % 7 == 0:
                raise ValueError(f"failed {item}.")
            handled[item] += 1
        finally:
            running -= 1

    def failed(item, error):
        nonlocal strange
        failures[item] += 1
        strange += f" {item}." not in str(error)

    bound = Bound(handle, failed, size)

    async def produce(producer):
        for item in range(producer, items, producers):
            await bound.submit(item)

    await asyncio.gather(*(produce(producer) for producer in range(producers)))
    await bound.close()
    return {
        "most": most,
        "handled": sum(handled),
        "failed": sum(failures),
        "notOnce": sum(a + b != 1 for a, b in zip(handled, failures)),
        "strange": strange,
    }


async def cancel():
    gate, begun, ended, refused = asyncio.Event(), 0, 0, 0

    async def handle(_):
        nonlocal begun, ended
        begun += 1
        await gate.wait()
        ended += 1

    async def blocked(item):
        nonlocal refused
        if await is_refused(bound.submit(item)):
            refused += 1

    bound = Bound(handle, print, 4)
    for item in range(4):
        await bound.submit(item)
    waiting = [asyncio.create_task(blocked(item)) for item in range(3)]
    await asyncio.sleep(0.05)
    early = refused
    bound.stop()
    await asyncio.gather(*waiting)
    late = await is_refused(bound.submit(9))
    ended_early = ended
    gate.set()
    await bound.close()
    return {
        "early": early,
        "refused": refused,
        "lateRefused": late,
        "endedEarly": ended_early,
        "begun": begun,
        "ended": ended,
    }


async def drain():
    accepted = ended = 0

    async def handle(_):
        nonlocal ended
        await asyncio.sleep(0.02)
        ended += 1

    bound = Bound(handle, print, 4)
    for item in range(20):
        await bound.submit(item)
        accepted += 1
    before = ended
    await bound.close()
    after = ended
    await bound.close()
    return {"accepted": accepted, "before": before, "after": after, "late": await is_refused(bound.submit(1))}


async def flat():
    items, size = 200, 50_000
    ended = ahead = 0
    producing = []

    async def handle(_):
        nonlocal ended
        await asyncio.sleep(0.032)
        ended += 1

    def held():
        gc.collect()
        return tracemalloc.get_traced_memory()[0] / 1e6

    tracemalloc.start()
    bound = Bound(handle, print, 4)
    started = time.perf_counter()
    for item in range(items):
        produced = time.perf_counter()
        payload = bytes(size)
        producing.append(time.perf_counter() - produced)
        if item == items // 10:
            first = held()
        await bound.submit(payload)
        ahead = max(ahead, item + 1 - ended)
    last = held()
    await bound.close()
    return {
        "ahead": ahead,
        "grownMegabytes": last - first,
        "unboundedMegabytes": items * 0.9 * size / 1e6,
        "timesFaster": (time.perf_counter() - started) / items / statistics.median(producing),
    }


async def idle():
    gate = asyncio.Event()

    async def wait(_):
        await gate.wait()

    nothing, full = Bound(wait, print, 4), Bound(wait, print, 2)
    await full.submit(1)
    await full.submit(2)
    waiting = asyncio.create_task(full.submit(3))
    before = cpu_seconds()
    await asyncio.sleep(0.5)
    used = cpu_seconds() - before
    gate.set()
    await waiting
    await nothing.close()
    await full.close()
    return {"share": used / 0.5}


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def environment():
    gate, begun = asyncio.Event(), 0

    async def handle(_):
        nonlocal begun
        begun += 1
        await gate.wait()

    try:
        bound = Bound(handle, print)
    except ValueError as error:
        return {"refused": str(error)}
    for item in range(3):
        await bound.submit(item)
    waiting = asyncio.create_task(bound.submit(3))
    await asyncio.sleep(0.05)
    size = begun
    gate.set()
    await waiting
    await bound.close()
    return {"size": size}


async def call():
    """Runs tasks in the only slot of a semaphore: each has to give it back."""
    slots, errors, value = JobSlots(1), [], 0
    async with slots:
        value = 42
    for error in (ValueError("failed"), Broken("panic: broken")):
        try:
            async with slots:
                raise error
        except (ValueError, Broken) as raised:
            errors.append(str(raised))
    await slots.acquire()
    gave_up = False
    try:
        await asyncio.wait_for(slots.acquire(), 0.02)
    except asyncio.TimeoutError:
        gave_up = True
    slots.release()
    again = False
    async with slots:
        again = True
    await slots.close()
    return {"value": value, "errors": ", ".join(errors), "gaveUp": gave_up, "again": again}


async def main():
    return {name: await globals()[name]() for name in sys.argv[2:]}


print(json.dumps(asyncio.run(main())))
