use rdkafka::consumer::StreamConsumer;
use rdkafka::producer::FutureRecord;

use super::local;
use crate::names::STOCK;
use crate::topics::{self, Topics, ALL, ORDERS as WANTED};

pub fn consume(consumer: StreamConsumer, ORDERS: &str) {
    consumer.subscribe(&[WANTED]).unwrap(); // consume kafka orders constant of src/topics.rs:1
    consumer.subscribe(&ALL).unwrap(); // consume kafka left constant of src/topics.rs:2; consume kafka right constant of src/topics.rs:2
    FutureRecord::to(topics::ORDERS); // produce kafka orders constant of src/topics.rs:1
    FutureRecord::to(crate::topics::ORDERS); // produce kafka orders constant of src/topics.rs:1
    FutureRecord::to(Topics::REFUNDS); // produce kafka refunds constant of src/topics.rs:7
    FutureRecord::to(STOCK); // produce kafka stock constant of src/names/stock.rs:1
    FutureRecord::to(crate::ROOT); // produce kafka root constant of src/lib.rs:4
    FutureRecord::to(the_shop::ROOT); // produce kafka root constant of src/lib.rs:4
    FutureRecord::to(local::PARCELS); // produce kafka parcels constant of src/shipping/local.rs:1
    FutureRecord::to(ORDERS); // produce kafka ? unknown
}
