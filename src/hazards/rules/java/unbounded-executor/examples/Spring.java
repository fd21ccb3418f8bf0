package examples.executor;

import java.util.concurrent.Executor;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

@EnableAsync
class Spring {
    @Bean
    Executor taskExecutor() {
        ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor(); // want medium: executor takes every call
        pool.setCorePoolSize(4);
        pool.setMaxPoolSize(16);
        return pool;
    }

    @Bean
    Executor mails() {
        SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("mails-"); // want medium: executor takes every call
        return threads;
    }

    @Bean
    Executor reports() {
        ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor(); // bounded: setQueueCapacity(50)
        pool.setQueueCapacity(50);
        return pool;
    }

    @Bean
    Executor few() {
        SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor(); // bounded: setConcurrencyLimit(4)
        threads.setConcurrencyLimit(4);
        return threads;
    }

    @Bean
    Executor configured() {
        ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor(); // nothing
        configure(pool);
        return pool;
    }

    void container() {
        Executor threads = new SimpleAsyncTaskExecutor("consumer-"); // nothing
        threads.execute(() -> {});
    }

    private void configure(ThreadPoolTaskExecutor pool) {}
}

class Fed {
    private final ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor(); // want critical: executor takes every message

    @KafkaListener(topics = "orders")
    void onOrder(String order) {
        pool.execute(() -> order.trim());
    }
}
