package examples.prefetch.containers;

import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;

class Containers {
    SimpleRabbitListenerContainerFactory endless() {
        var factory = new SimpleRabbitListenerContainerFactory();
        factory.setPrefetchCount(0); // want high: no prefetch
        return factory;
    }

    SimpleRabbitListenerContainerFactory small() {
        var factory = new SimpleRabbitListenerContainerFactory();
        factory.setPrefetchCount(20); // nothing
        return factory;
    }
}
