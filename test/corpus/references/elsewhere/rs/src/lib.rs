pub mod names;
pub mod topics;

pub const ROOT: &str = "root";
