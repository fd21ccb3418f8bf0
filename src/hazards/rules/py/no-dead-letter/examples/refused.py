import pika


def start(channel) -> None:
    channel.queue_declare(queue="orders", durable=True)  # want low: refused messages are lost
    channel.exchange_declare("all")  # nothing
    channel.queue_declare(queue="answers", auto_delete=True)  # nothing: it goes with its reader


def declare(channel, name, arguments, options) -> None:
    channel.queue_declare(queue=name, arguments=arguments)  # nothing: whoever calls may name one
    channel.queue_declare(queue=name, **options)  # nothing: the same


def on_message(channel, method, properties, body) -> None:
    channel.basic_nack(method.delivery_tag, requeue=False)
