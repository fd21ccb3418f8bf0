package examples.kept;

import java.util.ArrayList;
import java.util.List;

class RequestHits {
    private final List<Request> requests = new ArrayList<>();

    public void onMessageArrived(Request request) {
        requests.add(request); // want low: kept per call, never emptied
    }
}

class HitRequest {
    private final List<Header> parts = new ArrayList<>();

    public void onMessageArrived(Header header) {
        parts.add(header); // nothing: gone with the request
    }
}

record Request(long id) {}

record Header(String name) {}
