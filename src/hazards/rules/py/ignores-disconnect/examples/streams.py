import asyncio

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


@app.get("/events")
async def events() -> StreamingResponse:
    lines: asyncio.Queue[str] = asyncio.Queue(maxsize=10)
    asyncio.create_task(feed(lines))  # want low: goes on after the client has left

    async def read():
        while True:
            yield await lines.get()

    return StreamingResponse(read())


@app.get("/answers")
async def answers(stream: bool):
    if stream:
        return StreamingResponse(pieces())
    first = asyncio.create_task(process(1))  # nothing: no streamed answer comes after it
    return await asyncio.gather(first)


@app.post("/orders")
async def order(body: dict) -> dict:
    asyncio.create_task(process(body))  # nothing
    return {}


async def start() -> None:
    asyncio.create_task(feed(StreamingResponse))  # nothing
