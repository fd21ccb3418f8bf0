package com.shop;

import static com.shop.names.Topics.ORDERS;

import com.shop.common.Shared;
import com.shop.names.*;
import com.shop.names.Topics.Groups;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;

class Listener implements Names {
  private KafkaTemplate<String, String> template;

  @KafkaListener(topics = ORDERS, groupId = Groups.BILLING) // consume kafka orders / billing constant of orders/src/main/java/com/shop/names/Topics.java:4, orders/src/main/java/com/shop/names/Topics.java:8
  void order(String text) {}

  @KafkaListener(topics = {Topics.PAID, Names.REFUNDS}) // consume kafka orders.paid constant of orders/src/main/java/com/shop/names/Topics.java:5; consume kafka refunds constant of orders/src/main/java/com/shop/Names.java:4
  void paid(String text) {
    template.send(REFUNDS, text); // produce kafka refunds constant of orders/src/main/java/com/shop/Names.java:4
    template.send(Channel.MAIL.topic(), text); // produce kafka mail constant of orders/src/main/java/com/shop/names/Channel.java:4
    template.send(Shared.STOCK + ".eu", text); // produce kafka stock.eu constant of common/src/main/java/com/shop/common/Shared.java:4
    template.send(Absent.TOPIC, text); // produce kafka ? unknown
  }
}
