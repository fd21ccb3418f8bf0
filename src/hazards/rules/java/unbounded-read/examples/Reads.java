package examples.read;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.scheduling.annotation.Scheduled;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.params.XReadParams;

interface OrderRepository {
    List<String> findAll();

    List<String> findAll(int page);
}

class Reads {
    private final OrderRepository orderRepository;

    Reads(OrderRepository orderRepository) {
        this.orderRepository = orderRepository;
        orderRepository.findAll(); // nothing
    }

    void read(Jedis jedis, Map<String, StreamEntryID> streams) {
        jedis.xread(XReadParams.xReadParams().block(1000), streams); // want medium: reads all there is
        jedis.xread(XReadParams.xReadParams().count(10).block(1000), streams); // bounded: count
        XReadGroupParams asked = XReadGroupParams.xReadGroupParams(); // bounded: count
        asked.count(10);
        jedis.xreadGroup("billing", "a", asked, streams);
    }

    @Scheduled(fixedDelay = 1000)
    void sweep() {
        for (String order : orderRepository.findAll()) { // want medium: reads all there is
            System.out.println(order);
        }
    }

    @KafkaListener(topics = "orders")
    void onOrder(String order) {
        orderRepository.findAll(); // want medium: reads all there is
        orderRepository.findAll(1); // bounded: part
    }

    void configure(Properties properties) {
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100000); // want medium: reads all there is
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 200); // nothing
    }
}
