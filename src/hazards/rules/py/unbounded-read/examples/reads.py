import redis.asyncio as redis


async def consume(client: redis.Redis, options: dict) -> None:
    await client.xreadgroup("g", "c", {"orders": ">"}, block=0)  # want low: reads all there is
    await client.xread({"orders": "$"})  # want low: reads all there is
    await client.xread({"orders": "$"}, count=10)  # bounded: count=10
    await client.xread({"orders": "$"}, max_count=10)  # bounded: count=10
    await client.xread({"orders": "$"}, 10)  # bounded: count=10
    await client.xread({"orders": "$"}, **options)  # nothing
