from concurrent.futures import ThreadPoolExecutor


def _submit(pool, *given):
    try:
        pool.submit(*given)  # want low: pool takes one task per value
    except RuntimeError:
        pass


class Sender:
    def run(self) -> None:
        pool = ThreadPoolExecutor(max_workers=4)
        while True:
            batch = self.pending_queue.get()
            if batch is None:
                _submit(pool, self.close, batch)
                return
            _submit(pool, self.send, batch)
