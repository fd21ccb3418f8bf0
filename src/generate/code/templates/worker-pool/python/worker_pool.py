"""Handles items with a bound on how many are handled at once."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

WorkerPoolItem = TypeVar("WorkerPoolItem")


class WorkerPoolStoppedError(Exception):
    """The pool takes no more items."""


class WorkerPool(Generic[WorkerPoolItem]):
    """Handles items, so many at once.

    There is no queue in it: ``await pool.submit(item)`` waits until the item is
    begun, so the producer goes no faster than the handling, and no item lies where
    a shutdown could forget it. Work that blocks belongs into ``asyncio.to_thread``
    inside the handler.

    Leaving ``async with WorkerPool(...) as pool`` waits for what was begun.
    """

    # How many at once where neither the caller nor the environment says it.
    _DEFAULT_CONCURRENCY = 8

    def __init__(
        self,
        handle: Callable[[WorkerPoolItem], Coroutine[Any, Any, None]],
        failed: Callable[[WorkerPoolItem, BaseException], None],
        concurrency: int | None = None,
    ) -> None:
        """Make a pool for the running event loop.

        :param handle: does the work for one item
        :param failed: hears of every item whose handling raised or was cancelled
        :param concurrency: how many at once; without it WORKER_POOL_CONCURRENCY of
            the environment
        :raises ValueError: for a size below 1
        """
        self._handle = handle
        self._failed = failed
        self._free = asyncio.Semaphore(self._concurrency(concurrency))
        self._running: set[asyncio.Task[None]] = set()
        self._stopped = False

    async def submit(self, item: WorkerPoolItem) -> None:
        """Wait until the item is begun.

        :raises WorkerPoolStoppedError: when it will not be
        """
        if not self._stopped:
            await self._free.acquire()
            if not self._stopped:
                task = asyncio.create_task(self._handle(item))
                self._running.add(task)
                task.add_done_callback(lambda ended: self._ended(item, ended))
                return
            self._free.release()  # Wakes the next one that waits for nothing.
        raise WorkerPoolStoppedError

    def stop(self) -> None:
        """Take no more items; those begun go on."""
        if not self._stopped:
            self._stopped = True
            self._free.release()

    async def close(self) -> None:
        """Take no more items and wait until those begun are finished."""
        self.stop()
        while self._running:
            await asyncio.wait(self._running)

    async def __aenter__(self) -> WorkerPool[WorkerPoolItem]:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def _ended(self, item: WorkerPoolItem, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._free.release()
        if task.cancelled():
            self._failed(item, asyncio.CancelledError())
        elif (error := task.exception()) is not None:
            self._failed(item, error)

    @staticmethod
    def _concurrency(given: int | None) -> int:
        name = "WORKER_POOL_CONCURRENCY"
        if given is None and (text := os.environ.get(name)):
            if not text.isdecimal() or int(text) < 1:
                raise ValueError(f"{name}: {text!r} is no whole number from 1 up")
            return int(text)
        if given is not None and given < 1:
            raise ValueError(f"concurrency: {given} is less than 1")
        return WorkerPool._DEFAULT_CONCURRENCY if given is None else given
