package examples.prefetch;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Consumer;
import java.io.IOException;

class WithDefault {
    private Integer prefetch;

    void consume(Connection connection, Consumer consumer) throws IOException {
        Channel channel = connection.createChannel();
        if (prefetch != null) {
            channel.basicQos(prefetch);
        } else {
            channel.basicQos(10);
        }
        channel.basicConsume("orders", false, consumer); // bounded: basicQos
    }
}
