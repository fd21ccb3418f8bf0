package examples.executor;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.springframework.kafka.annotation.KafkaListener;

class Listeners {
    private final ExecutorService cached = Executors.newCachedThreadPool(); // want critical: executor takes every message
    private final ExecutorService fixed;
    private final ExecutorService waited = Executors.newFixedThreadPool(4); // bounded: get
    private final ExecutorService startedOnce = Executors.newSingleThreadExecutor(); // nothing
    private final Semaphore permits = new Semaphore(16);

    Listeners(int size) {
        fixed = Executors.newFixedThreadPool(size); // want critical: executor takes every message
        startedOnce.execute(this::tick);
    }

    @KafkaListener(topics = "orders")
    void onOrder(String order) {
        cached.submit(() -> handle(order));
    }

    @KafkaListener(topics = "refunds")
    void onRefund(String refund) {
        CompletableFuture.runAsync(() -> handle(refund), fixed);
    }

    @KafkaListener(topics = "invoices")
    void onInvoice(String invoice) throws ExecutionException, InterruptedException {
        waited.submit(() -> handle(invoice)).get();
    }

    void poll(KafkaConsumer<String, String> consumer) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(4, 16, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>()); // want high: executor takes every message
        while (!Thread.currentThread().isInterrupted()) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                pool.execute(() -> handle(record.value()));
            }
        }
    }

    void committed(KafkaConsumer<String, String> consumer) {
        ExecutorService pool = Executors.newFixedThreadPool(4); // want critical: executor takes every message
        while (true) {
            var records = consumer.poll(Duration.ofMillis(100));
            records.forEach(record -> pool.submit(() -> handle(record.value())));
            consumer.commitSync();
        }
    }

    void permitted(KafkaConsumer<String, String> consumer) throws InterruptedException {
        ExecutorService pool = Executors.newCachedThreadPool(); // bounded: permits.acquire
        while (true) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                permits.acquire();
                pool.submit(() -> {
                    try {
                        handle(record.value());
                    } finally {
                        permits.release();
                    }
                });
            }
        }
    }

    void few() {
        ExecutorService pool = Executors.newCachedThreadPool(); // nothing
        for (int i = 0; i < 4; i++) {
            pool.submit(this::tick);
        }
    }

    private final ExecutorService records = Executors.newFixedThreadPool(4); // want low: executor takes every message

    void onRecord(ConsumerRecord<String, String> record) {
        records.submit(() -> handle(record.value()));
    }

    private void tick() {}

    private void handle(String message) {}
}

class Server extends HttpServlet {
    private final ExecutorService workers = Executors.newFixedThreadPool(8); // want medium: executor takes every request
    private final ExecutorService single = Executors.newSingleThreadExecutor(); // want medium: executor takes every request

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        workers.submit(() -> log(request.getPathInfo()));
        single.submit(() -> log(request.getPathInfo()));
    }

    void serve(ServerSocket listener) throws Exception {
        ExecutorService connections = Executors.newCachedThreadPool(); // want low: executor takes every connection
        while (true) {
            Socket socket = listener.accept();
            connections.execute(() -> log(socket.toString()));
        }
    }
}

class Pools {
    private final ThreadPoolExecutor small =
            new ThreadPoolExecutor(1, 10, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<Runnable>()); // want medium: executor takes every call
    private final ThreadPoolExecutor equal =
            new ThreadPoolExecutor(4, 4, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>()); // nothing
}
