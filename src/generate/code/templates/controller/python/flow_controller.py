"""A bounded buffer between producers and a sink that may be slow, or fail."""

from __future__ import annotations

import asyncio
import logging
import math
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

State = Literal["normal", "elevated", "critical", "blocked", "draining"]
"""Blocked: full. Critical lasts from the high watermark until the low one."""

Overflow = Literal["block", "drop-oldest", "drop-newest", "sample"]
"""For an item that finds the buffer full; sample thins out from high_watermark on."""

DropReason = Literal["oldest", "newest", "sampled", "timeout", "draining"]

Outcome = Literal["flushed", "retry", "failed"]
"""Of one item of a batch: delivered, to be tried again, or refused for good."""

Sink = Callable[[list[T]], Awaitable[Sequence[Outcome]]]
"""Delivers a batch. An empty answer: all of it was delivered; else there is one outcome
for each item. An exception: none was. Give it a time limit of its own; it is cancelled
when a drain has run out of time."""

_DEFAULT_CAPACITY = 1000

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FlowControllerOptions:
    """Sizes in items, times in seconds.

    :raises ValueError: when they contradict each other
    """

    capacity: int = _DEFAULT_CAPACITY
    """Most items held, those of a running flush among them."""
    batch_size: int = 100
    """Most items in one call of the sink."""
    low_watermark: float = 0.5
    high_watermark: float = 0.8
    """Shares of the capacity."""
    overflow: Overflow = "block"
    sample_rate: float = 0.1
    """The share of items that sample keeps."""
    max_block: float = 30.0
    """How long block lets a producer wait at most."""
    min_flush: float = 0.01
    max_flush: float = 1.0
    """Bounds of the longest wait of an item for its batch to fill, which adapts."""
    failures_to_open: int = 5
    """So many failed flushes in a row open the circuit ..."""
    open_for: float = 10.0
    """... for so long; then one batch is tried."""
    on_state: Callable[[State], None] = lambda _: None
    """Hears of every change. It must not raise."""

    def __post_init__(self) -> None:
        if not (
            1 <= self.batch_size <= self.capacity
            and 0 < self.low_watermark <= self.high_watermark <= 1
            and 0 < self.sample_rate <= 1
            and 0 < self.min_flush <= self.max_flush
            and self.failures_to_open >= 1
        ):
            raise ValueError(
                "want 1 <= batch <= capacity, low <= high watermark <= 1, "
                "0 < rate <= 1, min <= max flush, failures >= 1"
            )


@dataclass(frozen=True)
class FlowControllerMetrics:
    """The figures of one moment."""

    accepted: int
    """Items whose push was decided, those dropped among them."""
    flushed: int
    held: int
    failed: int
    dropped: Counter[DropReason]
    waiting: int
    """Producers that wait for room."""
    state: State
    circuit: Literal["closed", "open", "half-open"]
    flush_interval: float
    failed_flushes: int
    latency_sum: float
    latency_max: float
    """Seconds from the acceptance of an item to its delivery."""


class FlowController(Generic[T]):
    """Holds items until its sink has taken them, and never more than its capacity.

    At every moment accepted = flushed + held + dropped + failed. A failed flush loses
    nothing and keeps the order; what it had delivered before it failed is delivered
    again (at least once). One call of the sink runs at a time.

    It belongs to one event loop; from another thread, use
    ``asyncio.run_coroutine_threadsafe``.
    """

    def __init__(
        self, sink: Sink[T], options: FlowControllerOptions | None = None
    ) -> None:
        self._sink = sink
        self._options = options or FlowControllerOptions()
        self._queue: deque[tuple[T, float]] = deque()
        self._flushing: list[tuple[T, float]] = []
        # First come, first served: a dict keeps the order of arrival.
        self._waiting: dict[asyncio.Future[bool], T] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._flush_task: asyncio.Task[None] | None = None
        self._draining = False
        self._ended = False
        self._empty = asyncio.Event()

        self._state: State = "normal"
        self._interval = self._options.min_flush
        self._not_before = 0.0
        self._failures_in_row = 0
        self._sampled = 0

        self._accepted = self._flushed = self._failed = self._failed_flushes = 0
        self._dropped: Counter[DropReason] = Counter()
        self._latency_sum = self._latency_max = 0.0

    async def push(self, item: T) -> bool:
        """Hand an item over. Under block this waits while the buffer is full.

        Cancelled while it waits, the item is not accepted, and counted nowhere.

        :return: whether it was accepted; if not, the metrics say why
        """
        options = self._options
        is_full = self._held >= options.capacity
        if self._draining:
            return self._drop("draining")
        if is_full and options.overflow == "block":
            return await self._wait(item)
        is_pressed = self._held >= options.high_watermark * options.capacity
        if options.overflow == "sample" and is_pressed and not self._is_sampled():
            return self._drop("sampled")
        if is_full:
            # What the sink is working on can no longer be dropped.
            if options.overflow != "drop-oldest" or not self._queue:
                return self._drop("newest")
            self._queue.popleft()
            self._dropped["oldest"] += 1
        self._take(item)
        self._plan()
        return True

    async def drain(self, limit: float) -> list[T]:
        """Take no more items, flush what is held, and end after ``limit`` seconds.

        It ends even when the sink does not. It is the last chance, so an open circuit
        is not waited for.

        :return: what was not delivered, oldest first; of a call that was cut off some
            may have been
        """
        self._draining = True
        self._not_before = 0.0
        while self._waiting:
            self._release(next(iter(self._waiting)), self._drop("draining"))
        self._watch()
        self._plan()
        if self._held > 0:
            loop = asyncio.get_running_loop()
            timer = loop.call_later(limit, self._empty.set)
            await self._empty.wait()
            timer.cancel()
        self._ended = True
        if self._timer:
            self._timer.cancel()
        left = [item for item, _ in (*self._flushing, *self._queue)]
        if self._flush_task:
            self._flush_task.cancel()
        return left

    @property
    def metrics(self) -> FlowControllerMetrics:
        is_open = self._failures_in_row >= self._options.failures_to_open
        return FlowControllerMetrics(
            accepted=self._accepted,
            flushed=self._flushed,
            held=self._held,
            failed=self._failed,
            dropped=Counter(self._dropped),
            waiting=len(self._waiting),
            state=self._state,
            circuit="closed"
            if not is_open
            else "half-open"
            if self._flushing
            else "open",
            flush_interval=self._interval,
            failed_flushes=self._failed_flushes,
            latency_sum=self._latency_sum,
            latency_max=self._latency_max,
        )

    @property
    def _held(self) -> int:
        return len(self._queue) + len(self._flushing)

    def _take(self, item: T) -> None:
        self._accepted += 1
        self._queue.append((item, asyncio.get_running_loop().time()))
        self._watch()

    def _drop(self, reason: DropReason) -> bool:
        self._accepted += 1
        self._dropped[reason] += 1
        return False

    async def _wait(self, item: T) -> bool:
        loop = asyncio.get_running_loop()
        decided: asyncio.Future[bool] = loop.create_future()

        def time_out() -> None:
            if decided in self._waiting:
                self._release(decided, self._drop("timeout"))

        timer = loop.call_later(self._options.max_block, time_out)
        self._waiting[decided] = item
        try:
            return await decided
        finally:
            timer.cancel()
            self._waiting.pop(decided, None)

    def _release(self, decided: asyncio.Future[bool], is_accepted: bool) -> None:
        del self._waiting[decided]
        if not decided.done():
            decided.set_result(is_accepted)

    def _is_sampled(self) -> bool:
        """Keep every (1 / rate)th item: the share is exact, and no chance is in it."""
        self._sampled += 1
        rate = self._options.sample_rate
        return math.floor(self._sampled * rate) > math.floor((self._sampled - 1) * rate)

    def _plan(self) -> None:
        """Flush a full batch, or one whose oldest item has waited for the interval."""
        if not self._queue or self._flushing or self._ended:
            return
        loop = asyncio.get_running_loop()
        is_due = self._draining or len(self._queue) >= self._options.batch_size
        at = 0.0 if is_due else self._queue[0][1] + self._interval
        at = max(at, self._not_before)
        if self._timer:
            self._timer.cancel()
        if at > loop.time():
            self._timer = loop.call_at(at, self._plan)
            return
        size = min(len(self._queue), self._options.batch_size)
        self._flushing = [self._queue.popleft() for _ in range(size)]
        self._flush_task = loop.create_task(self._flush(self._flushing))

    async def _flush(self, batch: list[tuple[T, float]]) -> None:
        outcomes: Sequence[Outcome] = ["retry"] * len(batch)
        try:
            outcomes = await self._deliver([item for item, _ in batch])
        except Exception:
            _log.exception("the sink failed; all of its batch is tried again")
        finally:
            # A cancelled call has delivered nothing that one could be sure of.
            self._settle(batch, outcomes)

    async def _deliver(self, items: list[T]) -> Sequence[Outcome]:
        outcomes = await self._sink(list(items))
        if not outcomes:
            return ["flushed"] * len(items)
        if len(outcomes) != len(items):
            raise ValueError(f"the sink told {len(outcomes)} outcomes of {len(items)}")
        return outcomes

    def _settle(
        self, batch: list[tuple[T, float]], outcomes: Sequence[Outcome]
    ) -> None:
        now = asyncio.get_running_loop().time()
        again = []
        for held, outcome in zip(batch, outcomes, strict=True):
            if outcome == "flushed":
                self._flushed += 1
                self._latency_sum += now - held[1]
                self._latency_max = max(self._latency_max, now - held[1])
            elif outcome == "failed":
                self._failed += 1
            else:
                again.append(held)
        self._flushing = []
        self._queue.extendleft(reversed(again))
        self._adapt(len(batch), len(again), now)
        while self._waiting and self._held < self._options.capacity:
            decided = next(iter(self._waiting))
            if not decided.cancelled():
                self._take(self._waiting[decided])
            self._release(decided, is_accepted=True)
        self._watch()
        if self._draining and self._held == 0:
            self._empty.set()
        self._plan()

    def _adapt(self, tried: int, again: int, now: float) -> None:
        """Pressed, flush sooner; idle, in fuller batches; after failures later."""
        options = self._options
        is_failure = again == tried
        self._failures_in_row = self._failures_in_row + 1 if is_failure else 0
        self._failed_flushes += is_failure
        if again:
            self._interval = min(options.max_flush, self._interval * 2)
        elif self._held >= options.low_watermark * options.capacity:
            self._interval = max(options.min_flush, self._interval / 2)
        elif tried < options.batch_size / 2:
            self._interval = min(options.max_flush, self._interval * 1.5)
        pause = self._interval
        if self._draining:
            pause = options.min_flush
        elif self._failures_in_row >= options.failures_to_open:
            pause = options.open_for
        self._not_before = now + pause if again else 0.0

    def _watch(self) -> None:
        level = self._held / self._options.capacity
        was_critical = self._state in ("critical", "blocked")
        low, high = self._options.low_watermark, self._options.high_watermark
        state: State = "normal"
        if self._draining:
            state = "draining"
        elif level >= 1:
            state = "blocked"
        elif level >= high or (was_critical and level >= low):
            state = "critical"
        elif level >= low:
            state = "elevated"
        if state != self._state:
            self._state = state
            self._options.on_state(state)
