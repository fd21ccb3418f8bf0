import asyncio

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


@app.get("/events")
async def events() -> StreamingResponse:
    lines: asyncio.Queue[str] = asyncio.Queue(maxsize=10)
    task = asyncio.create_task(feed(lines))  # bounded: .cancel(

    async def read():
        try:
            while True:
                yield await lines.get()
        finally:
            task.cancel()

    return StreamingResponse(read())
