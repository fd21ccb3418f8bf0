package examples.prefetch.without;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DeliverCallback;
import java.io.IOException;

class Without {
    void start(Connection connection, String replyTo) throws IOException {
        Channel channel = connection.createChannel();
        DeliverCallback handle = (tag, delivery) -> System.out.println(tag);
        channel.basicConsume("orders", false, handle, tag -> {}); // want high: no prefetch
        channel.basicConsume("orders", true, handle, tag -> {}); // want medium: no prefetch
        channel.basicConsume(replyTo, true, handle, tag -> {}); // nothing
    }
}
