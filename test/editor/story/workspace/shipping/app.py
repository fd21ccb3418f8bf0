"""Ships what was paid."""

import os

import pika

QUEUE = "paid"

connection = pika.BlockingConnection(pika.URLParameters(os.environ["RABBITMQ_URL"]))
channel = connection.channel()
channel.basic_qos(prefetch_count=50)


def ship(channel, method, _properties, _body):
    channel.basic_ack(method.delivery_tag)


channel.basic_consume(queue=QUEUE, on_message_callback=ship)
channel.start_consuming()
