//! imagelab
fn main() {}
