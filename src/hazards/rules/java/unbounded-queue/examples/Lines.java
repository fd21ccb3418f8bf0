package examples.queue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Logger;

class Lines {
    private static final Logger log = Logger.getLogger("lines");
    private final LinkedList<String> messages = new LinkedList<>(); // want low: queue grows per call
    private final LinkedList<String> steps = new LinkedList<>(); // nothing
    private final Deque<String> frames = new ArrayDeque<>(); // bounded: frames.size
    private final Deque<String> waitingFrames = new ArrayDeque<>(); // bounded: waitingFrames.size
    private final Deque<String> nested = new ArrayDeque<>(); // nothing
    private final LinkedBlockingQueue<Runnable> jobs = new LinkedBlockingQueue<>(); // want low: queue grows per call
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>(); // want low: queue grows per call
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>(); // nothing

    public synchronized void send(String message) {
        messages.add(message);
        if (frames.size() < 100) {
            frames.addLast(message);
        }
        int length = waitingFrames.size();
        if (length > 100) {
            throw new IllegalStateException();
        }
        waitingFrames.add(message);
        nested.push(message);
        sent.add(message);
        seen.add(message);
    }

    synchronized String next() {
        frames.pollFirst();
        waitingFrames.poll();
        nested.pop();
        return messages.removeFirst();
    }

    public void execute(Runnable job) {
        int size = jobs.size();
        if (size == 10_000) {
            log.warning("many jobs");
        }
        Uninterruptibles.putUninterruptibly(jobs, job);
    }

    void run() {
        Uninterruptibles.takeUninterruptibly(jobs).run();
        for (String each : sent) {
            if (each.isEmpty()) {
                sent.remove(each);
            }
        }
        for (String each : seen) {
            log.info(each);
        }
    }

    static class OfSession {
        private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>(); // want low: queue grows per call
    }

    public void runFor(OfSession session, Runnable task) {
        Queue<Runnable> tasks = session.tasks;
        tasks.offer(task);
    }

    static class Plain {
        final Queue<String> lines = new LinkedBlockingQueue<>(); // want low: queue grows per call
    }

    public void write(Plain plain, String line) {
        plain.lines.add(line);
    }

    String read(Plain plain) {
        return plain.lines.poll();
    }

    void work(OfSession session) {
        Queue<Runnable> waiting = session.tasks;
        waiting.poll().run();
    }
}

/** As Guava has it. */
class Uninterruptibles {
    static <T> T takeUninterruptibly(BlockingQueue<T> queue) {
        return queue.poll();
    }

    static <T> void putUninterruptibly(BlockingQueue<T> queue, T item) {
        queue.add(item);
    }
}

class LinesWithoutThreads {
    private final LinkedList<String> words = new LinkedList<>(); // nothing
    private final LinkedList<String> overflow = new LinkedList<>(); // want low: queue grows per call

    public void read(String word) {
        words.add(word);
        overflow.addLast(word);
    }

    String next() {
        overflow.removeFirst();
        return words.removeFirst();
    }
}

class Parser {
    private final LinkedList<String> queue = new LinkedList<>(); // nothing

    public synchronized void read(String word) {
        queue.add(word);
    }

    synchronized String next() {
        return queue.removeFirst();
    }
}

class Calls {
    private final Deque<String> readyCalls = new ArrayDeque<>(); // want low: queue grows per call
    private final Deque<String> commands = new ArrayDeque<>(); // want low: queue grows per call
    private final Deque<String> asked = new ArrayDeque<>(); // bounded: asked.size
    private final Deque<Handler> events = new ArrayDeque<>(); // want low: queue grows per call
    private final Deque<String> waiters = new ArrayDeque<>(); // nothing
    private final Deque<String> pendingPages = new ArrayDeque<>(); // nothing

    public synchronized void enqueue(String call) {
        readyCalls.add(call);
        commands.add(call);
        events.add(new Handler());
        if (askedSize() > 10) {
            return;
        }
        asked.add(call);
        int length = commands.size();
        System.err.println("waiting: " + length + toString());
        waiters.add(call);
    }

    private int commandsSize() {
        return commands.size();
    }

    private int askedSize() {
        return asked.size();
    }

    @Override
    public String toString() {
        return "commands: " + commandsSize();
    }

    static class Handler {}

    public synchronized String findPage(String name) {
        pendingPages.add(name);
        return name;
    }

    synchronized void promote() {
        for (Iterator<String> each = readyCalls.iterator(); each.hasNext(); ) {
            each.next();
            each.remove();
        }
        commands.poll();
        asked.poll();
        events.poll();
        waiters.poll();
        pendingPages.poll();
    }
}

class Rooms {
    private final Object room = new Object();
    private final BlockingQueue<String> entries = new LinkedBlockingQueue<>(); // bounded: check
    private BlockingQueue<String> received = new LinkedBlockingQueue<>(); // nothing
    private final BlockingQueue<String> prepared = new LinkedBlockingQueue<>(); // nothing
    private int mostEvents = Integer.MAX_VALUE;
    private final BlockingQueue<String> happenings = new LinkedBlockingQueue<>(mostEvents); // want low: queue grows per call
    private long left = 1000;

    void configure(int capacity) {
        received = new LinkedBlockingQueue<>(capacity);
    }

    public void onScheduled(String name) {
        prepared.add(name);
    }

    public synchronized void put(String entry) throws InterruptedException {
        while (!allocate(entry.length())) {
            wait();
        }
        entries.put(entry);
        received.put(entry);
    }

    public void tell(String event) {
        happenings.add(event);
    }

    synchronized String next() throws InterruptedException {
        notifyAll();
        prepared.take();
        received.take();
        happenings.take();
        return entries.take();
    }

    private boolean allocate(long size) {
        left -= size;
        return left > 0;
    }
}

class InMemoryObjectQueue {
    private final Deque<String> entries = new ArrayDeque<>(); // want low: queue grows per call

    void add(String entry) {
        entries.addLast(entry);
    }

    void drop() {
        entries.removeFirst();
    }
}

class ShortObjectQueue {
    private final Deque<String> entries = new ArrayDeque<>(); // bounded: entries.size

    void add(String entry) {
        if (entries.size() >= 100) {
            throw new IllegalStateException("full");
        }
        entries.addLast(entry);
    }

    void drop() {
        entries.removeFirst();
    }
}
