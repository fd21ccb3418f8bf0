use rdkafka::consumer::StreamConsumer;
use rdkafka::message::OwnedMessage;
use tokio::sync::mpsc;

struct Sink {
    out: mpsc::UnboundedSender<OwnedMessage>,
}

async fn write(mut rx: mpsc::UnboundedReceiver<OwnedMessage>) {
    while let Some(message) = rx.recv().await {
        drop(message);
    }
}

async fn consume(consumer: StreamConsumer) {
    let (tx, rx) = mpsc::unbounded_channel(); // want high: channel grows per message
    tokio::spawn(write(rx));
    Sink { out: tx }.copy(consumer).await;
}

impl Sink {
    async fn copy(&self, consumer: StreamConsumer) {
        loop {
            let message = consumer.recv().await.unwrap().detach();
            self.out.send(message).unwrap();
        }
    }
}
