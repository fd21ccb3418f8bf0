import pika
from kombu import Consumer
from kombu.mixins import ConsumerMixin


def start(channel: pika.channel.Channel) -> None:
    channel.basic_consume(queue="orders", on_message_callback=handle)  # want low: no prefetch


class Router:
    def subscribe(self, broker):
        yield broker.channel_of.basic_consume(queue="orders", no_ack=False, consumer_tag="router")  # want low: no prefetch
        yield broker.channel_of.basic_consume(queue="copies", no_ack=True, consumer_tag="copies")  # nothing
        yield broker.channel_of.basic_consume(queue=self.reply_queue, consumer_tag="replies")  # nothing


class Worker(ConsumerMixin):
    def get_consumers(self, consumer, channel):
        return [
            Consumer(channel, queues=self.queues, callbacks=[self.on_message]),  # want low: no prefetch
            Consumer(channel, queues=self.queues),  # nothing
        ]
