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
