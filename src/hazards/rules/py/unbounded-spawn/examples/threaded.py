import http.server
import socket
import socketserver
from _thread import start_new_thread
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from socketserver import ThreadingMixIn


class StompServer(ThreadingMixIn, socketserver.TCPServer):  # want low: one task per connection
    allow_reuse_address = True


class OneByOne(HTTPServer):  # nothing: one connection after the other
    pass


class Helper(socketserver.ThreadingTCPServer):  # nothing: only this machine reaches it
    pass


def serve(port: int) -> None:
    ThreadingHTTPServer(("", port), BaseHTTPRequestHandler).serve_forever()  # want low: one task per connection
    http.server.ThreadingHTTPServer(("localhost", port), BaseHTTPRequestHandler)  # nothing: only this machine
    Helper(("127.0.0.1", port), BaseHTTPRequestHandler).serve_forever()


def accept(server: socket.socket) -> None:
    while True:
        client, _ = server.accept()
        start_new_thread(answer, (client,))  # want low: one task per connection
