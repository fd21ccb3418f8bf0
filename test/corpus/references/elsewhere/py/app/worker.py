import app.topics as t
import app.topics
import kombu
import pika
from app import names
from app.names import ORDERS as again
from app.topics import Groups, settings, TOPICS
from confluent_kafka import Consumer, Producer
from . import topics
from .names import STOCK
from .queues import exchange, queues
from .topics import ORDERS, Queues
from .twice import TARGET


def main(channel, connection, producer=Producer({})):
    consumer = Consumer({"group.id": Groups.BILLING})
    consumer.subscribe([ORDERS])  # consume kafka orders / billing constant of app/topics.py:3, app/topics.py:8
    producer.produce(t.ORDERS, b"")  # produce kafka orders constant of app/topics.py:3
    producer.produce(app.topics.ORDERS, b"")  # produce kafka orders constant of app/topics.py:3
    producer.produce(topics.ORDERS, b"")  # produce kafka orders constant of app/topics.py:3
    producer.produce(names.STOCK, b"")  # produce kafka stock constant of app/names/stock.py:1
    producer.produce(again, b"")  # produce kafka orders constant of app/topics.py:3
    producer.produce(f"{STOCK}.eu", b"")  # produce kafka stock.eu constant of app/names/stock.py:1
    producer.produce(TOPICS["refunds"], b"")  # produce kafka shop.refunds constant of app/topics.py:4
    producer.produce(settings.audit, b"")  # produce kafka audit constant of app/topics.py:16
    producer.produce(TARGET, b"")  # produce kafka ? unknown of left in app/twice.py:4, right in app/twice.py:6
    channel.basic_consume(queue=Queues.MAIL.value, on_message_callback=print)  # consume rabbitmq mail constant of app/topics.py:12
    kombu.Consumer(connection, queues)  # consume rabbitmq high constant of app/queues.py:4; consume rabbitmq low constant of app/queues.py:4
    kombu.Producer(connection).publish({}, exchange=exchange, routing_key="high")  # produce rabbitmq tasks/high constant of app/queues.py:3


def other(producer: Producer, ORDERS: str):
    producer.produce(ORDERS, b"")  # produce kafka ? unknown
