from confluent_kafka import Consumer, Producer


def copy(consumer: Consumer, producer: Producer) -> None:
    while True:
        message = consumer.poll(1.0)
        producer.produce("copies", message.value())  # bounded: poll
        producer.poll(0)
