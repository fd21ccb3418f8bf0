package samples;

import com.rabbitmq.client.Channel;
import io.awspring.cloud.sqs.annotation.SqsListener;
import io.awspring.cloud.sqs.operations.SqsTemplate;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.messaging.handler.annotation.SendTo;

class Topics {
    static final String AUDIT = "audit";
}

enum Channels {
    PARCELS("parcels");

    private final String key;

    Channels(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }
}

class Listeners {
    private static final String ORDERS = "orders";
    private static final List<String> BOTH = List.of("first", "second");

    @Value("${app.out-topic}")
    private String outTopic;

    @KafkaListener(topics = {ORDERS, "refunds"}, groupId = "billing") // consume kafka orders / billing constant; consume kafka refunds / billing literal
    void onOrder(String order) {}

    @KafkaListener(topics = "${app.returns:returns}") // consume kafka returns / shop config
    @SendTo("returned") // produce kafka returned literal
    void onReturn(String item) {}

    @KafkaListener(topics = "#{'${app.many}'.split(',')}", groupId = "${app.group:many}") // consume kafka a / many config; consume kafka b / many config
    void onMany(String item) {}

    @KafkaListener(topics = "#{@topics.orders}", groupId = "beans") // consume kafka ? / beans unknown
    void onBean(String item) {}

    @RabbitListener(queues = "${app.jobs}") // consume rabbitmq ? unknown
    void onJob(String job) {}

    @RabbitListener(bindings = @QueueBinding(value = @Queue("mails"), exchange = @Exchange("events"), key = "mail.*")) // consume rabbitmq mails literal
    void onMail(String mail) {}

    @SqsListener("https://sqs.eu-west-1.amazonaws.com/1234/claims") // consume aws_sqs claims literal
    void onClaim(String claim) {}

    void send(KafkaTemplate<String, String> template, RabbitTemplate rabbitTemplate, StreamBridge bridge, SqsTemplate sqsTemplate) {
        template.send(outTopic, "x"); // produce kafka invoices config
        template.send(Topics.AUDIT, "x"); // produce kafka audit constant
        template.send(Channels.PARCELS.key(), "x"); // produce kafka parcels constant
        rabbitTemplate.convertAndSend("events", "order.paid", "x"); // produce rabbitmq events/order.paid literal
        rabbitTemplate.convertAndSend("jobs", "x"); // produce rabbitmq jobs literal
        bridge.send("orders-out-0", "x"); // produce kafka shipped config
        sqsTemplate.send("claims", "x"); // produce aws_sqs claims literal
        new Queue("reminders", true); // declare rabbitmq reminders literal
    }

    void poll(String region) {
        Properties properties = new Properties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, "auditors");
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(properties);
        consumer.subscribe(BOTH); // consume kafka first / auditors constant; consume kafka second / auditors constant
        consumer.subscribe(List.of("orders." + region)); // consume kafka orders.* / auditors template
        consumer.subscribe(singleton("alone")); // consume kafka alone / auditors literal
        String configured = System.getenv("OUT_TOPIC");
        new KafkaProducer<String, String>(properties).send(new ProducerRecord<>(configured, "x")); // produce kafka invoices config
    }

    void publish(Channel channel, String queue) throws Exception {
        channel.queueDeclare("letters", true, false, false, null); // declare rabbitmq letters literal
        channel.basicConsume("letters", false, (tag, delivery) -> {}, tag -> {}); // consume rabbitmq letters literal
        channel.basicPublish("", "letters", null, new byte[0]); // produce rabbitmq letters literal
        channel.basicPublish("events", "letter.sent", null, new byte[0]); // produce rabbitmq events/letter.sent literal
        channel.basicConsume(queue, false, (tag, delivery) -> {}, tag -> {}); // consume rabbitmq ? unknown
    }
}

class Sender {
    private final String topic;
    private final KafkaTemplate<String, String> template;

    Sender(@Value("${app.sent:sent}") String topic, KafkaTemplate<String, String> template) {
        this.topic = topic;
        this.template = template;
    }

    void send() {
        template.send(this.topic, "x"); // produce kafka sent config
        template.send(topic, "x"); // produce kafka sent config
    }
}
