use futures::StreamExt;
use rdkafka::consumer::StreamConsumer;
use rdkafka::message::OwnedMessage;
use tokio::sync::mpsc;

async fn write(rx: mpsc::UnboundedReceiver<OwnedMessage>) {}

async fn each_message(consumer: StreamConsumer) {
    let (tx, rx) = mpsc::unbounded_channel(); // want high: channel grows per message
    tokio::spawn(write(rx));
    loop {
        let message = consumer.recv().await.unwrap().detach();
        tx.send(message).unwrap();
    }
}

async fn through_a_clone(consumer: StreamConsumer) {
    let (sink, rx) = mpsc::unbounded_channel::<OwnedMessage>(); // want high: channel grows per message
    let copies = sink.clone();
    tokio::spawn(async move {
        let mut messages = consumer.stream();
        while let Some(message) = messages.next().await {
            copies.send(message.unwrap().detach()).unwrap();
        }
    });
}

struct Packet {
    length: usize,
}

struct Reader {
    out: crossbeam_channel::Sender<Packet>,
}

fn reader(socket: std::net::UdpSocket) -> Reader {
    let (packets, rx) = crossbeam_channel::unbounded(); // want high: channel grows per packet
    Reader { out: packets }
}

impl Reader {
    fn run(&self, socket: std::net::UdpSocket) {
        let mut buffer = [0; 1500];
        loop {
            let (length, _from) = socket.recv_from(&mut buffer).unwrap();
            self.out.send(Packet { length }).unwrap();
        }
    }
}

async fn with_a_size(consumer: StreamConsumer) {
    let (tx, rx) = mpsc::channel(100); // nothing: it has a size
    loop {
        tx.send(consumer.recv().await.unwrap().detach()).await.unwrap();
    }
}

async fn looked_at(consumer: StreamConsumer) {
    let (queue, rx) = flume::unbounded(); // bounded: queue.len()
    loop {
        let message = consumer.recv().await.unwrap().detach();
        if queue.len() > 1000 {
            continue;
        }
        queue.send(message).unwrap();
    }
}

async fn wake_ups(consumer: StreamConsumer) {
    let (wake, woken) = mpsc::unbounded_channel::<()>(); // nothing: it carries nothing
    loop {
        consumer.recv().await.unwrap();
        wake.send(()).unwrap();
    }
}

fn filled_once(rows: Vec<String>) {
    let (filled, taken) = std::sync::mpsc::channel(); // nothing: filled from what is there
    for row in rows {
        filled.send(row).unwrap();
    }
}

async fn one_answer() {
    let (answer, asked) = async_channel::unbounded(); // nothing: sent once
    answer.send(1).await.unwrap();
}
