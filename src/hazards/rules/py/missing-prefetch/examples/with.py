import pika

connection = pika.BlockingConnection()
channel = connection.channel()
channel.basic_qos(prefetch_count=20)
channel.basic_consume(queue="orders", on_message_callback=handle)  # bounded: basic_qos
