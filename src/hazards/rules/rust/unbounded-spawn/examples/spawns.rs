use futures::StreamExt;
use rdkafka::consumer::{CommitMode, Consumer, StreamConsumer};
use rdkafka::message::OwnedMessage;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, Semaphore};
use tokio::task::JoinSet;

struct Job;

async fn handle(job: Job) {}

async fn work(message: OwnedMessage) {}

async fn serve(socket: TcpStream) {}

async fn report() {}

fn parse(message: OwnedMessage) {}

async fn each_message(consumer: StreamConsumer) {
    loop {
        let message = consumer.recv().await.unwrap().detach();
        tokio::spawn(async move { work(message).await }); // want high: one task per message
    }
}

async fn done_before_it_is(consumer: StreamConsumer) {
    loop {
        let message = consumer.recv().await.unwrap();
        tokio::spawn(work(message.detach())); // want critical: one task per message
        consumer.commit_message(&message, CommitMode::Async).unwrap();
    }
}

async fn each_of_a_stream(consumer: StreamConsumer) {
    let mut messages = consumer.stream();
    while let Some(message) = messages.next().await {
        let message = message.unwrap().detach();
        tokio::spawn(work(message)); // want high: one task per message
    }
}

async fn each_value(mut rx: mpsc::Receiver<Job>) {
    while let Some(job) = rx.recv().await {
        tokio::spawn(handle(job)); // want medium: one task per value
    }
}

async fn each_connection(listener: TcpListener) {
    loop {
        let (socket, _) = listener.accept().await.unwrap();
        tokio::spawn(serve(socket)); // want low: one task per connection
    }
}

async fn in_an_arm(mut rx: mpsc::Receiver<Job>, mut shutdown: mpsc::Receiver<()>) {
    loop {
        tokio::select! {
            Some(job) = rx.recv() => {
                tokio::spawn(handle(job)); // want medium: one task per value
            }
            _ = shutdown.recv() => {
                tokio::spawn(report()); // nothing: an end, not work
                break;
            }
        }
    }
}

async fn arm_with_a_limit(mut rx: mpsc::Receiver<Job>, mut running: JoinSet<()>) {
    loop {
        tokio::select! {
            Some(job) = rx.recv(), if running.len() < 8 => {
                running.spawn(handle(job)); // bounded: running.len() < 8
            }
            Some(_) = running.join_next() => {}
        }
    }
}

async fn with_a_permit(consumer: StreamConsumer, slots: Arc<Semaphore>) {
    loop {
        let message = consumer.recv().await.unwrap().detach();
        let permit = slots.clone().acquire_owned().await.unwrap();
        tokio::spawn(async move { // bounded: acquire_owned
            work(message).await;
            drop(permit);
        });
    }
}

async fn permit_inside(consumer: StreamConsumer, slots: Arc<Semaphore>) {
    loop {
        let message = consumer.recv().await.unwrap().detach();
        let slots = slots.clone();
        tokio::spawn(async move { // bounded: inside what is started
            let _permit = slots.acquire().await;
            work(message).await;
        });
    }
}

async fn as_many_as_the_set_holds(consumer: StreamConsumer, mut set: JoinSet<()>) {
    loop {
        let message = consumer.recv().await.unwrap().detach();
        while set.len() >= 16 {
            set.join_next().await;
        }
        set.spawn(work(message)); // bounded: the check on line
    }
}

async fn awaited(consumer: StreamConsumer) {
    loop {
        let message = consumer.recv().await.unwrap().detach();
        tokio::task::spawn_blocking(move || parse(message)).await.unwrap(); // nothing: awaited where it stands
    }
}

async fn joined(mut rx: mpsc::Receiver<Job>) {
    while let Some(job) = rx.recv().await {
        let task = tokio::spawn(handle(job)); // bounded: the turn waits
        report().await;
        task.await.unwrap();
    }
}

async fn called_for_each(consumer: StreamConsumer) {
    let mut messages = consumer.stream();
    while let Some(message) = messages.next().await {
        dispatch(message.unwrap().detach());
    }
}

fn dispatch(message: OwnedMessage) {
    tokio::spawn(work(message)); // want high: one task per message
}

async fn ticking(mut interval: tokio::time::Interval) {
    loop {
        interval.tick().await;
        tokio::spawn(report()); // nothing: the clock
    }
}

async fn once(listener: TcpListener, workers: usize) {
    tokio::spawn(report()); // nothing: it stands in no loop
    for _ in 0..workers {
        tokio::spawn(report()); // nothing: counted
    }
    std::process::Command::new("ls").spawn().unwrap();
}

async fn stop(mut rx: mpsc::Receiver<Job>) {
    while let Some(job) = rx.recv().await {
        tokio::spawn(handle(job)); // bounded: stops things
    }
}

async fn the_first_only(mut rx: mpsc::Receiver<Job>) {
    loop {
        let job = rx.recv().await.unwrap();
        tokio::spawn(handle(job)); // bounded: leaves the loop
        break;
    }
}

async fn explained(mut rx: mpsc::Receiver<Job>) {
    while let Some(job) = rx.recv().await {
        // backpressure: bounded-by one job per tenant
        tokio::spawn(handle(job)); // suppressed: one job per tenant
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn everything_arrives() {
        let (_, mut rx) = mpsc::channel::<Job>(1);
        while let Some(job) = rx.recv().await {
            tokio::spawn(handle(job)); // nothing: a test
        }
    }
}
