"""Keeps producers to a rate that gives way when the consumers fall behind."""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass

_DEFAULT_RATE = 100.0


@dataclass(frozen=True)
class RateThrottleOptions:
    """Rates in items a second, times in seconds.

    :raises ValueError: when they contradict each other
    """

    max_rate: float = _DEFAULT_RATE
    min_rate: float = 1.0
    burst: int = 10
    """How many may pass at once after a pause."""
    high_lag: float = 60.0
    low_lag: float = 10.0
    """From high_lag on the rate is cut, up to low_lag it recovers, between them it
    stays. In the unit of report()."""
    cut: float = 0.5
    """What a cut leaves of the rate."""
    cut_every: float = 10.0
    """The next cut comes after this at the earliest: a cut needs time to show."""
    recovery: float = 300.0
    """How long the rate takes from min_rate to max_rate."""

    def __post_init__(self) -> None:
        if not (
            0 < self.min_rate <= self.max_rate < math.inf
            and self.burst >= 1
            and self.low_lag <= self.high_lag
            and 0 < self.cut < 1
            and self.cut_every > 0
            and self.recovery > 0
        ):
            raise ValueError(
                "want 0 < min <= max rate, burst >= 1, low <= high lag, 0 < cut < 1"
            )


class RateThrottle:
    """A token bucket that all producers share. First come, first served.

    It belongs to one event loop.
    """

    def __init__(self, options: RateThrottleOptions | None = None) -> None:
        """Make a throttle with a full bucket, in a running event loop."""
        self._options = options or RateThrottleOptions()
        self._rate = self._options.max_rate
        self._tokens = float(self._options.burst)
        self._loop = asyncio.get_running_loop()
        # When _tokens was right.
        self._filled = self._reported = self._loop.time()
        self._last_cut = -math.inf
        # A dict keeps the order of arrival.
        self._waiting: dict[asyncio.Future[None], None] = {}
        self._timer: asyncio.TimerHandle | None = None

    @property
    def rate(self) -> float:
        """How many items a second may pass now."""
        return self._rate

    async def take(self) -> None:
        """Wait until the caller may send one item. Cancelled, it uses no token."""
        self._fill()
        if not self._waiting and self._tokens >= 1:
            self._tokens -= 1
            return
        turn: asyncio.Future[None] = self._loop.create_future()
        self._waiting[turn] = None
        self._serve()
        try:
            await turn
        except asyncio.CancelledError:
            if turn not in self._waiting:
                # The turn came at the same moment; the token goes to the next.
                self._tokens += 1
            self._waiting.pop(turn, None)
            self._serve()
            raise

    def report(self, lag: float) -> None:
        """Tell how far the consumers are behind, as often as it is measured.

        Without reports the rate stays.
        """
        options = self._options
        self._fill()
        now = self._filled
        # After a silence nobody knows what happened in it, so that one report is not
        # worth more than a short time.
        since_report = min(now - self._reported, options.cut_every)
        self._reported = now
        if lag >= options.high_lag and now - self._last_cut >= options.cut_every:
            self._rate = max(options.min_rate, self._rate * options.cut)
            self._last_cut = now
        elif lag <= options.low_lag:
            span = options.max_rate - options.min_rate
            gained = span * since_report / options.recovery
            self._rate = min(options.max_rate, self._rate + gained)
        # Those who wait already wait by the new rate.
        self._serve()

    def _fill(self) -> None:
        now = self._loop.time()
        gained = (now - self._filled) * self._rate
        self._tokens = min(self._options.burst, self._tokens + gained)
        self._filled = now

    def _serve(self) -> None:
        """Let pass who can, and set the one timer to when the next one can."""
        self._fill()
        while self._waiting and self._tokens >= 1:
            turn = next(iter(self._waiting))
            del self._waiting[turn]
            if not turn.done():
                self._tokens -= 1
                turn.set_result(None)
        if self._timer:
            self._timer.cancel()
        self._timer = None
        if self._waiting:
            # A microsecond more, so that rounding never wakes it early.
            wait = (1 - self._tokens) / self._rate + 1e-6
            self._timer = self._loop.call_later(wait, self._serve)
