struct Order;

struct Repository;

impl Repository {
    async fn find_open(&self) -> Vec<Order> {
        Vec::new()
    }
}

async fn ship(_order: Order) {}

async fn shipped(repository: Repository) {
    for order in repository.find_open().await {
        tokio::spawn(ship(order)); // want medium: all elements at once
    }
}
