package examples.buffer;

import java.util.concurrent.BlockingQueue;
import org.springframework.kafka.annotation.KafkaListener;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class Reactor {
    private final Sinks.Many<String> orders = Sinks.many().unicast().onBackpressureBuffer(); // want low: buffer without a size
    private final Sinks.Many<String> all = Sinks.many().multicast().onBackpressureBuffer(); // nothing
    private final Sinks.Many<String> history = Sinks.many().replay().all(); // want low: buffer without a size
    private final Sinks.Many<Integer> onClosed = Sinks.many().unicast().onBackpressureBuffer(); // nothing
    private final Sinks.Many<String> recent = Sinks.many().replay().limit(10); // nothing

    @KafkaListener(topics = "orders")
    void onOrder(String order) {
        orders.tryEmitNext(order);
    }

    Flux<String> buffered(Flux<String> ticks) {
        return ticks.onBackpressureBuffer(); // want low: buffer without a size
    }

    Flux<String> sized(Flux<String> ticks) {
        return ticks.onBackpressureBuffer(100); // bounded: size
    }

    Flux<String> charged(Flux<String> ids) {
        return ids.flatMap(this::charge, Integer.MAX_VALUE) // want low: buffer without a size
                .flatMap(this::charge) // nothing
                .flatMap(this::charge, 4) // nothing
                .flatMap(Flux::just, Integer.MAX_VALUE); // nothing
    }

    private Mono<String> charge(String id) {
        return Mono.just(id);
    }
}
