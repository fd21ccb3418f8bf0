from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

WORKERS = 4
pool = ThreadPoolExecutor(max_workers=16)  # want low: hard-coded: 16 at once
processes = ProcessPoolExecutor(8)  # want low: hard-coded: 8 at once
named = ThreadPoolExecutor(max_workers=WORKERS)  # bounded: WORKERS
free = ThreadPoolExecutor()  # nothing
one = ThreadPoolExecutor(max_workers=1)  # nothing
