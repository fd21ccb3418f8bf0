package com.shop;

import org.springframework.kafka.core.KafkaTemplate;

class Publisher {
  private final String topic;
  private final KafkaTemplate<String, String> template;

  Publisher(String topic, KafkaTemplate<String, String> template) {
    this.topic = topic;
    this.template = template;
  }

  void publish(String text) {
    template.send(topic, text); // produce kafka parcels constant of orders/src/main/java/com/shop/Main.java:5
  }
}
