use futures::{future::join_all, stream, stream::FuturesUnordered, StreamExt};
use rdkafka::consumer::StreamConsumer;
use tokio::task::JoinSet;

async fn rows(pool: &Pool) {
    let rows = sqlx::query_as::<_, Row>("select 1").fetch_all(pool).await.unwrap();
    join_all(rows.iter().map(|row| charge(row))).await; // want medium: all elements at once
}

async fn tried(client: Client) -> Result<(), Error> {
    let objects = client.list_objects_v2().bucket("reports").send().await?;
    let parts = objects.contents().iter().map(|object| fetch(object));
    futures::future::try_join_all(parts).await?; // want medium: all elements at once
    Ok(())
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
    consumer.stream().for_each_concurrent(None, |message| work(message)).await; // want high: every message at once
}

async fn as_many_as_there_are(repository: Repository) {
    let orders = repository.find_open().await;
    stream::iter(orders).map(ship).buffer_unordered(usize::MAX).count().await; // want medium: all elements at once
}

async fn eight(repository: Repository, consumer: StreamConsumer) {
    let orders = repository.find_open().await;
    stream::iter(orders).map(ship).buffer_unordered(8).count().await; // nothing: eight
    consumer.stream().for_each_concurrent(8, |message| work(message)).await; // nothing: eight
}

async fn pieces(repository: Repository) {
    let orders = repository.find_open().await;
    for piece in orders.chunks(50) {
        join_all(piece.iter().map(ship)).await; // nothing: pieces of fifty
    }
    join_all(orders.iter().take(20).map(ship)).await; // nothing: twenty
}

async fn a_few(left: Part, right: Part, parts: Vec<Part>) {
    join_all([ship(left), ship(right)]).await; // nothing: as many as stand here
    join_all(parts.into_iter().map(ship)).await; // nothing: nothing shows how many there are
}

async fn inside(repository: Repository, slots: Arc<Semaphore>) {
    let orders = repository.find_open().await;
    join_all(orders.iter().map(|order| async { // bounded: inside what is started
        let _permit = slots.acquire().await;
        ship(order).await
    }))
    .await;
}

async fn before_each(repository: Repository, slots: Arc<Semaphore>) {
    for order in repository.find_open().await {
        let permit = slots.clone().acquire_owned().await;
        tokio::spawn(ship(order, permit)); // bounded: acquire_owned
    }
}
