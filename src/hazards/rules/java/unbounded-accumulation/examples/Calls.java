package examples.kept;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

class CallTable {
    private final Map<Long, CompletableFuture<String>> table = new ConcurrentHashMap<>();

    void asked(long id, CompletableFuture<String> answer) {
        table.put(id, answer); // want low: kept per call, never emptied
    }

    void told(long id, String text) {
        table.remove(id).complete(text);
    }
}
