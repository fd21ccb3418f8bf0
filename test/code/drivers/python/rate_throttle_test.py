from __future__ import annotations

import asyncio
import math
import unittest
from typing import Any

from rate_throttle import RateThrottle, RateThrottleOptions
from virtual_loop import VirtualLoop, gathered, virtually


def throttle(**options: Any) -> RateThrottle:
    return RateThrottle(RateThrottleOptions(**options))


def now() -> float:
    return round(asyncio.get_running_loop().time(), 3)


class ThrottleTest(unittest.TestCase):
    @virtually
    async def test_all_producers_together_keep_to_the_rate(self) -> None:
        shared = throttle()
        passed = [0, 0, 0, 0]

        async def produce(producer: int) -> None:
            while True:
                await shared.take()
                passed[producer] += 1

        producers = [asyncio.create_task(produce(producer)) for producer in range(4)]
        await asyncio.sleep(10)
        for producer in producers:
            producer.cancel()
        await gathered(*producers)
        self.assertIn(sum(passed), (1009, 1010))
        self.assertLess(max(passed) - min(passed), 12)

    @virtually
    async def test_serves_in_order_and_a_cancelled_one_uses_nothing(self) -> None:
        shared = throttle(max_rate=1, burst=1)
        await shared.take()
        turns: list[tuple[int, float]] = []

        async def wait(who: int) -> None:
            await shared.take()
            turns.append((who, now()))

        waiting = [asyncio.create_task(wait(who)) for who in range(3)]
        await asyncio.sleep(0.5)
        waiting[1].cancel()
        await gathered(*waiting)
        self.assertEqual(turns, [(0, 1), (2, 2)])

    @virtually
    async def test_a_turn_and_a_cancellation_at_the_same_moment_lose_no_token(self) -> None:
        shared = throttle(max_rate=1, burst=1)
        await shared.take()
        waiting = asyncio.create_task(shared.take())
        await asyncio.sleep(0)
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        loop.skip(1)
        shared.report(30)
        waiting.cancel()
        await gathered(waiting)
        await shared.take()
        self.assertEqual(now(), 1)

    @virtually
    async def test_is_cut_on_lag_and_recovers_gradually(self) -> None:
        shared = throttle()

        async def report(lag: float, seconds: int) -> None:
            for _ in range(seconds):
                await asyncio.sleep(1)
                shared.report(lag)

        await report(100, 10)
        self.assertEqual(shared.rate, 50)
        await report(100, 300)
        self.assertEqual(shared.rate, 1)
        shared.report(30)
        self.assertEqual(shared.rate, 1)
        await report(5, 150)
        self.assertAlmostEqual(shared.rate, 1 + 99 / 2)
        await asyncio.sleep(3600)
        shared.report(5)
        self.assertAlmostEqual(shared.rate, 1 + 99 / 2 + 99 / 30)
        await report(5, 300)
        self.assertEqual(shared.rate, 100)

    @virtually
    async def test_a_cut_holds_for_those_who_wait_already(self) -> None:
        shared = throttle(max_rate=2, burst=1)
        await shared.take()
        waiting = asyncio.create_task(shared.take())
        await asyncio.sleep(0.25)
        shared.report(1000)
        await waiting
        self.assertEqual(now(), 0.75)

    @virtually
    async def test_a_recovery_wakes_those_who_wait_sooner(self) -> None:
        shared = throttle(max_rate=1, min_rate=0.01, burst=1, cut_every=1, recovery=1)
        await shared.take()
        shared.report(1000)
        waiting = asyncio.create_task(shared.take())
        await asyncio.sleep(1)
        shared.report(5)
        await waiting
        self.assertEqual(now(), 1.5)

    @virtually
    async def test_refuses_rates_that_contradict_each_other(self) -> None:
        wrong: list[dict[str, Any]] = [
            {"max_rate": 0},
            {"min_rate": 101},
            {"max_rate": math.nan},
            {"burst": 0},
            {"low_lag": 61},
            {"cut": 1},
        ]
        for options in wrong:
            with self.assertRaises(ValueError):
                throttle(**options)


if __name__ == "__main__":
    unittest.main()
