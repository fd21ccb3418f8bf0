class Crawler:
    def __init__(self) -> None:
        self.seen = set()
        self.visited_urls = {}
        self.handlers = []
        self.known = set()
        self.results = []

    def process_request(self, request) -> None:
        self.seen.add(request.url)  # want low: kept per call
        self.known.add(request.url)  # nothing

    def on_visited(self, url, page) -> None:
        self.visited_urls[url] = page  # want low: kept per call
        self.visited_urls["last"] = page  # nothing

    def register(self, handler) -> None:
        self.handlers.append(handler)  # nothing

    def forget(self, url) -> None:
        self.known.discard(url)

    def next_request(self) -> None:
        self.results.append(3)  # nothing


class RequestParser:
    def __init__(self) -> None:
        self.messages = []

    def on_message(self, message) -> None:
        self.messages.append(message)  # nothing


class Gateway:
    def __init__(self) -> None:
        self.allowed = {}

    def allow(self, ip) -> None:
        self.allowed[ip] = True  # nothing


class RobotStore:
    def __init__(self) -> None:
        self.by_site = {}
        self.few = {}

    def track_robots(self, netloc, robots):
        self.by_site[netloc] = robots  # want low: kept per call
        self.few[netloc] = robots  # nothing
        if len(self.few) > 100:
            raise OverflowError
        print(len(self.by_site))


class Greeter:
    def __init__(self):
        self.people = {}
        self.words = {}

    def greet(self, userid, word):
        self.people[userid] = ask_for_name(userid)  # want low: kept per call
        self.words[word] = True  # nothing: no key that is ever new
