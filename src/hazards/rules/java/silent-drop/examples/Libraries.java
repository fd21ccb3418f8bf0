package examples.drop;

import com.lmax.disruptor.EventTranslatorOneArg;
import com.lmax.disruptor.RingBuffer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jctools.queues.MpscArrayQueue;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

class Ring {
    private final LongAdder dropped = new LongAdder();
    private final RingBuffer<Event> ring;
    private final EventTranslatorOneArg<Event, Event> translator;
    private final MpscArrayQueue<Event> many = new MpscArrayQueue<>(1024);

    Ring(RingBuffer<Event> ring, EventTranslatorOneArg<Event, Event> translator) {
        this.ring = ring;
        this.translator = translator;
    }

    void log(Event event) {
        ring.tryPublishEvent(translator, event); // want low: drops without a count
        many.offer(event); // want low: drops without a count
    }

    void logCounted(Event event) {
        if (!ring.tryPublishEvent(translator, event)) { // bounded: answer
            dropped.increment();
        }
    }
}

class Streams {
    private final LongAdder dropped = new LongAdder();
    private final Sinks.Many<Event> sink = Sinks.many().multicast().directBestEffort();

    void emit(Event event) {
        sink.tryEmitNext(event); // want low: drops without a count
    }

    void emitRead(Event event) {
        Sinks.EmitResult result = sink.tryEmitNext(event); // bounded: answer
        System.out.println(result);
    }

    Flux<Event> latest(Flux<Event> events) {
        return events.onBackpressureDrop(); // want low: drops without a count
    }

    Flux<Event> counted(Flux<Event> events) {
        return events.onBackpressureDrop(event -> dropped.increment()); // nothing
    }

    Flux<Long> rounds() {
        return Flux.interval(Duration.ofSeconds(1)).onBackpressureDrop(); // nothing: a round is left out
    }
}

class Refusing implements RejectedExecutionHandler {
    @Override
    public void rejectedExecution(Runnable task, ThreadPoolExecutor pool) { // want low: drops without a count
    }
}

class Counting implements RejectedExecutionHandler {
    private final LongAdder dropped = new LongAdder();

    @Override
    public void rejectedExecution(Runnable task, ThreadPoolExecutor pool) { // nothing
        dropped.increment();
    }
}

class Oldest {
    private final BlockingQueue<Event> updates = new ArrayBlockingQueue<>(100);

    void update(Event event) {
        boolean result = updates.offer(event); // bounded: answer
        while (!result) {
            updates.remove(); // want low: drops without a count
            result = updates.offer(event); // bounded: answer
        }
    }
}

class Given {
    private final BlockingQueue<Event> events;

    Given(BlockingQueue<Event> events) {
        this.events = events;
    }

    void received(Event event) throws InterruptedException {
        events.offer(event, 1, TimeUnit.SECONDS); // want low: drops without a count
    }

    void answered(Event event) {
        events.offer(event); // nothing: who made it says whether it can be full
    }

    void borrow() throws InterruptedException {
        Event event = events.take();
        System.out.println(event);
        events.offer(event); // nothing: goes back
    }
}

record Event(long id) {}
