package examples.executor;

import org.springframework.context.annotation.Bean;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

class AsynchronousBounded {
    @Async // bounded: setQueueCapacity
    @KafkaListener(topics = "orders")
    public void onOrder(String order) {
        order.trim();
    }

    @Bean
    ThreadPoolTaskExecutor taskExecutor() {
        ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor(); // bounded: setQueueCapacity(100)
        pool.setQueueCapacity(100);
        return pool;
    }
}
