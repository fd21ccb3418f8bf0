package examples.producer;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import org.springframework.kafka.annotation.KafkaListener;

class Confirmed {
    @KafkaListener(topics = "orders")
    void publish(String order, Channel channel) throws IOException, InterruptedException {
        channel.basicPublish("", "copies", null, order.getBytes()); // bounded: waitForConfirms
        channel.waitForConfirms();
    }
}
