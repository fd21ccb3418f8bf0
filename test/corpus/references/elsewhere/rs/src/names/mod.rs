pub mod stock;
pub use stock::STOCK;
