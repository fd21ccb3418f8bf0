package examples.queue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

class Scattered {
    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private final Deque<String> updates = new ConcurrentLinkedDeque<>(); // want low: queue grows per element
    private final Map<String, Queue<String>> listenerTasks = new ConcurrentHashMap<>();
    private final Map<String, Queue<String>> events = new ConcurrentHashMap<>();
    private final Map<String, Queue<Filter>> filters = new ConcurrentHashMap<>();
    private final Queue<String> recent = new ConcurrentLinkedQueue<>(); // bounded: evict
    private final Queue<String> copied = new ConcurrentLinkedQueue<>(); // want low: queue grows per call
    private final Queue<CompletableFuture<String>> asked = new ConcurrentLinkedQueue<>(); // nothing
    private final Queue<Filter> parts = new ConcurrentLinkedQueue<>(); // nothing
    private volatile boolean running = true;

    Scattered() {
        listenerTasks.put("all", new ConcurrentLinkedQueue<>()); // want low: queue grows per call
    }

    static class Client {
        final BlockingQueue<String> outgoing = new LinkedBlockingQueue<>(); // want low: queue grows per call
    }

    static class MakesQueue implements Function<String, Queue<String>> {
        @Override
        public Queue<String> apply(String key) {
            return new ConcurrentLinkedQueue<>(); // want low: queue grows per call
        }
    }

    public void broadcast(String id, String message) {
        Client client = clients.get(id);
        client.outgoing.add(message);
        listenerTasks.get("all").add(message);
        Queue<String> queue = events.computeIfAbsent(id, new MakesQueue());
        queue.add(message);
        filters.computeIfAbsent(id, key -> new ConcurrentLinkedQueue<Filter>()).add(new Filter()); // nothing
        recent.add(message);
        evictOld();
        copied.add(message);
        parts.add(new Filter());
    }

    void drain(Client client) throws InterruptedException {
        client.outgoing.take();
        copied.poll();
        recent.poll();
        asked.poll();
    }

    public void runLoop(Supplier<List<String>> source) {
        while (running) {
            List<String> found = source.get();
            updates.addAll(found);
        }
    }

    void handle() {
        for (Iterator<String> each = updates.iterator(); each.hasNext(); ) {
            print(each.next());
            each.remove();
        }
    }

    public List<String> copy() {
        return new ArrayList<>(copied.size());
    }

    public CompletableFuture<String> ask() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    }

    public BlockingQueue<String> keys(String bucket) {
        BlockingQueue<String> keys = new LinkedBlockingQueue<>(); // want low: queue grows per call
        visit(bucket, key -> keys.add(key));
        return keys;
    }

    public String once(String bucket) throws InterruptedException {
        BlockingQueue<String> answer = new LinkedBlockingQueue<>(); // nothing
        visit(bucket, key -> answer.add(key));
        return answer.take();
    }

    private void evictOld() {
        while (recent.stream().count() > 10) {
            recent.poll();
        }
    }

    private void visit(String bucket, Consumer<String> each) {}

    private void print(String message) {}

    static class Filter {}
}

class Capacities {
    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private final BlockingQueue<String> named = new LinkedBlockingQueue<>(NO_LIMIT); // want low: queue grows per call
    private final BlockingQueue<String> waiting;

    Capacities() {
        this(Integer.MAX_VALUE);
    }

    Capacities(int capacity) {
        waiting = new LinkedBlockingQueue<>(capacity); // want low: queue grows per call
    }

    public void enqueue(String message) {
        named.add(message);
        waiting.add(message);
    }

    void drain() throws InterruptedException {
        named.take();
        waiting.take();
    }
}

class ByteBufferPool {
    private final Queue<ByteBuffer> all = new ConcurrentLinkedQueue<>(); // nothing

    public void give(ByteBuffer buffer) {
        all.add(buffer);
    }

    public ByteBuffer find() {
        return all.poll();
    }
}

class Parts {
    private final Queue<Runnable> flow = new ConcurrentLinkedQueue<>(); // nothing
    private final Queue<Object> flushingSessions = new ConcurrentLinkedQueue<>(); // nothing
    private final Queue<String> written = new ConcurrentLinkedQueue<>(); // want low: queue grows per call
    private final BlockingQueue<String> accepted = new LinkedBlockingQueue<>(); // nothing: another class fills it
    private final BlockingQueue<String> listed = new LinkedBlockingQueue<>(); // nothing
    private final Deque<String> opened = new ConcurrentLinkedDeque<>(); // nothing
    private final Acceptor acceptor = new Acceptor(accepted);

    public Parts then(Runnable step) {
        flow.add(step);
        return this;
    }

    public void offer(Object session, String message) {
        flushingSessions.add(session);
        written.offer(message);
        opened.push(message);
    }

    public int size() {
        return written.size();
    }

    public List<String> all() {
        return new ArrayList<>(listed);
    }

    void next() throws InterruptedException {
        flow.poll();
        flushingSessions.poll();
        written.poll();
        opened.pop();
        accepted.take();
        listed.poll();
    }

    static class Acceptor {
        Acceptor(Queue<String> accepted) {}
    }
}
