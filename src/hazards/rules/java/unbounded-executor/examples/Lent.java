package examples.executor;

import com.sun.net.httpserver.HttpServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

class Lent {
    private static ExecutorService service;
    static final ExecutorService SHARED_THREADS = Executors.newCachedThreadPool(); // want low: executor takes every call
    static final ExecutorService ACCEPTING = Executors.newCachedThreadPool(); // nothing
    private final ExecutorService central = Executors.newCachedThreadPool(); // want low: executor takes every call
    private final ExecutorService polling = Executors.newSingleThreadExecutor(); // nothing
    private final ExecutorService events = Executors.newSingleThreadExecutor(); // want low: executor takes every call
    private final ConcurrentHashMap<String, ExecutorService> byName = new ConcurrentHashMap<>();

    public ExecutorService getExecutorService() {
        return central;
    }

    public ExecutorService getPollingExecutor() {
        return polling;
    }

    public ExecutorService getExecutorOf(String name) {
        return byName.computeIfAbsent(name, key ->
                new ThreadPoolExecutor(0, 1, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>())); // want low: executor takes every call
    }

    static ExecutorService defaultExecutor() {
        return Executors.newSingleThreadExecutor(); // want low: executor takes every call
    }

    private static ExecutorService sharedExecutor() {
        if (service == null) {
            service = Executors.newCachedThreadPool(); // want low: executor takes every call
        }
        return service;
    }

    public static <T> CompletableFuture<T> ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, sharedExecutor());
    }

    public void onEvent(Runnable event) {
        handOn(events, event);
    }

    private void handOn(ExecutorService pool, Runnable event) {
        pool.execute(event);
    }
}

class LentByAnotherName {
    private static ExecutorService service;

    public static void nextTick(Runnable task) {
        ExecutorService executor;
        synchronized (LentByAnotherName.class) {
            if (service == null) {
                service = Executors.newSingleThreadExecutor(); // want low: executor takes every call
            }
            executor = service;
        }
        executor.execute(task);
    }
}

class LentToServer {
    private final HttpServer server;

    LentToServer(HttpServer server) {
        this.server = server;
        server.setExecutor(Executors.newCachedThreadPool()); // want low: executor takes every request
    }
}

class LentUnlessGiven {
    private final ExecutorService threadPool;

    LentUnlessGiven(ExecutorService given, int limit) {
        if (limit > 10) {
            throw new IllegalArgumentException();
        }
        threadPool = given == null ? Executors.newCachedThreadPool() : given; // want low: executor takes every call
    }

    public final ExecutorService getThreadPool() {
        return threadPool;
    }
}

class LentLauncher {
    private final ExecutorService pool = Executors.newCachedThreadPool(); // nothing

    public ExecutorService getPool() {
        return pool;
    }
}

class CloseableTasks {
    private final ThreadPoolExecutor executor;

    CloseableTasks(int threads) {
        executor = new ThreadPoolExecutor(threads, threads, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>()); // want low: executor takes every call
    }

    public void execute(Runnable command) {
        executor.execute(command);
    }
}

class NamedThreads extends ThreadPoolExecutor {
    NamedThreads(int threads) {
        super(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()); // want low: executor takes every call
    }
}

class CountedThreads extends ThreadPoolExecutor {
    CountedThreads(int threads) {
        super(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()); // nothing
    }

    @Override
    public void execute(Runnable task) {
        if (getQueue().size() > 1000) {
            throw new IllegalStateException();
        }
        super.execute(task);
    }
}

class LimitedThreads extends ThreadPoolExecutor {
    LimitedThreads(int threads, int waiting) {
        super(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting)); // nothing
    }
}

class LentByChoice {
    public int mostThreads = Integer.MAX_VALUE;
    private static ExecutorService service;
    private final ExecutorService invoker;
    private final ExecutorService pool;
    private final ExecutorService given;
    private final ExecutorService once = Executors.newSingleThreadExecutor(); // nothing

    LentByChoice(ExecutorService own) {
        invoker = own == null ? makeInvoker(4) : own;
        given = own != null ? own : makeThreads(4);
        ExecutorService made = Executors.newCachedThreadPool(); // want low: executor takes every call
        this.pool = made;
    }

    private ExecutorService makeInvoker(int threads) {
        LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
        ExecutorService made = new ThreadPoolExecutor(1, threads, 60, TimeUnit.SECONDS, queue); // want low: executor takes every call
        return made;
    }

    private ExecutorService makeThreads(int threads) {
        return new ThreadPoolExecutor(threads, mostThreads, 60, TimeUnit.SECONDS, new SynchronousQueue<>()); // want low: executor takes every call
    }

    public void handle(String request) {
        invoker.execute(() -> request.trim());
        pool.execute(() -> request.trim());
        given.execute(() -> request.trim());
        threads().execute(() -> request.trim());
    }

    private static ExecutorService threads() {
        ExecutorService known = service;
        if (known == null) {
            service = known = Executors.newCachedThreadPool(); // want low: executor takes every call
        }
        return known;
    }

    public void onAuthUpdated(String token) {
        once.execute(() -> token.trim());
    }
}
