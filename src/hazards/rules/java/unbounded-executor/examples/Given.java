package examples.given;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

interface Back {
    void accept(Socket socket);
}

class ParallelBack {
    final Back made;

    ParallelBack(Back back) {
        this(back, Executors.newFixedThreadPool(4)); // want low: executor takes every connection
    }

    ParallelBack(Back back, ExecutorService pool) {
        made =
            new Back() {
                @Override
                public void accept(Socket socket) {
                    pool.execute(() -> back.accept(socket));
                }
            };
    }
}

class Dispatching {
    private ExecutorService executor;

    static Dispatching standard() {
        return new Dispatching().setExecutor(Executors.newCachedThreadPool()); // want low: executor takes every call
    }

    static Dispatching limited() {
        return new Dispatching()
            .setExecutor(new ThreadPoolExecutor(4, 4, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(100))); // nothing
    }

    Dispatching setExecutor(ExecutorService given) {
        executor = given;
        return this;
    }
}

abstract class ThreadManager {
    protected abstract ExecutorService make();
}

class CachedThreadManager extends ThreadManager {
    @Override
    protected ExecutorService make() {
        return Executors.newCachedThreadPool(); // want low: executor takes every call
    }
}

class Instrumented {
    private final ExecutorService inner;

    Instrumented(ExecutorService inner) {
        this.inner = inner;
    }

    static Instrumented once() {
        return new Instrumented(Executors.newFixedThreadPool(2)); // nothing
    }
}

class Slave {
    private final ExecutorService threads = Executors.newFixedThreadPool(4); // want low: executor takes every connection
    private volatile boolean listening;

    boolean isListening() {
        return listening;
    }

    void serve(ServerSocket server) throws IOException {
        while (isListening()) {
            Socket accepted = server.accept();
            threads.execute(() -> System.out.println(accepted));
        }
    }
}

class FewSlave {
    private final ExecutorService few = new ThreadPoolExecutor(4, 4, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(9)); // nothing

    void serve(ServerSocket server, boolean wanted) throws IOException {
        while (wanted) {
            Socket accepted = server.accept();
            few.execute(() -> System.out.println(accepted));
        }
    }
}
