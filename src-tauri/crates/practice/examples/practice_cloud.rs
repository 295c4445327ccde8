//! Serves a practice cloud until Ctrl-C: `practice_cloud DIR [instant|fast|real] [PORT] [FAULT…]`. Prints the
//! environment for a shell.

use practice::{Addressing, Practice, PracticeConfig, Speed};

#[tokio::main]
#[expect(clippy::print_stdout, reason = "an example prints its result")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut config = PracticeConfig::new(arguments.next().ok_or("name a folder")?);
    config.addressing = Addressing::Loopback;
    config.speed = arguments.next().map_or(Ok(Speed::Instant), |speed| speed.parse())?;
    config.port = arguments.next().map_or(Ok(0), |port| port.parse())?;
    config.faults = arguments.map(|fault| fault.parse()).collect::<Result<_, _>>()?;
    let practice = Practice::start(config).await?;
    let (access_key, secret_key) = practice.credentials();
    println!("export AWS_ENDPOINT_URL={}", practice.endpoint());
    println!("export AWS_REGION={0} AWS_DEFAULT_REGION={0}", practice.region());
    println!("export AWS_ACCESS_KEY_ID={access_key}");
    println!("export AWS_SECRET_ACCESS_KEY={secret_key}");
    println!("export PUBLIC_REGISTRY={}", practice.public_addr());
    tokio::signal::ctrl_c().await?;
    practice.shutdown().await;
    Ok(())
}
