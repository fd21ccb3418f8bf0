import json
import tarfile
from io import BytesIO

import aiohttp
import redis


def waiting(client: redis.Redis, names: dict) -> list:
    client.lrange("jobs", 0, 99)  # nothing
    client.keys("result:*")  # want low: reads all there is
    names.keys()  # nothing
    client.zrange("scores", 0, -1)  # want low: reads all there is
    return client.lrange("jobs", 0, -1)  # want low: reads all there is


def stored(client, key) -> bytes:
    answer = client.get_object(Bucket="files", Key=key)
    answer["Body"].read(1024)  # nothing
    return answer["Body"].read()  # want low: reads all there is


async def unpack(response: aiohttp.ClientResponse) -> tarfile.TarFile:
    content = await response.read()  # want low: reads all there is
    return tarfile.open(mode="r", fileobj=BytesIO(content))


def rows(cursor):
    for row in cursor.fetchall():  # want low: reads all there is
        yield row
    for row in cursor.fetchmany(100):  # nothing
        yield row


def items(file):
    yield from json.load(file)  # want low: reads all there is


def settings(file):
    for name, value in json.load(file).items():  # nothing
        print(name, value)


def drop_all(client: redis.Redis) -> None:
    client.keys("flavors:*")  # nothing: the few keys of the program


def installation(client) -> dict:
    return json.loads(client.get_object(Key="bot")["Body"].read().decode("utf-8"))  # nothing: a small record
