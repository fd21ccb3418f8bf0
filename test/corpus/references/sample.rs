use aws_sdk_sqs::Client as Sqs;
use kafka::consumer::Consumer as Plain;
use lapin::{options::*, types::FieldTable, BasicProperties, Channel};
use rdkafka::config::ClientConfig;
use rdkafka::consumer::{Consumer, StreamConsumer};
use rdkafka::producer::{FutureProducer, FutureRecord};
use redis::{streams::StreamReadOptions, AsyncCommands};

const ORDERS: &str = "orders";
static TOPICS: [&str; 2] = [ORDERS, "refunds"];

struct Queues {
    jobs: String,
}

async fn main(region: &str, channel: Channel, js: async_nats::jetstream::Context) -> anyhow::Result<()> {
    let group = std::env::var("GROUP").unwrap_or_else(|_| "billing".to_string());
    let consumer: StreamConsumer = ClientConfig::new().set("group.id", &group).set("acks", "all").create()?;
    consumer.subscribe(&[ORDERS]).expect("subscribe"); // consume kafka orders / billing config
    consumer.subscribe(&TOPICS)?; // consume kafka orders / billing config; consume kafka refunds / billing config
    let audits: StreamConsumer = ClientConfig::new().set("group.id", "audit").create_with_context(context)?;
    audits.subscribe(&[&format!("audit.{region}")])?; // consume kafka audit.* / audit template
    producer.send(FutureRecord::to(&std::env::var("OUT_TOPIC")?).payload(""), timeout).await?; // produce kafka invoices config
    producer.send(FutureRecord::to(region).payload(""), timeout).await?; // produce kafka ? unknown
    let queues = Queues { jobs: "jobs".into() };
    channel.queue_declare(queues.jobs.as_str().into(), options(), FieldTable::default()).await?; // declare rabbitmq jobs constant
    channel.basic_consume("jobs", "me", options(), FieldTable::default()).await?; // consume rabbitmq jobs literal
    channel.basic_publish("events", "order.paid", options(), b"", BasicProperties::default()).await?; // produce rabbitmq events/order.paid literal
    channel.basic_publish("", "jobs", options(), b"", BasicProperties::default()).await?; // produce rabbitmq jobs literal
    let stream = js.get_stream("EVENTS").await?;
    stream.get_or_create_consumer("shipping", config()).await?; // consume nats EVENTS / shipping literal
    let reading = StreamReadOptions::default().group("shipping", "me").count(10);
    connection.xread_options(&["parcels"], &[">"], &reading).await?; // consume redis parcels / shipping literal
    connection.xadd(format!("{}.{}", ORDERS, region), "*", &[("a", 1)]).await?; // produce redis orders.* template
    sqs.receive_message().queue_url("https://sqs.eu-west-1.amazonaws.com/1234/claims").send().await?; // consume aws_sqs claims literal
    Plain::from_hosts(hosts()).with_topic("letters".to_owned()).with_group("post".to_owned()).create()?; // consume kafka letters / post literal
    Ok(())
}
