package examples.kept;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

class VisitedFilter {
    private final Set<String> visited = Collections.newSetFromMap(new ConcurrentHashMap<String, Boolean>());

    boolean isDuplicate(String url) {
        return !visited.add(url); // want low: kept per call, never emptied
    }

    void reset() {
        visited.clear();
    }
}

class ResultCollector {
    private final List<String> results = new ArrayList<>();

    synchronized void process(String message) {
        results.add(message); // want low: kept per call, never emptied
    }

    int howMany() {
        return results.size();
    }
}

class RecentTracker {
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    void track(String sessionId) {
        if (seen.size() > 1000) {
            return;
        }
        seen.add(sessionId); // nothing
    }
}

class FlushedReporter {
    private List<String> events = new ArrayList<>();

    synchronized void report(String event) {
        events.add(event); // nothing
    }

    synchronized List<String> flush() {
        List<String> all = events;
        events = new ArrayList<>();
        return all;
    }
}

class AskingClient {
    private final Map<Long, CompletableFuture<String>> pendingRequests = new ConcurrentHashMap<>();

    CompletableFuture<String> sendRequest(long requestId) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        pendingRequests.put(requestId, answer); // want low: kept per call, never emptied
        return answer;
    }

    void onResponse(long requestId, String text) {
        CompletableFuture<String> answer = pendingRequests.remove(requestId);
        answer.complete(text);
    }
}

class AgeingClient {
    private final Map<Long, CompletableFuture<String>> waitingRequests = new ConcurrentHashMap<>();

    CompletableFuture<String> sendRequest(long requestId) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        waitingRequests.put(requestId, answer); // nothing
        return answer;
    }

    void onTimeout(long requestId) {
        waitingRequests.remove(requestId);
    }
}

class VisitorTracker {
    private final Map<String, Integer> hitsByUser = new ConcurrentHashMap<>();
    private final Map<String, Integer> hitsByRoute = new ConcurrentHashMap<>();

    void track(String userId, String route) {
        hitsByUser.put(userId, 1); // want low: kept per call, never emptied
        hitsByRoute.put(route, 1); // nothing
    }
}

class RouterBuilder {
    private final Map<String, Runnable> handlers = new HashMap<>();

    synchronized void handle(String path, Runnable handler) {
        handlers.put(path, handler); // nothing
    }
}

class MessageParser {
    private final List<String> messages = new ArrayList<>();

    synchronized void process(String message) {
        messages.add(message); // nothing
    }
}

class CountingMonitor {
    private final List<String> failures = new ArrayList<>();
    private int count;

    synchronized void report(String message) {
        if (count < 100) {
            failures.add(message); // bounded: check
            count++;
        }
    }
}

class MailCatcher {
    private final List<String> mails = new ArrayList<>();
    private final List<Runnable> closers = new ArrayList<>();

    void conversation(String mail) {
        synchronized (mails) {
            mails.add(mail); // want low: kept per call, never emptied
        }
    }

    synchronized void addCloser(Runnable closer) {
        closers.add(closer); // nothing
    }
}

class HitsOfRequests {
    private final List<String> hits = new ArrayList<>();

    void onMessageArrived(String text) {
        hits.add(text); // want low: kept per call, never emptied
    }
}
