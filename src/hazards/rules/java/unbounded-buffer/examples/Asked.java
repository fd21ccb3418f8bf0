package examples.buffer;

import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

class Asked {
    private final AtomicLong wanted = new AtomicLong();
    private final Sinks.Many<String> rows = Sinks.many().unicast().onBackpressureBuffer(); // nothing: it heeds what is asked for

    Flux<String> rows() {
        return rows.asFlux().doOnRequest(wanted::addAndGet);
    }

    boolean isWanted() {
        return wanted.get() > 0;
    }
}
