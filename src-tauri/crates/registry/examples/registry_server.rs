//! A registry over a folder: `cargo run --release -p registry --example registry_server -- FOLDER 127.0.0.1:5000`

use std::{error::Error, sync::Arc};

use registry::{AllowAll, Options, Storage, router};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(addr)) = (arguments.next(), arguments.next()) else {
        return Err("usage: serve FOLDER ADDRESS".into());
    };
    let storage = Storage::open(folder).await?;
    let listener = tokio::net::TcpListener::bind(addr).await?;
    Ok(axum::serve(listener, router(storage, Arc::new(AllowAll), Options::default())).await?)
}
