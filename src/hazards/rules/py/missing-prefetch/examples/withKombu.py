from kombu import Consumer


def consumers(channel, queues, handle):
    return [Consumer(channel, queues, callbacks=[handle], prefetch_count=10)]  # bounded: prefetch_count
