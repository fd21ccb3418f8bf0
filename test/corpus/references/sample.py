import argparse
import os

import aio_pika
import boto3
import kombu
import pika
import redis
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from celery import Celery, shared_task
from confluent_kafka import Consumer, Producer
from kombu import Exchange, Queue

ORDERS = "orders"


class Topics:
    AUDIT = "audit"


async def main(region: str) -> None:
    consumer = Consumer({"group.id": os.environ.get("GROUP", "billing")})
    consumer.subscribe([ORDERS, f"refunds.{region}"])  # consume kafka orders / billing config; consume kafka refunds.* / billing template
    Producer({}).produce(Topics.AUDIT, b"")  # produce kafka audit constant
    AIOKafkaConsumer("parcels", group_id="shipping")  # consume kafka parcels / shipping literal
    producer = AIOKafkaProducer()
    await producer.send_and_wait(os.environ["OUT_TOPIC"], b"")  # produce kafka invoices config
    await producer.send(region, b"")  # produce kafka ? unknown
    channel = pika.BlockingConnection().channel()
    channel.queue_declare(queue="jobs")  # declare rabbitmq jobs literal
    channel.basic_consume(queue="jobs", on_message_callback=print)  # consume rabbitmq jobs literal
    channel.basic_publish(exchange="events", routing_key="order.paid", body=b"")  # produce rabbitmq events/order.paid literal
    channel.basic_publish(exchange="", routing_key="jobs", body=b"")  # produce rabbitmq jobs literal
    async_channel = await (await aio_pika.connect("amqp://localhost")).channel()
    queue = await async_channel.declare_queue("mails")  # declare rabbitmq mails literal
    await queue.consume(print)  # consume rabbitmq mails literal
    client = redis.Redis()
    client.xreadgroup("shipping", "me", {"events": ">"})  # consume redis events / shipping literal
    client.xadd("events", {})  # produce redis events literal
    boto3.client("sqs").receive_message(QueueUrl="https://sqs.eu-west-1.amazonaws.com/1234/claims")  # consume aws_sqs claims literal


parser = argparse.ArgumentParser()
parser.add_argument("--topic", default="ledger")
options = parser.parse_args()


class Sender:
    def __init__(self, queue):
        self.queue = queue

    def send(self, channel):
        channel.basic_publish(exchange="", routing_key=self.queue, body=b"")  # produce rabbitmq reminders constant


def start(channel, connection, producer=Producer({})):
    Sender("reminders").send(channel)
    declared = channel.queue_declare(queue="receipts")  # declare rabbitmq receipts literal
    channel.basic_consume(queue=declared.method.queue, on_message_callback=print)  # consume rabbitmq receipts constant
    anonymous = channel.queue_declare(queue="", exclusive=True)  # declare rabbitmq ? unknown
    channel.basic_consume(queue=anonymous.method.queue, on_message_callback=print)  # consume rabbitmq ? unknown
    producer.produce(options.topic, b"")  # produce kafka ledger config
    exchange = Exchange("sales")
    queues = [Queue("sold", exchange, routing_key="sold")]  # declare rabbitmq sold literal
    kombu.Consumer(connection, queues)  # consume rabbitmq sold constant
    with connection.SimpleQueue("notes") as notes:
        notes.put(b"")  # produce rabbitmq notes literal


app = Celery("shop", broker="redis://localhost")


@app.task  # consume redis celery config
def tidy() -> None:
    write.apply_async(queue="letters")  # produce redis letters literal
    write.delay()  # produce redis letters constant


@shared_task(queue="letters")  # consume redis letters literal
def write() -> None: ...
