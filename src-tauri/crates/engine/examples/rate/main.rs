//! Measures how fast an engine pulls and pushes, in megabytes of layers a second, and what it transfers for that:
//! `cargo run --release -p engine --example rate -- REGISTRY [--megabytes N] [--rounds N] [--docker DOCKER_HOST]`
//!
//! `REGISTRY` is the address of a registry that anyone may push to, such as Docker Distribution as tests/stack/up.sh starts
//! it; an image made up for this goes there first. With `--docker` the Docker Engine at that address does the same in turns with the
//! built-in engine, and the store of each is named: a graph driver also unpacks what it pulls, and packs what it pushes. The best of
//! the rounds counts.

mod counted;

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

use counted::Counted;

type Outcome<T> = Result<T, Box<dyn Error>>;

const LAYERS: u64 = 4;

struct Plan {
    registry: String,
    megabytes: u64,
    rounds: u32,
    docker: Option<String>,
}

/// An engine, and its own way to the registry.
struct Measured {
    name: &'static str,
    client: Docker,
    /// How it stores images, as it states itself.
    store: String,
    way: Counted,
    best: Rate,
}

#[derive(Clone, Copy, Default)]
struct Rate {
    /// Megabytes of layers a second.
    pull: f64,
    push: f64,
    /// Megabytes that were received by a pull and sent by a push.
    received: f64,
    sent: f64,
}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "the measurement is what this prints")]
async fn main() -> Outcome<()> {
    let plan = plan()?;
    let folder = std::env::temp_dir().join(format!("engine-rate-{}", std::process::id()));
    let measured = measure(&plan, &folder).await;
    std::fs::remove_dir_all(&folder)?;
    let measured = measured?;
    for engine in &measured {
        let Rate { pull, push, received, sent } = engine.best;
        println!(
            "{:16} pull {pull:4.0} MB/s ({received:.0} MB received), push {push:4.0} MB/s ({sent:.0} MB sent)",
            engine.name
        );
        println!("{:16} store: {}", "", engine.store);
    }
    if let [own, docker] = &measured[..] {
        println!(
            "built-in to Docker: pull {:.2}, push {:.2}",
            own.best.pull / docker.best.pull,
            own.best.push / docker.best.push
        );
        if !docker.store.contains("containerd") {
            println!(
                "Docker Engine also unpacks what it pulls, and packs what it pushes: its graph driver keeps no layer as it was sent"
            );
        }
    }
    println!("best of {} rounds of {} MB of layers in {LAYERS} parts", plan.rounds, plan.megabytes);
    Ok(())
}

/// How an engine stores images, as it states itself.
async fn store(client: &Docker) -> Outcome<String> {
    let info = client.info().await?;
    let details = info.driver_status.unwrap_or_default().concat().join(" ");
    let version = client.version().await?.version.unwrap_or_default();
    Ok(format!("{} {details} (version {version})", info.driver.unwrap_or_default()))
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
            _ => return Err(format!("{name} is not an option").into()),
        }
    }
    Ok(plan)
}

async fn measure(plan: &Plan, folder: &Path) -> Outcome<Vec<Measured>> {
    let mut config = EngineConfig::new(folder.join("engine"));
    let source = seed(folder, plan).await?;
    config.hosts.insert("source.test".to_owned(), source);
    let engine = Engine::start(config).await?;
    let own = Docker::connect_with_http(&engine.docker_host(), 600, API_DEFAULT_VERSION)?;
    let mut measured = vec![Measured::new("built-in engine", own, plan).await?];
    if let Some(host) = &plan.docker {
        let docker = match host.strip_prefix("unix://") {
            Some(path) => Docker::connect_with_unix(path, 600, API_DEFAULT_VERSION)?,
            None => Docker::connect_with_http(host, 600, API_DEFAULT_VERSION)?,
        };
        measured.push(Measured::new("Docker Engine", docker.negotiate_version().await?, plan).await?);
    }
    for round in 0..plan.rounds {
        let (source, tag) = (format!("source.test/image:{round}"), round.to_string());
        let (client, image) = (&measured[0].client, format!("{}/rate/image", plan.registry));
        pull(client, &source).await?;
        self::tag(client, &source, &image, &tag).await?;
        push(client, &image, &tag).await?;
        remove(client, &source).await?;
        remove(client, &format!("{image}:{tag}")).await?;
        for (number, engine) in measured.iter_mut().enumerate() {
            engine.round(plan, &tag, &format!("{number}-{round}")).await?;
        }
    }
    engine.shutdown().await;
    Ok(measured)
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

impl Measured {
    async fn new(name: &'static str, client: Docker, plan: &Plan) -> Outcome<Self> {
        let (store, way) = (store(&client).await?, Counted::start(plan.registry.clone()).await?);
        Ok(Self { name, client, store, way, best: Rate::default() })
    }

    /// Pulls the image, pushes it to a repository that has nothing of it, and forgets it.
    async fn round(&mut self, plan: &Plan, tag: &str, name: &str) -> Outcome<()> {
        let (megabytes, client) = (plan.megabytes as f64, &self.client);
        let image = format!("{}/rate/image:{tag}", self.way.address);
        self.way.take();
        let started = Instant::now();
        pull(client, &image).await?;
        self.best.pull = self.best.pull.max(megabytes / started.elapsed().as_secs_f64());
        self.best.received = self.way.take()[1];
        // Under another address the registry is another one: the engine remembers nothing that could be mounted there.
        let target =
            format!("{}/rate-{}/{name}", self.way.address.replace("127.0.0.1", "localhost"), std::process::id());
        self::tag(client, &image, &target, "1").await?;
        let started = Instant::now();
        push(client, &target, "1").await?;
        self.best.push = self.best.push.max(megabytes / started.elapsed().as_secs_f64());
        self.best.sent = self.way.take()[0];
        remove(client, &format!("{target}:1")).await?;
        remove(client, &image).await
    }
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
