from concurrent.futures import ThreadPoolExecutor
from socketserver import TCPServer, ThreadingMixIn


class Server(ThreadingMixIn, TCPServer):  # nothing: a pool takes the place of the threads
    pool = ThreadPoolExecutor(10)

    def process_request(self, request, client_address) -> None:
        self.pool.submit(self.process_request_thread, request, client_address)
