package examples.prefetch;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Consumer;
import java.io.IOException;
import java.util.Optional;

class Sometimes {
    private final Optional<Integer> prefetch = Optional.empty();

    void consume(Connection connection, Consumer consumer) throws IOException {
        Channel channel = connection.createChannel();
        if (prefetch.isPresent()) {
            channel.basicQos(prefetch.get());
        }
        channel.basicConsume("orders", false, consumer); // want low: no prefetch
    }
}
