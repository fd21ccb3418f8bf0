package com.shop.names;

public enum Channel {
  MAIL("mail");

  private final String topic;

  Channel(String topic) {
    this.topic = topic;
  }

  public String topic() {
    return topic;
  }
}
