import asyncio
import logging
import queue


class Feed:
    def __init__(self) -> None:
        self.jobs: asyncio.Queue[str] = asyncio.Queue(maxsize=10)
        self.dropped = 0

    def offer(self, job: str) -> None:
        try:
            self.jobs.put_nowait(job)
        except asyncio.QueueFull:  # want low: drops silently when full
            pass
        try:
            self.jobs.put_nowait(job)
        except asyncio.QueueFull:  # bounded: self.dropped += 1
            self.dropped += 1
        try:
            self.jobs.put_nowait(job)
        except asyncio.QueueFull:  # bounded: logging.warning
            logging.warning("full")
        try:
            self.jobs.put_nowait(job)
        except asyncio.QueueFull:  # bounded: self.jobs.get_nowait()
            self.jobs.get_nowait()


def forward(jobs: "queue.Queue[str]", names: list[str]) -> None:
    for name in names:
        try:
            jobs.put(name, block=False)
        except queue.Full:  # want low: drops silently when full
            continue
        try:
            jobs.get_nowait()
        except queue.Empty:  # nothing
            pass
        try:
            jobs.put_nowait(None)
        except queue.Full:  # nothing
            pass
        try:
            jobs.put_nowait(END_OF_JOBS)
        except queue.Full:  # nothing: a word to the reader
            pass


def offer_again(jobs: "queue.Queue[str]", job: str) -> None:
    while True:
        try:
            jobs.put(job, timeout=0.1)
            return
        except queue.Full:  # nothing: it is put again
            continue


def give_back(worker: str, idle_pool: "queue.Queue[str]") -> None:
    try:
        idle_pool.put_nowait(worker)
    except queue.Full:  # nothing: one more than is needed
        pass
