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

class CallbackTable {
    private final Map<Long, CompletableFuture<String>> later = new ConcurrentHashMap<>();

    void registerAnswer(long id, CompletableFuture<String> answer) {
        later.put(id, answer); // nothing: a part of the program is set up
    }

    void told(long id, String text) {
        later.remove(id).complete(text);
    }
}
