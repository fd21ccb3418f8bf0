from aiokafka import AIOKafkaConsumer, AIOKafkaProducer


async def copy(consumer: AIOKafkaConsumer, producer: AIOKafkaProducer) -> None:
    async for message in consumer:
        producer.send("copies", message.value)  # want medium: send per message, result ignored
        await producer.send("copies", message.value)  # nothing


async def once(producer: AIOKafkaProducer) -> None:
    producer.send("started", b"")  # nothing
