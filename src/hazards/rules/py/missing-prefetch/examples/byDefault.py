import pika


class Channel:
    def __init__(self, connection, prefetch_count=0):
        self.prefetch_count = prefetch_count
        self.channel = connection.channel()
        if prefetch_count:
            self.channel.basic_qos(prefetch_count=prefetch_count)

    def subscribe(self, queue, handle):
        self.channel.basic_consume(queue, on_message_callback=handle)  # want low: no prefetch
        self.channel.basic_consume(queue=self.callback_queue, on_message_callback=self.on_response)  # nothing
