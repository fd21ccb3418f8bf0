use futures::StreamExt;
use lapin::{options::*, types::FieldTable, Channel};

async fn consume(channel: Channel) {
    channel.basic_qos(20, BasicQosOptions::default()).await.unwrap();
    let mut consumer = channel.basic_consume("jobs", "", options(), FieldTable::default()).await.unwrap();
    while let Some(delivery) = consumer.next().await {
        tokio::spawn(work(delivery)); // bounded: basic_qos
    }
}
