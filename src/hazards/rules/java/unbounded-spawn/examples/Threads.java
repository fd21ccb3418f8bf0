package examples.spawn;

import java.util.concurrent.CompletableFuture;

class Threads {
    public void send(String message) {
        new Thread(() -> print(message)).start(); // want low: one task per message
    }

    public void sendLater(String message) {
        Thread thread = new Thread(() -> print(message)); // want low: one task per message
        thread.start();
    }

    public CompletableFuture<Void> ask(String question) {
        return CompletableFuture.runAsync(() -> print(question)); // want low: one task per message
    }

    public void join(String message) throws InterruptedException {
        Thread thread = new Thread(() -> print(message)); // bounded: join
        thread.start();
        thread.join();
    }

    public int copy(Process process) throws InterruptedException {
        new Thread(() -> print(process.toString())).start(); // bounded: waitFor
        return process.waitFor();
    }

    public Thread newThread(Runnable task) {
        return new Thread(task); // nothing
    }

    public void onConnectionLost(String reason) {
        new Thread(() -> print(reason)).start(); // nothing
    }

    public void tick() {
        new Thread(() -> print("tick")).start(); // nothing
    }

    private void print(String message) {}
}
