package examples.buffer;

import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink.OverflowStrategy;

class Sources {
    interface Feed {
        void listen(Consumer<String> listener);
    }

    Flux<String> all(Feed feed) {
        return Flux.create(sink -> feed.listen(sink::next)); // want low: buffer without a size
    }

    Flux<String> each(Feed feed) {
        return Flux.create(sink -> feed.listen(order -> sink.next(order))); // want low: buffer without a size
    }

    Flux<String> newest(Feed feed) {
        return Flux.create(sink -> feed.listen(order -> sink.next(order)), OverflowStrategy.LATEST); // bounded: strategy
    }

    Flux<String> kept(Feed feed) {
        return Flux.create(sink -> feed.listen(order -> sink.next(order)), OverflowStrategy.BUFFER); // nothing
    }

    Flux<String> dropped(Feed feed) {
        return Flux.<String>create(sink -> feed.listen(order -> sink.next(order))).onBackpressureDrop(); // bounded: strategy
    }

    Flux<String> asked() {
        return Flux.create(sink -> sink.onRequest(wanted -> sink.next("order"))); // nothing
    }

    Flux<String> few() {
        return Flux.create(sink -> { // nothing
            sink.next("order");
            sink.complete();
        });
    }
}
