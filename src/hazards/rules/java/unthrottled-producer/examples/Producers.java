package examples.producer;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;

class Copies {
    private final KafkaTemplate<String, String> template;

    Copies(KafkaTemplate<String, String> template) {
        this.template = template;
        template.send("started", "now"); // nothing
    }

    @KafkaListener(topics = "orders")
    void onOrder(String order) {
        template.send("copies", order); // want medium: send per message, answer ignored
    }

    @KafkaListener(topics = "refunds")
    void onRefund(String refund) {
        template.send("copies", refund).join(); // nothing
    }

    void copy(KafkaConsumer<String, String> consumer, KafkaProducer<String, String> producer) {
        while (true) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                producer.send(new ProducerRecord<>("copies", record.value())); // want medium: send per message, answer ignored
            }
        }
    }

    @KafkaListener(topics = "invoices")
    void publish(String invoice, Channel channel) throws IOException {
        channel.basicPublish("", "copies", null, invoice.getBytes()); // want medium: send per message, answer ignored
        if (invoice.length() > limitOf(invoice)) {
            return;
        }
        template.send("short", invoice); // bounded: check
    }

    private int limitOf(String invoice) {
        return 10;
    }
}
