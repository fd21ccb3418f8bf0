import asyncio


class Session:
    def __init__(self, peer, outgoing) -> None:
        self.peer = peer
        self.outgoing = outgoing


class Coordinator:
    async def stream(self, peer, context):
        outgoing = asyncio.Queue()  # want low: queue grows per call
        self.sessions[peer] = Session(peer, outgoing)
        while True:
            yield await outgoing.get()

    async def stream_of_few(self, peer, context):
        few = asyncio.Queue(maxsize=100)  # nothing
        self.sessions[peer] = Session(peer, few)
        while True:
            yield await few.get()


def open_group(group, name) -> None:
    group.happenings = asyncio.Queue()  # want low: queue grows per call
    group.answers = asyncio.Queue(8)  # nothing
    group.responses = asyncio.Queue()  # nothing
    group.name = name


async def walk(group):
    while True:
        yield await group.happenings.get()


class Feed:
    async def listen(self):
        pieces = asyncio.Queue()  # want low: queue grows per call
        once = asyncio.Queue()  # nothing
        reader = asyncio.create_task(self.fill(pieces, once))
        while not reader.done():
            print(await pieces.get(), await once.get())

    async def fill(self, pieces, once):
        once.put_nowait(self.name)
        while True:
            pieces.put_nowait(await self.socket.receive_frame())
