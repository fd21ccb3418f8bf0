package com.shop;

interface Names {
  String REFUNDS = "refunds";
}
