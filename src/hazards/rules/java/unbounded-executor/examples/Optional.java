package examples.executor;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A permit that is only taken when somebody asks for a limit. */
class Events {
    private final ExecutorService events = Executors.newSingleThreadExecutor(); // want low: executor takes every call
    private final Semaphore permits;

    Events(int most) {
        permits = most > 0 ? new Semaphore(most) : null;
    }

    public void dispatch(String event) throws InterruptedException {
        if (permits != null) {
            permits.acquire();
        }
        events.execute(() -> System.err.println(event));
    }
}

/** A count that is raised if there is room. */
class Counted {
    private final ExecutorService blocks = Executors.newSingleThreadExecutor(); // bounded: tryIncrement
    private final ExecutorService changes = Executors.newCachedThreadPool(); // nothing
    private final AtomicInteger pending = new AtomicInteger();

    public void read(String block) {
        if (!tryIncrement()) {
            throw new IllegalStateException("full");
        }
        blocks.execute(() -> System.err.println(block));
    }

    public void fireConfigChange(String change) {
        changes.execute(() -> System.err.println(change));
    }

    private boolean tryIncrement() {
        return pending.incrementAndGet() < 100;
    }
}
