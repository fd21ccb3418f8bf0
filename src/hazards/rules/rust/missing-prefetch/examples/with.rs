use lapin::{options::*, types::FieldTable, Connection};

async fn consume(connection: Connection) -> lapin::Result<()> {
    let channel = connection.create_channel().await?;
    channel.basic_qos(20, BasicQosOptions::default()).await?;
    channel.basic_consume("jobs", "me", BasicConsumeOptions::default(), FieldTable::default()).await?; // bounded: basic_qos
    Ok(())
}
