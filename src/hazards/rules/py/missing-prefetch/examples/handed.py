import pika


def start(channel: pika.channel.Channel) -> None:
    channel.basic_consume(queue="orders", on_message_callback=handle)  # nothing
