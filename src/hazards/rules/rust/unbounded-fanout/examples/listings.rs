use futures::{future::join_all, stream, stream::FuturesUnordered, StreamExt};
use rdkafka::consumer::StreamConsumer;
use std::io::Error;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

struct Order;

struct Repository;

impl Repository {
    async fn find_open(&self) -> Vec<Order> {
        Vec::new()
    }

    async fn list_objects(&self) -> Result<Vec<String>, Error> {
        Ok(Vec::new())
    }
}

async fn ship(order: Order) -> bool {
    true
}

async fn fetch(object: String) -> Result<u64, Error> {
    Ok(1)
}

async fn rows(repository: &Repository) {
    let orders = repository.find_open().await;
    let shipped: Vec<bool> = join_all(orders.into_iter().map(ship)).await; // want medium: all elements at once
}

async fn tried(repository: Repository) -> Result<u64, Error> {
    let objects = repository.list_objects().await?;
    let parts = objects.into_iter().map(fetch);
    let sizes: Vec<u64> = futures::future::try_join_all(parts).await?; // want medium: all elements at once
    Ok(sizes.iter().sum())
}

async fn unordered(repository: Repository) {
    let orders = repository.find_open().await;
    let running = orders.into_iter().map(ship).collect::<FuturesUnordered<_>>(); // want medium: all elements at once
    running.collect::<Vec<_>>().await; // nothing: the results
}

async fn tasks(repository: Repository) {
    let mut set = JoinSet::new();
    for order in repository.find_open().await {
        set.spawn(ship(order)); // want medium: all elements at once
    }
}

async fn no_limit(consumer: StreamConsumer) {
    consumer.stream().for_each_concurrent(None, |message| async { drop(message) }).await; // want high: every message at once
}

async fn as_many_as_there_are(repository: Repository) {
    let orders = repository.find_open().await;
    stream::iter(orders).map(ship).buffer_unordered(usize::MAX).count().await; // want medium: all elements at once
}

async fn eight(repository: Repository, consumer: StreamConsumer) {
    let orders = repository.find_open().await;
    stream::iter(orders).map(ship).buffer_unordered(8).count().await; // nothing: eight
    consumer.stream().for_each_concurrent(8, |message| async { drop(message) }).await; // nothing: eight
}

async fn pieces(repository: Repository) {
    let orders = repository.find_open().await;
    for piece in orders.chunks(50) {
        join_all(piece.iter().map(|_| ship(Order))).await; // nothing: pieces of fifty
    }
    join_all(orders.into_iter().take(20).map(ship)).await; // nothing: twenty
}

async fn a_few(left: Order, right: Order, parts: Vec<Order>) {
    join_all([ship(left), ship(right)]).await; // nothing: as many as stand here
    join_all(parts.into_iter().map(ship)).await; // nothing: nothing shows how many there are
}

async fn inside(repository: Repository, slots: Arc<Semaphore>) {
    let orders = repository.find_open().await;
    join_all(orders.into_iter().map(|order| async { // bounded: inside what is started
        let _permit = slots.acquire().await;
        ship(order).await
    }))
    .await;
}

async fn before_each(repository: Repository, slots: Arc<Semaphore>) {
    for order in repository.find_open().await {
        let permit = slots.clone().acquire_owned().await;
        tokio::spawn(async move { // bounded: acquire_owned
            ship(order).await;
            drop(permit);
        });
    }
}
