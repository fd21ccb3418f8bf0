package com.shop.names;

public final class Topics {
  public static final String ORDERS = "orders";
  public static final String PAID = ORDERS + ".paid";

  public static final class Groups {
    public static final String BILLING = "billing";
  }

  private Topics() {}
}
