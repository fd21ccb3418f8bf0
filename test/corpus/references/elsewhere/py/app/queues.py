from kombu import Exchange, Queue

exchange = Exchange("tasks", type="direct")
queues = [Queue("high", exchange), Queue("low", exchange)]
