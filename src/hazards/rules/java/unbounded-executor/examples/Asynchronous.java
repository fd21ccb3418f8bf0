package examples.executor;

import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.PostMapping;

class Asynchronous {
    @Async // want low: executor takes every message
    @KafkaListener(topics = "orders")
    public void onOrder(String order) {
        order.trim();
    }

    @Async // want low: executor takes every request
    @PostMapping("/refunds")
    public void onRefund(String refund) {
        refund.trim();
    }

    @Async("invoices") // nothing
    @KafkaListener(topics = "invoices")
    public void onInvoice(String invoice) {
        invoice.trim();
    }

    @Async // nothing
    public void now() {}

    @Async // nothing
    @Scheduled(fixedRate = 1000)
    public void tick() {}
}
