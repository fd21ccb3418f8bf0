package examples.timer;

import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;

class Timers {
    private final AtomicBoolean running = new AtomicBoolean();

    @Async // want low: rounds overlap
    @Scheduled(fixedRate = 1000)
    public void poll() { // nothing
        work();
    }

    @Scheduled(fixedRate = 1000)
    public void inTurn() { // nothing
        work();
    }

    @Async // bounded: check
    @Scheduled(fixedRate = 1000)
    public void unlessRunning() {
        if (running.compareAndSet(false, true)) {
            work();
        }
    }

    private void work() {
        running.set(false);
    }
}
