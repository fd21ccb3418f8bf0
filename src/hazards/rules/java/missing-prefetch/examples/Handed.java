package examples.prefetch.handed;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import java.io.IOException;

class Handed {
    void start(Channel channel) throws IOException {
        channel.basicConsume("orders", new DefaultConsumer(channel)); // want low: no prefetch
    }
}
