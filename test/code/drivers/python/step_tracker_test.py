from __future__ import annotations

import logging
import os
import threading
import unittest
from pathlib import Path

from step_tracker import Counts, Recorder, StepTracker, StepTrackerLog, StepTrackerPage


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def lines(page: StepTrackerPage, name: str) -> list[str]:
    """What the page says of a name, but for what stays at zero."""
    return [line for line in page.text().splitlines() if line.startswith(name) and line.split()[-1] not in ("0", "0.0")]


class TrackerTest(unittest.TestCase):
    def setUp(self) -> None:
        self.clock = Clock()

    def track(self, recorder: Recorder, worker: str = "", every: float = 3600) -> StepTracker:
        return StepTracker("parse", recorder, worker=worker, every=every, clock=self.clock)

    def test_an_episode_ends_at_the_retry_and_at_the_next_message(self) -> None:
        page = StepTrackerPage()
        tracker = self.track(page)
        tracker.sent()
        tracker.send_refused()
        self.clock.now += 0.02
        tracker.send_refused()
        self.clock.now += 0.02
        tracker.sent()
        tracker.send_refused()
        self.clock.now += 2
        tracker.sent()
        tracker.receive_refused()
        self.clock.now += 60
        tracker.received()
        tracker.close()
        self.assertEqual(lines(page, "pipeline_sent"), ['pipeline_sent_total{step="parse"} 3'])
        send = "pipeline_send_backpressure"
        self.assertEqual(
            lines(page, send),
            [f'{send}_total{{step="parse"}} 2']
            + [f'{send}_duration_seconds_bucket{{step="parse",le="{le}"}} 1' for le in ("0.1", "0.5", "1")]
            + [f'{send}_duration_seconds_bucket{{step="parse",le="{le}"}} 2' for le in ("5", "30", "+Inf")]
            + [
                f'{send}_duration_seconds_sum{{step="parse"}} 2.04',
                f'{send}_duration_seconds_count{{step="parse"}} 2',
            ],
        )
        receive = "pipeline_receive_backpressure"
        self.assertEqual(
            lines(page, "pipeline_receive"),
            [
                'pipeline_received_total{step="parse"} 1',
                f'{receive}_total{{step="parse"}} 1',
                f'{receive}_duration_seconds_bucket{{step="parse",le="+Inf"}} 1',
                f'{receive}_duration_seconds_sum{{step="parse"}} 60.0',
                f'{receive}_duration_seconds_count{{step="parse"}} 1',
            ],
        )

    def test_an_unfinished_episode_is_not_counted(self) -> None:
        page = StepTrackerPage()
        tracker = self.track(page, 'a "b"\\\n')
        tracker.send_refused()
        self.clock.now += 3600
        tracker.close()
        self.assertEqual(lines(page, "pipeline"), [])
        self.assertIn('pipeline_send_backpressure_total{step="parse",worker="a \\"b\\"\\\\\\n"} 0\n', page.text())

    def test_the_step_waits_for_no_recorder(self) -> None:
        reached, release = threading.Event(), threading.Event()
        counted: list[int] = []

        class Stuck:
            def record(self, _step: str, _worker: str, counts: Counts) -> None:
                counted.append(counts.sent)
                if counts.sent > 0:
                    reached.set()
                    release.wait()

        tracker = self.track(Stuck(), every=0.001)
        tracker.sent()
        reached.wait()
        for _ in range(1000):
            tracker.sent()
        release.set()
        tracker.close()
        self.assertEqual(sum(counted), 1001)

    def test_threads_lose_nothing_and_a_recorder_that_raises_stops_nothing(self) -> None:
        logging.disable()
        page = StepTrackerPage()
        failures = iter([OSError()])

        class Failing:
            def record(self, step: str, worker: str, counts: Counts) -> None:
                page.record(step, worker, counts)
                if counts.sent > 0:
                    for error in failures:
                        raise error

        tracker = self.track(Failing(), every=0.001)

        def use() -> None:
            for _ in range(2000):
                tracker.send_refused()
                tracker.sent()

        threads = [threading.Thread(target=use) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        tracker.close()
        logging.disable(logging.NOTSET)
        self.assertEqual(lines(page, "pipeline_sent"), ['pipeline_sent_total{step="parse"} 8000'])

    def test_logs_instead_of_exporting(self) -> None:
        logger = logging.getLogger("steps")
        with self.assertLogs(logger, logging.INFO) as logged:
            tracker = self.track(StepTrackerLog(logger))
            tracker.send_refused()
            self.clock.now += 3
            tracker.sent()
            tracker.close()
        self.assertEqual(
            [record.getMessage() for record in logged.records],
            [
                "step 'parse' worker '': sent 1, received 0, waited 1 times for the next step (3 s), "
                "made others wait 0 times (0 s)"
            ],
        )

    def test_prints_its_pages(self) -> None:
        folder = os.environ.get("PAGES")
        if folder is None:
            self.skipTest("nobody asks")
        page = StepTrackerPage()
        tracker = self.track(page)
        Path(folder, "before").write_text(page.text())
        tracker.send_refused()
        self.clock.now += 0.5
        tracker.sent()
        tracker.close()
        Path(folder, "after").write_text(page.text())


if __name__ == "__main__":
    unittest.main()
