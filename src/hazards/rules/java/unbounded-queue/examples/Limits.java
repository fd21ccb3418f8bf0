package examples.queue;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.LinkedList;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What is over the limit waits, and how much of that may wait is a setting. */
class RequestLimit {
    private final Queue<String> waiting;
    private final AtomicInteger active = new AtomicInteger();
    private final int max = 10;

    RequestLimit(int queueSize) {
        waiting = new LinkedBlockingQueue<>(queueSize <= 0 ? Integer.MAX_VALUE : queueSize); // want low: queue grows per call
    }

    public void handle(Exchange exchange, String request) {
        int before;
        do {
            before = active.get();
            if (before >= max) {
                exchange.dispatch(new Runnable() {
                    @Override
                    public void run() {
                        waiting.offer(request);
                    }
                });
                return;
            }
        } while (!active.compareAndSet(before, before + 1));
    }

    void done() {
        waiting.poll();
    }

    interface Exchange {
        void dispatch(Runnable task);
    }
}

/** As much as a broker was asked for, addresses, and what is told when the program starts. */
class Parts {
    private final Queue<String> messages;
    private final LinkedList<URI> uris = new LinkedList<>(); // nothing
    private final Queue<String> startedParts = new LinkedBlockingQueue<>(); // nothing
    private Queue<String> queue = new LinkedBlockingQueue<>(); // want low: queue grows per call
    private final Queue<String> lines = new LinkedBlockingQueue<>(); // nothing
    private final Queue<String> chosen = Boolean.getBoolean("parts.few")
            ? new LinkedBlockingQueue<>(10)
            : new LinkedBlockingQueue<>(); // nothing

    Parts(int prefetchSize) {
        messages = new ArrayDeque<>(Math.max(1, prefetchSize)); // nothing
    }

    public synchronized void enqueue(String message, URI uri) {
        messages.add(message);
        uris.add(uri);
        queue.add(message);
        chosen.add(message);
    }

    public void onPartStarted(String part) {
        startedParts.add(part);
    }

    Thread monitor(ThreadMaker maker, String line) {
        return maker.newThread(new Runnable() {
            @Override
            public void run() {
                lines.add(line);
            }
        });
    }

    synchronized void reset() {
        queue = new LinkedBlockingQueue<>(); // nothing
    }

    synchronized String next() {
        uris.removeFirst();
        startedParts.poll();
        return messages.poll() + queue.poll() + lines.poll() + chosen.poll();
    }

    interface ThreadMaker {
        Thread newThread(Runnable task);
    }
}

/** No more comes than was asked for. */
class Subscriber {
    private final Queue<String> items = new LinkedBlockingQueue<>(); // nothing
    private Subscription subscription;

    public void onSubscribe(Subscription given) {
        subscription = given;
        subscription.request(16);
    }

    public void onNext(String item) {
        items.add(item);
    }

    String next() {
        subscription.request(1);
        return items.poll();
    }

    interface Subscription {
        void request(long most);
    }
}

class EagerSubscriber {
    private final Queue<String> items = new LinkedBlockingQueue<>(); // want low: queue grows per call

    public void onSubscribe(Subscriber.Subscription given) {
        given.request(Long.MAX_VALUE);
    }

    public void onNext(String item) {
        items.add(item);
    }

    String next() {
        return items.poll();
    }
}

/** What finds no connection waits: the limit is one of connections. */
class Connections {
    private final Queue<String> pendingAcquires = new ArrayDeque<>(); // want low: queue grows per call
    private final Queue<String> pendingFrames = new ArrayDeque<>(); // bounded: check
    private int connections;
    private int pending;
    private final int capacity = 10;

    public synchronized void acquire(String asking) {
        if (connections < capacity) {
            connections++;
        } else {
            pendingAcquires.add(asking);
        }
        if (pending < capacity) {
            pending++;
            pendingFrames.add(asking);
        }
    }

    synchronized void release() {
        connections--;
        System.err.println(pendingAcquires.poll() + pendingFrames.poll());
    }
}

/** Which entries of a cache were used is noted. */
class EntryCache {
    private final Queue<String> used = new LinkedBlockingQueue<>(); // nothing

    public void afterRead(String key) {
        used.add(key);
    }

    void evict() {
        used.poll();
    }
}
