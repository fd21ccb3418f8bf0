package examples.prefetch.handed;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.DefaultConsumer;
import java.io.IOException;

class Handed {
    void start(Channel channel) throws IOException {
        channel.basicConsume("orders", new DefaultConsumer(channel)); // want low: no prefetch
    }

    void basicConsume(Channel channel, Consumer consumer) throws IOException {
        channel.basicConsume(queueName(), false, consumer); // want low: no prefetch
    }

    void basicConsume(Channel channel, String queue, Consumer consumer) throws IOException {
        channel.basicConsume(queue, false, consumer); // nothing
    }

    private String queueName() {
        return "orders";
    }
}
