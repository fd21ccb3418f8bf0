pub const ORDERS: &str = "orders";
pub const ALL: [&str; 2] = ["left", "right"];

pub struct Topics;

impl Topics {
    pub const REFUNDS: &'static str = "refunds";
}
