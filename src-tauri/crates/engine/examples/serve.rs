//! An engine over a folder, until it is stopped:
//! `cargo run --release -p engine --example serve -- FOLDER [PORT] [HOST=ADDRESS...]`

use std::error::Error;

use engine::{Engine, EngineConfig};

#[tokio::main]
#[expect(clippy::print_stdout, reason = "an example reports where it listens")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: serve FOLDER [PORT] [HOST=ADDRESS...]")?;
    let mut config = EngineConfig::new(folder);
    for argument in arguments {
        match argument.split_once('=') {
            Some((host, address)) => {
                config.hosts.insert(host.to_owned(), address.to_owned());
            }
            None => config.port = argument.parse()?,
        }
    }
    let engine = Engine::start(config).await?;
    println!("DOCKER_HOST={}", engine.docker_host());
    tokio::signal::ctrl_c().await?;
    engine.shutdown().await;
    Ok(())
}
