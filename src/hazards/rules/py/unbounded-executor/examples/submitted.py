from concurrent.futures import ThreadPoolExecutor

from kafka import KafkaConsumer


def handle(message: object) -> None:
    print(message)


def consume(consumer: KafkaConsumer) -> None:
    executor = ThreadPoolExecutor(max_workers=4)
    for message in consumer:
        executor.submit(handle, message)  # want medium: pool takes one task per message
