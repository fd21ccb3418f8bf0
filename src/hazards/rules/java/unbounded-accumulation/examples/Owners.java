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

class MailSink {
    private final List<Request> seen = new ArrayList<>();
    private final List<Request> queuedDeliveries = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<Request> received = new ArrayList<>();

    public void onMessageArrived(Request request) {
        seen.add(request); // want low: kept per call, never emptied
        queuedDeliveries.add(request); // nothing: no more than the credit for them
        failures.add(request.toString()); // nothing: little goes wrong in one course
        received.add(request); // nothing: the first is taken out
    }

    public Request next() {
        return received.remove(0);
    }
}

class RequestScan {
    private final List<Request> hits = new ArrayList<>();

    public void onMessageArrived(Request request) {
        hits.add(request); // nothing: gone with the scan
    }
}
