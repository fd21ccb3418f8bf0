import pika


def start(channel) -> None:
    channel.queue_declare(queue="orders", durable=True)  # want low: refused messages are lost
    channel.exchange_declare("all")  # nothing


def on_message(channel, method, properties, body) -> None:
    channel.basic_nack(method.delivery_tag, requeue=False)
