package examples.queue;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Queues of executors that something else makes. */
class CommandBus {
    private final ExecutorService executor;
    private final ExecutorService starter;

    CommandBus(Factory factory) {
        this.executor = factory.createExecutorService(new PriorityBlockingQueue<>(1000)); // want low: queue grows per call
        this.starter = factory.createExecutorService(new PriorityBlockingQueue<>(1000)); // nothing
    }

    public void handle(String command) {
        executor.execute(() -> System.err.println(command));
    }

    void start() {
        starter.execute(this::start);
    }

    interface Factory {
        ExecutorService createExecutorService(BlockingQueue<Runnable> queue);
    }
}

/** What waits for a handler, and handlers that are parts of the program. */
class Handlers {
    private final BlockingQueue<byte[]> handlerQueue = new LinkedBlockingQueue<>(); // want low: queue grows per call
    private final BlockingQueue<PartHandler> partQueue = new LinkedBlockingQueue<>(); // nothing
    private final Executor runs;

    Handlers(Executor runs) {
        this.runs = new Emptying(handlerQueue, partQueue);
    }

    public void receive(byte[] packet, PartHandler part) {
        handlerQueue.add(packet);
        partQueue.add(part);
    }

    static class PartHandler {}

    static class Emptying implements Executor {
        Emptying(BlockingQueue<byte[]> queue, BlockingQueue<PartHandler> parts) {}

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }
}

/** Those who wait for a connection are as many as ask for one; the free ones are as many as there are. */
class ConnectionPool {
    private final Queue<Future<String>> pendingAcquisitions = new ArrayDeque<>(); // want low: queue grows per call
    private final Queue<Future<String>> spareConnections = new ArrayDeque<>(); // nothing

    public synchronized void acquire(Future<String> asking) {
        if (spareConnections.poll() == null) {
            pendingAcquisitions.add(asking);
        }
    }

    public synchronized void put(Future<String> connection) {
        spareConnections.add(connection);
        pendingAcquisitions.poll();
    }
}

/** Queues of libraries that have no end either. */
class OfLibraries {
    private final Queue<String> written = new MpscUnboundedArrayQueue<>(1024); // want low: queue grows per call
    private final Queue<String> chunked = new MpscChunkedArrayQueue<>(1024); // nothing
    private final Queue<String> plain = Queues.newLinkedBlockingQueue(); // want low: queue grows per call
    private final Queue<String> sized = Queues.newLinkedBlockingQueue(100); // nothing
    private final Queue<String> shared = PlatformDependent.newMpscQueue(); // want low: queue grows per call
    private final Queue<String> fixed = PlatformDependent.newMpscQueue(100); // nothing

    public void write(String frame) {
        written.offer(frame);
        chunked.offer(frame);
        plain.offer(frame);
        sized.offer(frame);
        shared.offer(frame);
        fixed.offer(frame);
    }

    String next() {
        return written.poll() + chunked.poll() + plain.poll() + sized.poll() + shared.poll() + fixed.poll();
    }
}

class MpscUnboundedArrayQueue<T> extends ArrayDeque<T> {
    MpscUnboundedArrayQueue(int chunk) {}
}

class MpscChunkedArrayQueue<T> extends ArrayDeque<T> {
    MpscChunkedArrayQueue(int most) {}
}

class Queues {
    static <T> BlockingQueue<T> newLinkedBlockingQueue() {
        return new LinkedBlockingQueue<>();
    }

    static <T> BlockingQueue<T> newLinkedBlockingQueue(int capacity) {
        return new LinkedBlockingQueue<>(capacity);
    }
}

class PlatformDependent {
    static <T> Queue<T> newMpscQueue() {
        return new ArrayDeque<>();
    }

    static <T> Queue<T> newMpscQueue(int capacity) {
        return new ArrayDeque<>(capacity);
    }
}
