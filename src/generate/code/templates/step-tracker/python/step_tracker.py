"""Tells how often and how long a step of a pipeline is held up, in both directions."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

_BOUNDS = (0.001, 0.005, 0.025, 0.1, 0.5, 1.0, 5.0, 30.0)
"""Upper bounds of the buckets for the lengths of episodes, seconds."""


@dataclass
class Episodes:
    """Times of being held up that have ended."""

    count: int = 0
    seconds: float = 0.0
    buckets: list[int] = field(default_factory=lambda: [0] * len(_BOUNDS))
    """How many were as long as each bound or shorter, and longer than the last."""

    def add(self, seconds: float) -> None:
        self.count += 1
        self.seconds += seconds
        for index, bound in enumerate(_BOUNDS):
            if seconds <= bound:
                self.buckets[index] += 1
                return

    def merge(self, other: Episodes) -> None:
        self.count += other.count
        self.seconds += other.seconds
        for index, count in enumerate(other.buckets):
            self.buckets[index] += count


@dataclass
class Counts:
    """What a step did in some time."""

    sent: int = 0
    received: int = 0
    send: Episodes = field(default_factory=Episodes)
    """The next step refused a message."""
    receive: Episodes = field(default_factory=Episodes)
    """This step refused a message."""


class Recorder(Protocol):
    """Takes counts away, on a thread of the tracker's own."""

    def record(self, step: str, worker: str, counts: Counts) -> None: ...


class StepTracker:
    """Watches one worker of a step.

    An episode begins with the first refusal and ends with the next success in its
    direction, be it the retry of the message that was held or another one. What has
    not ended when the tracker is closed is not counted.
    """

    def __init__(
        self,
        step: str,
        recorder: Recorder,
        *,
        worker: str = "",
        every: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start to hand over what was counted.

        :param worker: tells the workers of a step apart, each with a tracker of its
            own; empty where there is one
        :param every: seconds between two calls of the recorder
        :param clock: seconds that never go back
        """
        self._step, self._worker = step, worker
        self._recorder = recorder
        self._clock = clock
        self._lock = threading.Lock()
        self._counts = Counts()
        self._send_refused_at: float | None = None
        self._receive_refused_at: float | None = None
        # A figure that starts at zero can be seen to grow.
        recorder.record(step, worker, Counts())
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(every,), daemon=True)
        self._thread.start()

    def send_refused(self) -> None:
        """Say that the next step would not take a message."""
        with self._lock:
            if self._send_refused_at is None:
                self._send_refused_at = self._clock()

    def sent(self) -> None:
        """Say that the next step took a message, at the first try or a later one."""
        with self._lock:
            self._counts.sent += 1
            if self._send_refused_at is not None:
                self._counts.send.add(self._clock() - self._send_refused_at)
                self._send_refused_at = None

    def receive_refused(self) -> None:
        """Say that this step would not take a message."""
        with self._lock:
            if self._receive_refused_at is None:
                self._receive_refused_at = self._clock()

    def received(self) -> None:
        """Say that this step took a message."""
        with self._lock:
            self._counts.received += 1
            if self._receive_refused_at is not None:
                self._counts.receive.add(self._clock() - self._receive_refused_at)
                self._receive_refused_at = None

    def close(self) -> None:
        """Hand over the rest."""
        self._closing.set()
        self._thread.join()

    def _run(self, every: float) -> None:
        is_closing = False
        while not is_closing:
            is_closing = self._closing.wait(every)
            with self._lock:
                counts, self._counts = self._counts, Counts()
            try:
                self._recorder.record(self._step, self._worker, counts)
            except Exception:
                logging.getLogger(__name__).exception("counts of a step are lost")


class StepTrackerLog:
    """Records by writing a line whenever a step was held up."""

    def __init__(self, logger: logging.Logger) -> None:
        self._logger = logger

    def record(self, step: str, worker: str, counts: Counts) -> None:
        if counts.send.count + counts.receive.count > 0:
            self._logger.info(
                "step %r worker %r: sent %d, received %d, waited %d times for the next "
                "step (%g s), made others wait %d times (%g s)",
                step,
                worker,
                counts.sent,
                counts.received,
                counts.send.count,
                counts.send.seconds,
                counts.receive.count,
                counts.receive.seconds,
            )


class StepTrackerPage:
    """Records for Prometheus: serve text() as ``text/plain; version=0.0.4``.

    With prometheus_client or OpenTelemetry in the program, write a recorder for that
    one instead.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._totals: dict[str, Counts] = {}

    def record(self, step: str, worker: str, counts: Counts) -> None:
        labels = f'step="{_escaped(step)}"'
        if worker:
            labels += f',worker="{_escaped(worker)}"'
        with self._lock:
            total = self._totals.setdefault(labels, Counts())
            total.sent += counts.sent
            total.received += counts.received
            total.send.merge(counts.send)
            total.receive.merge(counts.receive)

    def text(self) -> str:
        """Write the page in Prometheus' text format."""
        with self._lock:
            return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        steps = sorted(self._totals.items())
        for way in ("sent", "received"):
            name = f"pipeline_{way}_total"
            yield f"# TYPE {name} counter"
            for labels, counts in steps:
                count = counts.sent if way == "sent" else counts.received
                yield f"{name}{{{labels}}} {count}"
        for way in ("send", "receive"):
            found = [(at, c.send if way == "send" else c.receive) for at, c in steps]
            name = f"pipeline_{way}_backpressure_total"
            yield f"# TYPE {name} counter"
            for labels, episodes in found:
                yield f"{name}{{{labels}}} {episodes.count}"
            name = f"pipeline_{way}_backpressure_duration_seconds"
            yield f"# TYPE {name} histogram"
            for labels, episodes in found:
                below = 0
                for bound, count in zip(_BOUNDS, episodes.buckets, strict=True):
                    below += count
                    yield f'{name}_bucket{{{labels},le="{bound:g}"}} {below}'
                yield f'{name}_bucket{{{labels},le="+Inf"}} {episodes.count}'
                yield f"{name}_sum{{{labels}}} {episodes.seconds}"
                yield f"{name}_count{{{labels}}} {episodes.count}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
