import threading
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

import kafka

slots = threading.Semaphore(10)


def pool(consumer: kafka.KafkaConsumer) -> None:
    executor = ThreadPoolExecutor(max_workers=4)
    for message in consumer:
        executor.submit(handle, message)  # want medium: pool takes one task per message


def permitted(consumer: kafka.KafkaConsumer) -> None:
    executor = ThreadPoolExecutor(max_workers=4)
    for message in consumer:
        slots.acquire()
        future = executor.submit(handle, message)  # bounded: slots.acquire()
        future.add_done_callback(lambda _: slots.release())


def counted(consumer: kafka.KafkaConsumer) -> None:
    running = set()
    executor = ThreadPoolExecutor(max_workers=4)
    for message in consumer:
        if len(running) > 100:
            wait(running, return_when=FIRST_COMPLETED)
            continue
        running.add(executor.submit(handle, message))  # bounded: the check


def few(names: list[str]) -> None:
    with ThreadPoolExecutor() as executor:
        for name in names:
            executor.submit(handle, name)  # nothing
