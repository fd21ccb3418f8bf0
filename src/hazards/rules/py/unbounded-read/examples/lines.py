import socketserver


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        self.answer(self.rfile.readline())  # want low: reads all there is

    def handle_short(self):
        self.answer(self.rfile.readline(65537))  # nothing
