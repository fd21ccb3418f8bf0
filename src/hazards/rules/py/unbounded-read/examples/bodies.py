from http.server import BaseHTTPRequestHandler

from bottle import request
from starlette.requests import Request
from twisted.web.resource import Resource


class Hook(Resource):
    def render_POST(self, request) -> bytes:
        return self.check(request.content.read())  # want low: reads all there is

    def render_PUT(self, request) -> bytes:
        return request.content.read(65536)  # nothing

    def render_PATCH(self, request) -> bytes:
        if int(request.getHeader("content-length")) > 65536:
            return b""
        return request.content.read()  # bounded: content-length

    def check(self, content: bytes) -> bytes:
        with open("secret") as secret:
            return content + secret.read().encode()  # nothing


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.handle_body(self.rfile.read(length))  # want low: reads all there is

    def do_PUT(self) -> None:
        length = int(self.headers["Content-Length"])
        if length > 65536:
            return
        self.handle_body(self.rfile.read(length))  # bounded: length > 65536


async def receive(request: Request) -> bytes:
    return await request.body()  # want low: reads all there is


def receive_posted() -> bytes:
    return request.body.read()  # want low: reads all there is


def application(environ, start_response):
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]  # want low: reads all there is
