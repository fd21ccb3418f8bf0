package examples.timer;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;

class Timers {
    private final AtomicBoolean running = new AtomicBoolean();

    @Async // want medium: rounds overlap
    @Scheduled(fixedRate = 1000)
    public void poll() { // nothing
        work();
    }

    @Scheduled(fixedRate = 1000)
    public void inTurn() { // nothing
        work();
    }

    void start(ScheduledExecutorService timer, ExecutorService pool) {
        timer.scheduleAtFixedRate(() -> pool.submit(this::work), 0, 1, TimeUnit.SECONDS); // want medium: rounds overlap
        timer.scheduleAtFixedRate(this::work, 0, 1, TimeUnit.SECONDS); // nothing
        timer.scheduleAtFixedRate(() -> { // bounded: check
            if (running.compareAndSet(false, true)) {
                pool.execute(this::work);
            }
        }, 0, 1, TimeUnit.SECONDS);
    }

    private void work() {
        running.set(false);
    }
}
