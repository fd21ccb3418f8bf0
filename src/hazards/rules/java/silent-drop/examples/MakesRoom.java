package examples.drop;

import java.util.concurrent.ArrayBlockingQueue;
import reactor.core.publisher.Sinks;

class MakesRoom {
    private final ArrayBlockingQueue<String> updates = new ArrayBlockingQueue<>(100);

    void update(String event) {
        if (updates.size() > 90) {
            updates.poll(); // want low: drops without a count
        }
        updates.offer(event); // want low: drops without a count
    }
}

class Emits {
    private final Sinks.Many<String> sink = Sinks.many().multicast().directBestEffort();

    void emit(String event) {
        sink.tryEmitNext(event); // want low: drops without a count
    }
}
