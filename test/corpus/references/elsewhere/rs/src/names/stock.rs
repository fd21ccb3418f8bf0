pub const STOCK: &str = "stock";
