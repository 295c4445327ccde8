//! Measures how fast an engine pulls and pushes, in megabytes of layers a second:
//! `cargo run --release -p engine --example rate -- REGISTRY [--megabytes N] [--rounds N] [--docker DOCKER_HOST]`
//!
//! `REGISTRY` is the address of a registry that anyone may push to, such as Docker Distribution as tests/stack/up.sh starts
//! it; an image made up for this goes there first. With `--docker` the Docker Engine at that address does the same in
//! turns with the built-in engine. The best of the rounds counts.

use std::{error::Error, path::Path, time::Instant};

use bollard::{
    API_DEFAULT_VERSION, Docker,
    query_parameters::{
        CreateImageOptionsBuilder, PushImageOptionsBuilder, RemoveImageOptionsBuilder, TagImageOptionsBuilder,
    },
};
use engine::{Engine, EngineConfig};
use futures::TryStreamExt;
use practice_images::{OciLayout, SyntheticImage, SyntheticLayer};
use registry::{AllowAll, Options, Storage};

type Outcome<T> = Result<T, Box<dyn Error>>;

const LAYERS: u64 = 4;

struct Plan {
    registry: String,
    megabytes: u64,
    rounds: u32,
    docker: Option<String>,
}

/// Megabytes a second.
#[derive(Clone, Copy, Default)]
struct Rate {
    pull: f64,
    push: f64,
}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "the measurement is what this prints")]
async fn main() -> Outcome<()> {
    let plan = plan()?;
    let folder = std::env::temp_dir().join(format!("engine-rate-{}", std::process::id()));
    let measured = measure(&plan, &folder).await;
    std::fs::remove_dir_all(&folder)?;
    let (own, docker) = measured?;
    println!("built-in engine: pull {:.0} MB/s, push {:.0} MB/s", own.pull, own.push);
    if let Some(docker) = docker {
        println!("Docker Engine:   pull {:.0} MB/s, push {:.0} MB/s", docker.pull, docker.push);
        println!("built-in to Docker: pull {:.2}, push {:.2}", own.pull / docker.pull, own.push / docker.push);
    }
    Ok(())
}

fn plan() -> Outcome<Plan> {
    let mut arguments = std::env::args().skip(1);
    let registry =
        arguments.next().ok_or("usage: rate REGISTRY [--megabytes N] [--rounds N] [--docker DOCKER_HOST]")?;
    let mut plan = Plan { registry, megabytes: 400, rounds: 3, docker: None };
    while let (Some(name), Some(value)) = (arguments.next(), arguments.next()) {
        match name.as_str() {
            "--megabytes" => plan.megabytes = value.parse()?,
            "--rounds" => plan.rounds = value.parse()?,
            "--docker" => plan.docker = Some(value),
            _ => return Err(format!("{name} is not known").into()),
        }
    }
    Ok(plan)
}

async fn measure(plan: &Plan, folder: &Path) -> Outcome<(Rate, Option<Rate>)> {
    let mut config = EngineConfig::new(folder.join("engine"));
    let source = seed(folder, plan).await?;
    config.hosts.insert("source.test".to_owned(), source);
    let engine = Engine::start(config).await?;
    let own = Docker::connect_with_http(&engine.docker_host(), 600, API_DEFAULT_VERSION)?;
    let docker = match &plan.docker {
        Some(host) => Some(match host.strip_prefix("unix://") {
            Some(path) => Docker::connect_with_unix(path, 600, API_DEFAULT_VERSION)?,
            None => Docker::connect_with_http(host, 600, API_DEFAULT_VERSION)?,
        }),
        None => None,
    };
    let image = format!("{}/rate/image", plan.registry);
    let mut rates = (Rate::default(), docker.as_ref().map(|_| Rate::default()));
    for round in 0..plan.rounds {
        let (source, tagged) = (format!("source.test/image:{round}"), format!("{image}:{round}"));
        pull(&own, &source).await?;
        tag(&own, &source, &image, &round.to_string()).await?;
        push(&own, &image, &round.to_string()).await?;
        remove(&own, &source).await?;
        remove(&own, &tagged).await?;
        one(&own, plan, &tagged, &format!("own-{round}"), &mut rates.0).await?;
        if let (Some(docker), Some(rate)) = (&docker, &mut rates.1) {
            one(docker, plan, &tagged, &format!("docker-{round}"), rate).await?;
        }
    }
    engine.shutdown().await;
    Ok(rates)
}

/// Makes up an image for each round, so that no round knows the layers of another, and serves them.
async fn seed(folder: &Path, plan: &Plan) -> Outcome<String> {
    let each = plan.megabytes * 1_000_000 / LAYERS;
    let storage = Storage::open(folder.join("source")).await?;
    for round in 0..plan.rounds {
        let layers = (0..LAYERS).map(|_| SyntheticLayer { filler: each, ..SyntheticLayer::default() }).collect();
        // Nor does a run know those of an earlier one.
        let seed = (u64::from(std::process::id()) << 32) | u64::from(round);
        let spec = SyntheticImage { layers, seed, ..SyntheticImage::default() };
        let layout: OciLayout = practice_images::build_synthetic(&folder.join("layout"), &spec)?;
        let image = &layout.platforms[0];
        for blob in image.layers.iter().chain([&image.config]) {
            storage.ingest_file("image", &layout.blob_path(&blob.digest), &blob.digest).await?;
        }
        let bytes = std::fs::read(layout.blob_path(&image.manifest.digest))?.into();
        let (media_type, now) = (&image.manifest.media_type, std::time::SystemTime::now());
        storage.put_manifest("image", bytes, Some(media_type), Some(&round.to_string()), now).await?;
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    let app = registry::router(storage, std::sync::Arc::new(AllowAll), Options::default());
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(address)
}

/// Pulls the image, pushes it to a repository that has nothing of it, and forgets it.
async fn one(client: &Docker, plan: &Plan, image: &str, name: &str, best: &mut Rate) -> Outcome<()> {
    let megabytes = plan.megabytes as f64;
    let started = Instant::now();
    pull(client, image).await?;
    best.pull = best.pull.max(megabytes / started.elapsed().as_secs_f64());
    // Under another address the registry is another one: nothing is known of what could be mounted there.
    let target = format!("{}/rate-{}/{name}", plan.registry.replace("127.0.0.1", "localhost"), std::process::id());
    tag(client, image, &target, "1").await?;
    let started = Instant::now();
    push(client, &target, "1").await?;
    best.push = best.push.max(megabytes / started.elapsed().as_secs_f64());
    remove(client, &format!("{target}:1")).await?;
    remove(client, image).await
}

async fn pull(client: &Docker, image: &str) -> Outcome<()> {
    let options = CreateImageOptionsBuilder::new().from_image(image).platform("linux/amd64").build();
    client.create_image(Some(options), None, None).try_for_each(|_| async { Ok(()) }).await?;
    Ok(())
}

async fn push(client: &Docker, repository: &str, tag: &str) -> Outcome<()> {
    let options = PushImageOptionsBuilder::new().tag(tag).build();
    client.push_image(repository, Some(options), None).try_for_each(|_| async { Ok(()) }).await?;
    Ok(())
}

async fn tag(client: &Docker, name: &str, repository: &str, tag: &str) -> Outcome<()> {
    client.tag_image(name, Some(TagImageOptionsBuilder::new().repo(repository).tag(tag).build())).await?;
    Ok(())
}

async fn remove(client: &Docker, name: &str) -> Outcome<()> {
    client.remove_image(name, Some(RemoveImageOptionsBuilder::new().force(true).build()), None).await?;
    Ok(())
}
