package examples.drop;

import reactor.core.publisher.Sinks;

class OneReader {
    private final Sinks.Many<String> lines = Sinks.many().unicast().onBackpressureBuffer();

    void read(String line) {
        lines.tryEmitNext(line); // nothing: it takes all until it ends
    }
}
