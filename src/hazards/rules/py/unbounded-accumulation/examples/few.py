class SessionManager:
    def __init__(self):
        self.nick = "me"
        self.last_urls = {}
        self.window = set()
        self.people = {}
        self.remote_user = ""

    def on_message(self, userid, message, url):
        self.people[userid] = message  # want low: kept per call
        self.people[self.remote_user] = message  # want low: kept per call
        self.people[self.nick] = message  # nothing: one of its own
        self.last_urls[message] = url  # nothing: the name of a kind
        self.last_urls[url.address_class] = url  # nothing: as many as classes
        self.last_urls[url.host % 16] = url  # nothing: sixteen
        self.window.add(userid)  # nothing: emptied under another name

    def report(self):
        seen = self.window
        print(len(seen))
        seen.clear()

    def add_server_url(self, url):
        self.last_urls[url] = True  # nothing: whoever sets it up


class DiscoverProtocol:
    def __init__(self):
        self.found = {}

    def on_answer(self, data, remote_ip):
        self.found[remote_ip] = data  # nothing: a search ends
