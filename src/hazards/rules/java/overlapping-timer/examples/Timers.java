package examples.timer;

import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

    void start(ScheduledExecutorService timer, ExecutorService pool) {
        timer.scheduleAtFixedRate(() -> pool.submit(this::work), 0, 1, TimeUnit.SECONDS); // want low: rounds overlap
        timer.scheduleAtFixedRate(() -> CompletableFuture.runAsync(this::work), 0, 1, TimeUnit.SECONDS); // want low: rounds overlap
        timer.scheduleAtFixedRate(this::work, 0, 1, TimeUnit.SECONDS); // nothing
        timer.scheduleAtFixedRate(() -> { // bounded: check
            if (running.compareAndSet(false, true)) {
                pool.execute(this::work);
            }
        }, 0, 1, TimeUnit.SECONDS);
    }

    void keepAlive(ScheduledExecutorService timer, Transaction transaction) {
        timer.scheduleAtFixedRate(() -> transaction.submit(this::work), 0, 1, TimeUnit.SECONDS); // nothing
    }

    interface Transaction {
        void submit(Runnable request);
    }

    void old(Timer timer, ExecutorService pool) {
        timer.schedule(new TimerTask() { // want low: rounds overlap
            @Override
            public void run() {
                pool.submit(Timers.this::work);
            }
        }, 0, 1000);
        timer.schedule(new TimerTask() { // nothing
            @Override
            public void run() {
                work();
            }
        }, 0, 1000);
        timer.schedule(new TimerTask() { // nothing
            @Override
            public void run() {
                pool.submit(Timers.this::work);
            }
        }, 1000);
    }

    private void work() {
        running.set(false);
    }
}
