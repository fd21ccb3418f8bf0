package com.shop;

class Main {
  Publisher publisher() {
    return new Publisher("parcels", null);
  }
}
