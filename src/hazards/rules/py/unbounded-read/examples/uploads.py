import falcon
from aiohttp import web
from fastapi import FastAPI, Request, UploadFile

app = FastAPI()
MAX_CONTENT_LENGTH_OF_OTHERS = 1000


@app.post("/")
async def upload(picture: UploadFile):
    return await save(await picture.read())  # want low: reads all there is


@app.post("/pieces")
async def upload_pieces(picture: UploadFile):
    while piece := await picture.read(65536):  # nothing
        await save(piece)


@app.post("/event")
async def event(request: Request):
    return await save(await request.json())  # want low: reads all there is


@app.post("/small")
async def small(request: Request):
    if int(request.headers["content-length"]) > MAX_CONTENT_LENGTH_OF_OTHERS:
        return None
    return await save(await request.json())  # bounded: MAX_CONTENT_LENGTH


async def raw(request: web.Request):
    return await save(await request.content.read())  # want low: reads all there is


class Orders:
    def on_post(self, req: falcon.Request, resp):
        self.keep(req.get_media())  # want low: reads all there is
