use futures::StreamExt;
use lapin::{message::DeliveryResult, options::*, types::FieldTable, Channel};

async fn work(delivery: DeliveryResult) {}

async fn consume(channel: Channel) {
    channel.basic_qos(20, BasicQosOptions::default()).await.unwrap();
    let options = BasicConsumeOptions::default();
    let mut consumer = channel.basic_consume("jobs", "", options, FieldTable::default()).await.unwrap();
    while let Some(delivery) = consumer.next().await {
        tokio::spawn(work(delivery.map(Some))); // bounded: basic_qos
    }
}
