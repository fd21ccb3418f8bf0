from confluent_kafka import Consumer, Producer


def copy(consumer: Consumer, producer: Producer) -> None:
    while True:
        for message in consumer.consume(100):
            producer.produce("copies", message.value())  # want medium: send per message, result ignored
