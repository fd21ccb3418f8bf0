package examples.spawn;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListener;

class Acknowledged {
    @RabbitListener(queues = "orders", ackMode = "MANUAL")
    public void onOrder(Message order, Channel channel) {
        new Thread(() -> { // bounded: basicAck
            try {
                channel.basicAck(order.getMessageProperties().getDeliveryTag(), false);
            } catch (IOException failed) {
                Thread.currentThread().interrupt();
            }
        }).start();
    }
}
