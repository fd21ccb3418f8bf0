package examples.executor;

import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.scheduling.annotation.Async;

@Async // want low: executor takes every message
class AsynchronousClass {
    @KafkaListener(topics = "orders")
    void onOrder(String order) {
        order.trim();
    }

    void other() {}
}

@Async // nothing: whoever calls it stands elsewhere
class AsynchronousMails {
    void mail(String order) {
        order.trim();
    }
}

@Async // nothing: nobody outside can have it run elsewhere
class AsynchronousHelper {
    private void onOrder(String order) {}
}
