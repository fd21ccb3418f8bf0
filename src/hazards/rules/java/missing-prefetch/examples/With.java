package examples.prefetch.with;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DeliverCallback;
import java.io.IOException;

class With {
    void start(Connection connection) throws IOException {
        Channel channel = connection.createChannel();
        channel.basicQos(20);
        DeliverCallback handle = (tag, delivery) -> System.out.println(tag);
        channel.basicConsume("orders", false, handle, tag -> {}); // bounded: basicQos
    }
}
