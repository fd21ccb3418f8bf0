pub const PARCELS: &str = "parcels";
