import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

class SharedEvents {
    private final Sinks.Many<String> events = Sinks.many().multicast().directBestEffort();

    Flux<String> listen() {
        return events.asFlux().onBackpressureBuffer(); // want low: buffer without a size
    }

    Flux<String> sized() {
        return events.asFlux().onBackpressureBuffer(64); // bounded: size
    }
}

class Members {
    record MemberEvent(String name) {}

    private final Sinks.Many<MemberEvent> sink = Sinks.many().multicast().directBestEffort();

    Flux<MemberEvent> listen() {
        return sink.asFlux().onBackpressureBuffer(); // nothing: one for each change of a member
    }
}

class Marks {
    Flux<Integer> turns() {
        Sinks.Many<Integer> done = Sinks.many().unicast().onBackpressureBuffer(); // nothing: it says that a turn is over
        done.tryEmitNext(1);
        return done.asFlux();
    }

    Flux<String> lines() {
        Sinks.Many<String> lines = Sinks.many().unicast().onBackpressureBuffer(); // want low: buffer without a size
        lines.tryEmitNext("first");
        return lines.asFlux();
    }
}
