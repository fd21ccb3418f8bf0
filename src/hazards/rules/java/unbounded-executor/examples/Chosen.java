package examples.executor;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class Shared {
    private final ExecutorService tasks = Executors.newCachedThreadPool(); // want low: executor takes every call

    public ExecutorService getExecutor() {
        return tasks;
    }
}

class ChosenSettings {
    private final ExecutorService tasks = Executors.newCachedThreadPool(); // nothing: what runs the tasks stands elsewhere

    public ExecutorService getExecutor() {
        return tasks;
    }
}

class Makers {
    public static ExecutorService getFixedThreadPool(int threads) {
        return Executors.newFixedThreadPool(threads); // nothing: one for each that asks
    }

    public static ExecutorService defaultExecutor() {
        return Executors.newCachedThreadPool(); // want low: executor takes every call
    }
}
