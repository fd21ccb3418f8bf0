from __future__ import annotations

import asyncio
import logging
import random
import unittest
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from flow_controller import FlowController, FlowControllerMetrics, FlowControllerOptions, Outcome, Overflow
from virtual_loop import virtually

logging.disable()

Answer = Callable[[list[int]], Awaitable[Sequence[Outcome]]]


async def works(_: list[int]) -> Sequence[Outcome]:
    return []


async def failing(_: list[int]) -> Sequence[Outcome]:
    raise OSError("the sink is away")


async def stuck(_: list[int]) -> Sequence[Outcome]:
    await asyncio.Event().wait()
    return []


def slow(seconds: float) -> Answer:
    async def answer(_: list[int]) -> Sequence[Outcome]:
        await asyncio.sleep(seconds)
        return []

    return answer


class Scene:
    def __init__(self, **options: Any) -> None:
        self.delivered: list[int] = []
        self.calls: list[float] = []
        self.answer: Answer = works
        usual: dict[str, Any] = {"capacity": 10, "batch_size": 4, "min_flush": 0.01, "max_flush": 0.16}
        self.controller = FlowController(self._sink, FlowControllerOptions(**{**usual, **options}))

    async def _sink(self, batch: list[int]) -> Sequence[Outcome]:
        self.calls.append(round(asyncio.get_running_loop().time(), 6))
        outcomes = await self.answer(batch)
        self.delivered += [item for at, item in enumerate(batch) if not outcomes or outcomes[at] == "flushed"]
        return outcomes

    async def push_all(self, start: int, stop: int) -> list[bool]:
        return [await self.controller.push(item) for item in range(start, stop)]

    @property
    def metrics(self) -> FlowControllerMetrics:
        return self.controller.metrics


def missing(metrics: FlowControllerMetrics) -> int:
    """What was accepted and is nowhere."""
    lost = sum(metrics.dropped.values())
    return metrics.accepted - metrics.flushed - metrics.held - metrics.failed - lost


class ControllerTest(unittest.TestCase):
    @virtually
    async def test_flushes_a_full_batch_at_once_and_the_rest_after_the_interval(self) -> None:
        scene = Scene()
        await scene.push_all(0, 6)
        await asyncio.sleep(0.0001)
        self.assertEqual(scene.delivered, [0, 1, 2, 3])
        await asyncio.sleep(0.01)
        self.assertEqual(scene.delivered, list(range(6)))
        self.assertAlmostEqual(scene.metrics.latency_sum, 0.02, 3)
        self.assertAlmostEqual(scene.metrics.latency_max, 0.01, 3)

    @virtually
    async def test_passes_through_every_state(self) -> None:
        states: list[str] = []
        scene = Scene(batch_size=2, on_state=states.append)
        scene.answer = slow(1)
        await scene.push_all(0, 10)
        await asyncio.sleep(2.5)
        self.assertEqual((scene.metrics.state, scene.metrics.held), ("critical", 6))
        await asyncio.sleep(1)
        await scene.controller.drain(60)
        self.assertEqual(states, ["elevated", "critical", "blocked", "critical", "normal", "draining"])

    @virtually
    async def test_wakes_blocked_producers_at_once_first_come_first_served(self) -> None:
        scene = Scene()
        scene.answer = slow(1)
        await scene.push_all(0, 10)
        woken: list[tuple[int, float]] = []
        began = asyncio.get_running_loop().time()

        async def produce(item: int) -> None:
            self.assertTrue(await scene.controller.push(item))
            woken.append((item, round(asyncio.get_running_loop().time() - began, 6)))

        producers = [asyncio.create_task(produce(item)) for item in range(10, 16)]
        await asyncio.sleep(0.5)
        self.assertEqual(scene.metrics.waiting, 6)
        await asyncio.gather(*producers)
        self.assertEqual(woken, [(10, 1), (11, 1), (12, 1), (13, 1), (14, 2), (15, 2)])

    @virtually
    async def test_a_blocked_producer_times_out_or_is_cancelled(self) -> None:
        scene = Scene(max_block=0.3)
        scene.answer = stuck
        await scene.push_all(0, 10)
        loop = asyncio.get_running_loop()
        began = loop.time()
        self.assertFalse(await scene.controller.push(10))
        self.assertAlmostEqual(loop.time() - began, 0.3, 6)
        with self.assertRaises(TimeoutError):
            await asyncio.wait_for(scene.controller.push(11), 0.1)
        metrics = scene.metrics
        self.assertEqual(
            (metrics.accepted, metrics.dropped["timeout"], metrics.waiting, missing(metrics)), (11, 1, 0, 0)
        )

    @virtually
    async def test_one_that_is_cancelled_as_room_comes_is_not_accepted(self) -> None:
        scene = Scene()
        room = asyncio.Event()

        async def answer(_: list[int]) -> Sequence[Outcome]:
            await room.wait()
            return []

        scene.answer = answer
        await scene.push_all(0, 10)
        producers = [asyncio.create_task(scene.controller.push(item)) for item in (10, 11)]
        await asyncio.sleep(0)
        room.set()
        producers[0].cancel()
        self.assertTrue(await producers[1])
        await scene.controller.drain(1)
        self.assertEqual(scene.delivered, [*range(10), 11])
        self.assertEqual((scene.metrics.accepted, missing(scene.metrics)), (11, 0))

    @virtually
    async def test_overflow_rules(self) -> None:
        rules: dict[Overflow, tuple[str, int, list[int]]] = {
            "drop-oldest": ("oldest", 0, [0, 1, 2, 3, 6, 7, 8, 9, 10, 11]),
            "drop-newest": ("newest", 2, list(range(10))),
            "sample": ("sampled", 3, [0, 1, 2, 3, 4, 5, 6, 7, 11]),
        }
        for rule, (reason, refused, left) in rules.items():
            scene = Scene(overflow=rule, sample_rate=0.25)
            scene.answer = slow(1)
            accepted = await scene.push_all(0, 4)
            await asyncio.sleep(0.1)
            accepted += await scene.push_all(4, 12)
            self.assertEqual(accepted.count(False), refused)
            self.assertEqual(dict(scene.metrics.dropped), {reason: 12 - len(left)})
            self.assertEqual(await scene.controller.drain(60), [])
            self.assertEqual(scene.delivered, left)

    @virtually
    async def test_a_failed_flush_loses_nothing_and_keeps_the_order(self) -> None:
        scene = Scene()
        scene.answer = failing
        await scene.push_all(0, 8)
        await asyncio.sleep(0.025)
        self.assertEqual((scene.metrics.held, scene.metrics.failed_flushes), (8, 2))
        self.assertEqual(scene.calls, [0, 0.02])

        async def in_part(_: list[int]) -> Sequence[Outcome]:
            scene.answer = works
            return ["flushed", "retry", "failed", "retry"]

        async def wrong(_: list[int]) -> Sequence[Outcome]:
            scene.answer = in_part
            return ["flushed"]

        scene.answer = wrong
        await asyncio.sleep(2)
        self.assertEqual(scene.delivered, [0, 1, 3, 4, 5, 6, 7])
        self.assertEqual((scene.metrics.failed, missing(scene.metrics)), (1, 0))

    @virtually
    async def test_the_interval_adapts_both_ways(self) -> None:
        scene = Scene(capacity=40, batch_size=20)
        for _ in range(20):
            await scene.push_all(0, 1)
            await asyncio.sleep(0.2)
        self.assertEqual(scene.metrics.flush_interval, 0.16)
        scene.answer = slow(1)
        for _ in range(6):
            await scene.push_all(0, 40 - scene.metrics.held)
            await asyncio.sleep(1.001)
        self.assertEqual(scene.metrics.flush_interval, 0.01)
        scene.answer = failing
        await scene.push_all(0, 1)
        await asyncio.sleep(5)
        self.assertEqual(scene.metrics.flush_interval, 0.16)

    @virtually
    async def test_the_circuit_opens_and_closes(self) -> None:
        scene = Scene(failures_to_open=3, open_for=5)
        scene.answer = failing
        await scene.push_all(0, 10)
        await asyncio.sleep(4.9)
        self.assertEqual((scene.metrics.circuit, len(scene.calls)), ("open", 3))
        scene.answer = slow(1)
        await asyncio.sleep(0.5)
        self.assertEqual(scene.metrics.circuit, "half-open")
        await asyncio.sleep(5)
        self.assertEqual((scene.metrics.circuit, scene.metrics.flushed), ("closed", 10))

    @virtually
    async def test_a_drain_ends_within_its_limit(self) -> None:
        for answer in (failing, stuck):
            scene = Scene(failures_to_open=1)
            scene.answer = answer
            await scene.push_all(0, 10)
            waiting = asyncio.create_task(scene.controller.push(10))
            await asyncio.sleep(0)
            loop = asyncio.get_running_loop()
            began = loop.time()
            self.assertEqual(await scene.controller.drain(0.2), list(range(10)))
            self.assertAlmostEqual(loop.time() - began, 0.2, 6)
            self.assertFalse(await waiting)
            self.assertFalse(await scene.controller.push(11))
            tried = len(scene.calls)
            self.assertTrue(tried >= 20 or answer is stuck)
            await asyncio.sleep(3600)
            self.assertEqual(len(scene.calls), tried)
            self.assertEqual(missing(scene.metrics), 0)

    def test_refuses_options_that_contradict_each_other(self) -> None:
        wrong: list[dict[str, Any]] = [
            {"capacity": 0},
            {"batch_size": 11},
            {"low_watermark": 0.9},
            {"sample_rate": 0},
            {"min_flush": 1},
        ]
        for options in wrong:
            with self.assertRaises(ValueError):
                Scene(**options)

    def test_balances_always(self) -> None:
        for seed in range(200):
            self._balances(seed)

    def _balances(self, seed: int) -> None:
        rng = random.Random(seed)
        is_whole = seed % 2 == 0
        rules: list[Overflow] = ["block", "drop-oldest", "drop-newest", "sample"]
        parts: list[Outcome] = ["flushed", "retry", "failed"]
        refused: set[int] = set()

        async def answer(batch: list[int]) -> Sequence[Outcome]:
            how = rng.randrange(3)
            outcomes = [rng.choice(parts) for _ in batch]
            await asyncio.sleep(rng.choice([0, 0.003, 0.4]))
            if how == 0:
                raise OSError
            return [] if is_whole or how == 1 else outcomes

        async def run(_: object) -> None:
            scene = Scene(overflow=rng.choice(rules), max_block=0.5, open_for=1)
            scene.answer = answer

            async def produce(producer: int) -> None:
                for item in range(producer * 1000, producer * 1000 + 15):
                    if not await scene.controller.push(item):
                        refused.add(item)
                    self.assertEqual(missing(scene.metrics), 0)
                    self.assertLessEqual(scene.metrics.held, 10)
                    await asyncio.sleep(rng.choice([0, 0.01, 0.03]))

            producers = [asyncio.create_task(produce(producer)) for producer in range(4)]
            if rng.random() < 0.5:
                await asyncio.gather(*producers)
            else:
                await asyncio.sleep(0.2)
            left = await scene.controller.drain(rng.choice([0, 0.05, 5]))
            await asyncio.gather(*producers)
            await asyncio.sleep(60)
            metrics = scene.metrics
            self.assertEqual((missing(metrics), metrics.accepted, metrics.flushed), (0, 60, len(scene.delivered)))
            self.assertEqual(len(set(scene.delivered)), len(scene.delivered))
            self.assertFalse(refused & {*scene.delivered, *left})
            if is_whole:
                for producer in range(4):
                    own = [item for item in scene.delivered if item // 1000 == producer]
                    self.assertEqual(own, sorted(own), f"seed {seed}")

        virtually(run)(None)


if __name__ == "__main__":
    unittest.main()
