package examples.executor;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Executors of a class of its own. */
class Requests {
    private final TracedThreadPoolExecutor traced =
            new TracedThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()); // want low: executor takes every call
    private final TracedThreadPoolExecutor limited =
            new TracedThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(100)); // nothing

    public void handle(String request) {
        traced.execute(() -> System.err.println(request));
        limited.execute(() -> System.err.println(request));
    }
}

class TracedThreadPoolExecutor extends ThreadPoolExecutor {
    TracedThreadPoolExecutor(int core, int most, long keep, TimeUnit unit, BlockingQueue<Runnable> queue) {
        super(core, most, keep, unit, queue);
    }
}

/** What is handed the loop of the program at the start, and then to classes that extend this one. */
class Adapter implements Runnable {
    private Executor taskExecutor;
    private Executor loopExecutor;

    void doStart() {
        taskExecutor = Executors.newFixedThreadPool(5); // want low: executor takes every call
        loopExecutor = Executors.newFixedThreadPool(5); // nothing
        taskExecutor.execute(this);
        loopExecutor.execute(this);
    }

    public Executor getTaskExecutor() {
        return this.taskExecutor;
    }

    @Override
    public void run() {}
}
