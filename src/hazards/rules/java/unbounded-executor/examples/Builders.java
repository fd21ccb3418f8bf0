package examples.executor;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

class Publisher {
    private final ExecutorService pool;
    private final ExecutorService quiet;

    Publisher(ExecutorService pool, ExecutorService quiet) {
        this.pool = Objects.requireNonNull(pool, "pool");
        this.quiet = quiet;
    }

    public void publishWithRetry(List<String> events) {
        CompletableFuture.runAsync(() -> System.err.println(events), pool);
    }

    void close() {
        quiet.execute(this::close);
    }

    static class Builder {
        private ExecutorService given;

        Publisher build() {
            ExecutorService executor = given;
            if (executor == null) {
                executor = Executors.newSingleThreadExecutor(); // want low: executor takes every call
            }
            ExecutorService quiet = Executors.newSingleThreadExecutor(); // nothing
            return new Publisher(executor, quiet);
        }
    }
}

/** The work that is handed on comes to an end by itself. */
class Phases {
    private final ExecutorService phases = Executors.newFixedThreadPool(2); // want low: executor takes every call
    private final ExecutorService loops = Executors.newFixedThreadPool(2); // nothing

    public void next(Handler handler) {
        phases.submit(new Computation(handler));
        loops.submit(new Loop(handler));
    }

    static class Handler {
        private boolean done;

        boolean isDone() {
            return done;
        }

        boolean isRunning() {
            return !done;
        }

        void work() {
            done = true;
        }
    }

    static class Computation implements Runnable {
        private final Handler handler;

        Computation(Handler handler) {
            this.handler = handler;
        }

        @Override
        public void run() {
            while (!handler.isDone()) {
                handler.work();
            }
        }
    }

    static class Loop implements Runnable {
        private final Handler handler;

        Loop(Handler handler) {
            this.handler = handler;
        }

        @Override
        public void run() {
            while (handler.isRunning()) {
                handler.work();
            }
        }
    }
}

class Limited {
    private final ExecutorService limited;
    private final Semaphore permits = new Semaphore(8);

    Limited(ExecutorService limited) {
        this.limited = limited;
    }

    public void publish(String event) throws InterruptedException {
        permits.acquire();
        limited.execute(() -> {
            System.err.println(event);
            permits.release();
        });
    }

    static Limited make() {
        ExecutorService made = Executors.newFixedThreadPool(2); // bounded: permits.acquire()
        return new Limited(made);
    }
}
