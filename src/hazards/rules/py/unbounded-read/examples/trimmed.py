import redis


def latest(client: redis.Redis) -> None:
    client.xadd("orders", {"id": "1"}, maxlen=1000)
    client.xread({"orders": "0"})  # bounded: maxlen
