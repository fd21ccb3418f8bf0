package examples.executor;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class Factories {
    private final BlockingQueue<Work> spare = new ArrayBlockingQueue<>(8);
    private final ExecutorService works = ExecutorFactory.createCachedThreadPool("works"); // want low: executor takes every call
    private final ExecutorService stores = Executors.newFixedThreadPool(1); // want low: executor takes every call
    private final ExecutorService answers = Executors.newFixedThreadPool(1); // bounded: get
    private final ExecutorService refreshes = ExecutorFactory.createCachedThreadPool("refreshes"); // nothing

    public void handle(String message) {
        Work work = spare.poll();
        work.setMessage(message);
        works.execute(work);
    }

    public void later(String message) throws InterruptedException, ExecutionException {
        Future<?> stored = stores.submit(() -> print(message));
        stored.get();
    }

    public void store(String message) {
        stores.execute(() -> print(message));
    }

    public void answer(String message) throws InterruptedException, ExecutionException {
        Future<?> future = answers.submit(() -> print(message));
        future.get();
    }

    public void refresh() {
        refreshes.execute(() -> print("refresh"));
    }

    private void print(String text) {}

    static class Work implements Runnable {
        private String message;

        void setMessage(String given) {
            message = given;
        }

        @Override
        public void run() {
            System.out.println(message);
        }
    }
}

class ExecutorFactory {
    static ExecutorService createCachedThreadPool(String name) {
        return new Named(name).pool();
    }

    static class Named {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        ExecutorService pool() {
            return null;
        }
    }
}
