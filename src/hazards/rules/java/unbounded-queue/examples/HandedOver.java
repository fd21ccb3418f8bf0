package examples.queue;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

class Outbox {
    private final Queue<String> kept;
    private final BlockingQueue<Runnable> tasks = makeQueue();
    private final Map<String, Queue<String>> waiting = new ConcurrentHashMap<>();
    private final Map<String, Queue<String>> later = new ConcurrentHashMap<>();
    private final Queue<ByteBuffer> spare = new ConcurrentLinkedQueue<>(); // nothing
    private final Queue<Listener> listeners = new ConcurrentLinkedQueue<>(); // nothing
    private final Queue<Runnable> hooks = new ConcurrentLinkedQueue<>(); // nothing
    private final Queue<String> results = new ConcurrentLinkedQueue<>(); // want low: queue grows per call
    private final Queue<String> measured = new ConcurrentLinkedQueue<>(); // bounded: measured.size()
    private final BlockingQueue<String> wakes = new LinkedBlockingQueue<>(); // nothing
    final Queue<String> outgoing = new ConcurrentLinkedQueue<>(); // want low: queue grows per call
    private final Queue<String> packets = new ConcurrentLinkedQueue<>(); // want low: queue grows per call

    Outbox() {
        this(new ConcurrentLinkedQueue<>()); // want low: queue grows per call
    }

    Outbox(Queue<String> queue) {
        this.kept = queue;
    }

    protected BlockingQueue<Runnable> makeQueue() {
        return new LinkedBlockingQueue<>(); // want low: queue grows per call
    }

    public void enqueue(String message) {
        kept.add(message);
        tasks.add(() -> print(message));
        outgoing.add(message);
        results.add(message);
        wakes.add(null);
        if (measured.size() < 1000) {
            measured.add(message);
        }
    }

    public void later(String key, String message) {
        Queue<String> queue = waiting.get(key);
        if (queue == null) {
            queue = new ConcurrentLinkedQueue<>(); // want low: queue grows per call
            waiting.put(key, queue);
        }
        queue.add(message);
    }

    public void muchLater(String key, String message) {
        later.computeIfAbsent(key, made -> new LinkedBlockingQueue<>()).add(message); // want low: queue grows per call
    }

    public Queue<String> getPackets() {
        return packets;
    }

    public void onStop(Runnable hook) {
        hooks.add(hook);
    }

    void fire() {
        hooks.forEach(Runnable::run);
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    public void hand(ByteBuffer buffer) {
        spare.add(buffer);
    }

    public ByteBuffer borrow() {
        ByteBuffer found = spare.poll();
        return found == null ? ByteBuffer.allocate(1024) : found;
    }

    public String next() {
        tasks.poll().run();
        listeners.poll();
        results.poll();
        measured.poll();
        wakes.poll();
        return kept.poll();
    }

    private void print(String message) {}

    interface Listener {}
}
