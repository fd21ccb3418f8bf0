"""Bounds how many tasks run at once."""

from __future__ import annotations

import asyncio
import os


class TaskSemaphoreStoppedError(Exception):
    """The semaphore gives no more slots."""


class TaskSemaphore:
    """So many slots, and a task needs one to run.

    ``async with semaphore:`` holds a slot. A loop that starts tasks has to wait for
    the slot itself, or the tasks that wait pile up::

        await semaphore.acquire()
        task = asyncio.create_task(handle(message))
        task.add_done_callback(lambda _: semaphore.release())

    Unlike ``asyncio.Semaphore`` it can be stopped and drained.
    """

    # How many at once where neither the caller nor the environment says it.
    _DEFAULT_CONCURRENCY = 8

    def __init__(self, concurrency: int | None = None) -> None:
        """Make a semaphore for the running event loop.

        :param concurrency: how many at once; without it TASK_SEMAPHORE_CONCURRENCY
            of the environment
        :raises ValueError: for a size below 1
        """
        self._slots = asyncio.Semaphore(self._concurrency(concurrency))
        self._held = 0
        self._all_back = asyncio.Event()
        self._stopped = False

    async def acquire(self) -> None:
        """Wait for a slot.

        :raises TaskSemaphoreStoppedError: when there will be none
        """
        if not self._stopped:
            await self._slots.acquire()
            if not self._stopped:
                self._held += 1
                self._all_back.clear()
                return
            self._slots.release()  # Wakes the next one that waits for nothing.
        raise TaskSemaphoreStoppedError

    def release(self) -> None:
        """Give a slot back, once for each that was acquired."""
        if self._held == 0:
            raise RuntimeError("released more often than acquired")
        self._held -= 1
        self._slots.release()
        if self._held == 0:
            self._all_back.set()

    def stop(self) -> None:
        """Give no more slots; tasks that have one go on."""
        if not self._stopped:
            self._stopped = True
            self._slots.release()

    async def close(self) -> None:
        """Give no more slots and wait until every task has given back its own."""
        self.stop()
        if self._held:
            await self._all_back.wait()

    async def __aenter__(self) -> None:
        await self.acquire()

    async def __aexit__(self, *_: object) -> None:
        self.release()

    @staticmethod
    def _concurrency(given: int | None) -> int:
        name = "TASK_SEMAPHORE_CONCURRENCY"
        if given is None and (text := os.environ.get(name)):
            if not text.isdecimal() or int(text) < 1:
                raise ValueError(f"{name}: {text!r} is no whole number from 1 up")
            return int(text)
        if given is not None and given < 1:
            raise ValueError(f"concurrency: {given} is less than 1")
        return TaskSemaphore._DEFAULT_CONCURRENCY if given is None else given
