package examples.spawn;

import com.rabbitmq.client.Channel;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.springframework.amqp.rabbit.annotation.RabbitListener;

class Spawns {
    private final AtomicInteger active = new AtomicInteger();
    private final Semaphore limit = new Semaphore(8);
    private final Executor workers;
    private volatile boolean running = true;

    Spawns(Executor workers) {
        this.workers = workers;
        new Thread(this::tick).start(); // nothing
    }

    void poll(KafkaConsumer<String, String> consumer) {
        while (running) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                new Thread(() -> handle(record.value())).start(); // want high: one task per message
            }
        }
    }

    void async(KafkaConsumer<String, String> consumer) {
        while (running) {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                CompletableFuture.runAsync(() -> { // want critical: one task per message
                    handle(record.value());
                    active.incrementAndGet();
                });
            });
            consumer.commitAsync();
        }
    }

    void counted(KafkaConsumer<String, String> consumer) throws InterruptedException {
        while (running) {
            var records = consumer.poll(Duration.ofMillis(100));
            while (active.get() > 100) {
                Thread.sleep(10);
            }
            records.forEach(record -> CompletableFuture.runAsync(() -> handle(record.value()))); // bounded: check
        }
    }

    void joined(KafkaConsumer<String, String> consumer) {
        while (running) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                CompletableFuture<Void> task = CompletableFuture.runAsync(() -> handle(record.value())); // bounded: join
                task.join();
            }
        }
    }

    void permitted(BlockingQueue<String> jobs) throws InterruptedException {
        while (running) {
            String job = jobs.take();
            limit.acquire();
            new Thread(() -> handle(job)).start(); // bounded: limit.acquire
        }
    }

    void stages(BlockingQueue<String> jobs) throws InterruptedException {
        while (running) {
            String job = jobs.take();
            new Thread(() -> handle(job)).start(); // want low: one task per value
        }
    }

    void accept(ServerSocket listener) throws Exception {
        for (;;) {
            Socket socket = listener.accept();
            new Thread(() -> handle(socket.toString())).start(); // want low: one task per connection
        }
    }

    @RabbitListener(queues = "orders")
    public void onOrder(String order) {
        new Thread(() -> handle(order)).start(); // want critical: one task per message
        dispatch(order);
    }

    @RabbitListener(queues = "refunds")
    public void onRefund(String refund) {
        workers.execute(() -> handle(refund)); // want low: one task per message
    }

    private void dispatch(String order) {
        // backpressure: bounded-by the shop sells ten a day
        CompletableFuture.supplyAsync(() -> order.length()); // suppressed: the shop sells ten a day
    }

    void close(KafkaConsumer<String, String> consumer) {
        while (running) {
            consumer.poll(Duration.ZERO);
            new Thread(this::tick).start(); // bounded: close
        }
    }

    private void tick() {}

    private void handle(String message) {}
}
