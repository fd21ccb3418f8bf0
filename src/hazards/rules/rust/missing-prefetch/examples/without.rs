use lapin::{options::*, types::FieldTable, Connection};

async fn consume(connection: Connection) -> lapin::Result<()> {
    let channel = connection.create_channel().await?;
    let manual = channel.basic_consume("jobs", "me", BasicConsumeOptions::default(), FieldTable::default()).await?; // want high: no prefetch
    let sent = BasicConsumeOptions { no_ack: true, ..BasicConsumeOptions::default() };
    channel.basic_consume("logs", "me", BasicConsumeOptions { no_ack: true, ..sent.clone() }, FieldTable::default()).await?; // want medium: no prefetch
    channel.basic_consume("amq.rabbitmq.reply-to", "me", sent, FieldTable::default()).await?; // nothing: one answer
    Ok(())
}
