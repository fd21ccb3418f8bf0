package com.shop.common;

public class Shared {
  public static final String STOCK = "stock";
}
