package examples.executor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.web.bind.annotation.PostMapping;

class Submitted {
    private static final int ANY_NUMBER = Integer.MAX_VALUE;
    private static final ExecutorService threads =
            new ThreadPoolExecutor(0, ANY_NUMBER, 60, TimeUnit.SECONDS, new SynchronousQueue<>()); // want low: executor takes every call
    private final ExecutorService mails = Executors.newFixedThreadPool(4); // want low: executor takes every call
    private final ExecutorService made;
    private final ExecutorService callbacks = Executors.newSingleThreadExecutor(); // want low: executor takes every call
    private final ExecutorService permitted = Executors.newCachedThreadPool(); // bounded: permits.acquire
    private final ExecutorService waited = Executors.newFixedThreadPool(2); // bounded: join
    private final ExecutorService loops = Executors.newCachedThreadPool(); // nothing
    private final ExecutorService workers = Executors.newCachedThreadPool(); // nothing
    private final ExecutorService cleaning = Executors.newSingleThreadExecutor(); // nothing
    private final ExecutorService ticks = Executors.newSingleThreadExecutor(); // nothing
    private final ExecutorService starting = Executors.newSingleThreadExecutor(); // nothing
    private final ExecutorService own = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>()); // nothing
    private final Semaphore permits = new Semaphore(8);
    private volatile boolean running = true;

    Submitted(Bus bus) {
        made = makePool();
        bus.subscribe(event -> callbacks.execute(() -> print(event)));
        for (String name : new String[] {"a", "b"}) {
            start(name);
        }
    }

    private ExecutorService makePool() {
        return Executors.newFixedThreadPool(4); // want low: executor takes every call
    }

    public static void later(Runnable task) {
        threads.execute(task);
    }

    public void mail(String address) {
        String text = "to " + address;
        mails.submit(() -> print(text));
        made.submit(() -> print(address));
    }

    public void careful(String address) throws InterruptedException {
        permits.acquire();
        bus().subscribe(event -> permitted.execute(() -> print(event)));
    }

    public void together(String address) {
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> print(address), waited);
        bus().subscribe(event -> sent.join());
    }

    public void open(String name) {
        loops.submit(() -> {
            while (running) {
                print(name);
            }
        });
    }

    public void work(Runnable worker) {
        workers.execute(worker);
    }

    public void watch(String name) {
        loops.submit(new Loop(name));
    }

    public void deleteAll(String name) {
        cleaning.submit(() -> print(name));
    }

    public void tick() {
        ticks.submit(() -> print("tick"));
    }

    private void start(String name) {
        starting.submit(() -> print(name));
    }

    @PostMapping("/orders")
    public void post(String order) {
        ExecutorService each = Executors.newSingleThreadExecutor(); // want low: executor takes every request
        route(order, each);
    }

    public void answer(String order) {
        Executors.newSingleThreadExecutor().execute(() -> print(order)); // want low: executor takes every call
    }

    public void answerAndEnd(String order) {
        ExecutorService each = Executors.newSingleThreadExecutor(); // nothing
        each.execute(() -> print("done"));
        each.shutdown();
    }

    private void route(String order, ExecutorService executor) {}

    private Bus bus() {
        return null;
    }

    private void print(String text) {}

    interface Bus {
        void subscribe(Consumer<String> listener);
    }

    class Loop implements Runnable {
        private final String name;

        Loop(String name) {
            this.name = name;
        }

        @Override
        public void run() {
            while (running) {
                print(name);
            }
        }
    }
}

class LauncherOfTools {
    private final ExecutorService pool = Executors.newFixedThreadPool(4); // nothing

    public void handle(String order) {
        pool.submit(() -> order.trim());
    }
}
