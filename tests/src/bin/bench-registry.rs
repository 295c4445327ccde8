//! Measures pushes to and pulls from the practice registry and Docker Distribution, in turns, by the same client: `cargo xtask bench
//! registry`. The client sends and reads as Docker does, three layers at a time, and does nothing with the content.
//!
//! `bench-registry ADDRESS` measures the registry at that address, which needs no credentials, instead of the practice registry.

use std::{
    io::Write as _,
    process::ExitCode,
    time::{Duration, Instant},
};

use axum::body::Bytes;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use practice_images::{OciLayout, SyntheticImage, SyntheticLayer};
use reqwest::{Body, Client, Method, RequestBuilder, Response};
use testbed::{
    aws::{authorization_token, sdk_config},
    http_client::http_client,
    temp_dir::temp_dir,
};
use whole_lab_tests::{Part, PracticeCloud, Stack};

/// The most that a push and a pull may take of Docker Distribution's time.
const BOUNDS: [f64; 2] = [0.5, 0.8];

const ROUNDS: u64 = 5;
const LAYERS: u64 = 6;
/// Bytes of each layer. They cannot be compressed.
const LAYER: u64 = 32 << 20;
/// How many layers Docker transfers at a time.
const AT_A_TIME: usize = 3;
/// What the client sends at once.
const PIECE: usize = 64 << 10;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// A registry, and what a client needs to use it.
struct Registry {
    name: &'static str,
    address: String,
    authorization: Option<String>,
    http: Client,
}

/// An image in memory.
struct Image {
    manifest: Vec<u8>,
    media_type: String,
    /// Digest and content.
    blobs: Vec<(String, Bytes)>,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Outcome<ExitCode> {
    let Some(stack) = Stack::up(Part::Registry) else {
        print("Docker Distribution cannot be measured: `cargo xtask test` sets it up\n");
        return Ok(ExitCode::FAILURE);
    };
    let distribution = Registry::plain("Docker Distribution", stack.get("REGISTRY"));
    let (cloud, own) = if let Some(address) = std::env::args().nth(1) {
        (None, Registry::plain("this registry", &address))
    } else {
        let cloud = PracticeCloud::start(&["--speed", "instant"]);
        let registry = Registry::practice(&cloud).await?;
        (Some(cloud), registry)
    };
    let mut best = [[Duration::MAX; 2]; 2];
    for round in 0..ROUNDS {
        let image = image(round)?;
        for (registry, best) in [&own, &distribution].into_iter().zip(&mut best) {
            let measured = [registry.push(&image).await?, registry.pull(&image).await?];
            for (best, measured) in best.iter_mut().zip(measured) {
                *best = measured.min(*best);
            }
        }
    }
    if let Some(cloud) = cloud {
        cloud.stop();
    }
    Ok(report(&own, &distribution, best))
}

fn report(own: &Registry, distribution: &Registry, best: [[Duration; 2]; 2]) -> ExitCode {
    let megabytes = (LAYERS * LAYER) as f64 / 1e6;
    for (registry, [push, pull]) in [own, distribution].into_iter().zip(best) {
        let rate = |duration: Duration| megabytes / duration.as_secs_f64();
        print(&format!("{:20} push {:5.0} MB/s, pull {:5.0} MB/s\n", registry.name, rate(push), rate(pull)));
    }
    let parts = [0, 1].map(|which| best[0][which].as_secs_f64() / best[1][which].as_secs_f64());
    print(&format!(
        "part of the time     push {:.2} (bound: {}), pull {:.2} (bound: {})\nbest of {ROUNDS} rounds of {megabytes:.0} MB\n",
        parts[0], BOUNDS[0], parts[1], BOUNDS[1]
    ));
    if parts.iter().zip(BOUNDS).all(|(part, bound)| *part <= bound) {
        return ExitCode::SUCCESS;
    }
    print("a bound is exceeded\n");
    ExitCode::FAILURE
}

/// An image that no round before it had.
fn image(round: u64) -> Outcome<Image> {
    let folder = temp_dir();
    let layers = (0..LAYERS).map(|_| SyntheticLayer { filler: LAYER, ..SyntheticLayer::default() }).collect();
    let seed = (u64::from(std::process::id()) << 32) | round;
    let spec = SyntheticImage { layers, seed, ..SyntheticImage::default() };
    let layout: OciLayout = practice_images::build_synthetic(folder.path(), &spec)?;
    let image = &layout.platforms[0];
    let read = |digest| std::fs::read(layout.blob_path(digest));
    let blobs = image.layers.iter().chain([&image.config]);
    let blobs = blobs.map(|blob| Ok((blob.digest.to_string(), Bytes::from(read(&blob.digest)?))));
    Ok(Image {
        manifest: read(&image.manifest.digest)?,
        media_type: image.manifest.media_type.clone(),
        blobs: blobs.collect::<std::io::Result<_>>()?,
    })
}

impl Registry {
    fn plain(name: &'static str, address: &str) -> Self {
        Self { name, address: address.to_owned(), authorization: None, http: http_client() }
    }

    /// The private registry, with the repository that is pushed to.
    async fn practice(cloud: &PracticeCloud) -> Outcome<Self> {
        let exports = cloud.exports();
        let value = |name: &str| {
            let line = exports.lines().find_map(|line| line.strip_prefix(&format!("export {name}=")));
            line.ok_or_else(|| format!("{name} is not exported"))
        };
        let endpoint = value("AWS_ENDPOINT_URL")?;
        let keys = (value("AWS_ACCESS_KEY_ID")?, value("AWS_SECRET_ACCESS_KEY")?);
        let ecr = aws_sdk_ecr::Client::new(&sdk_config(endpoint, keys, value("AWS_REGION")?));
        ecr.create_repository().repository_name("rate").send().await?;
        let authorization = Some(format!("Basic {}", authorization_token(&ecr).await));
        let address = endpoint.trim_start_matches("http://").to_owned();
        Ok(Self { name: "practice registry", address, authorization, http: http_client() })
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http://") { path.to_owned() } else { format!("http://{}{path}", self.address) };
        let request = self.http.request(method, url);
        match &self.authorization {
            Some(authorization) => request.header("authorization", authorization),
            None => request,
        }
    }

    async fn push(&self, image: &Image) -> Outcome<Duration> {
        let started = Instant::now();
        let uploads = stream::iter(&image.blobs).map(|(digest, content)| self.upload(digest, content));
        uploads.buffer_unordered(AT_A_TIME).try_collect::<()>().await?;
        let put = self.request(Method::PUT, "/v2/rate/manifests/latest").header("content-type", &image.media_type);
        sent(put.body(image.manifest.clone())).await?;
        Ok(started.elapsed())
    }

    /// Asks for the blob, starts an upload, streams the content, and completes it.
    async fn upload(&self, digest: &str, content: &Bytes) -> Outcome<()> {
        let there = self.request(Method::HEAD, &format!("/v2/rate/blobs/{digest}")).send().await?;
        if there.status() != 404 {
            return Err(format!("{digest}: {} before it was pushed", there.status()).into());
        }
        let started = sent(self.request(Method::POST, "/v2/rate/blobs/uploads/")).await?;
        let pieces = (0..content.len()).step_by(PIECE).map({
            let content = content.clone();
            move |at| Ok::<_, std::io::Error>(content.slice(at..(at + PIECE).min(content.len())))
        });
        let patch =
            self.request(Method::PATCH, &location(&started)?).header("content-type", "application/octet-stream");
        let patched = sent(patch.body(Body::wrap_stream(stream::iter(pieces)))).await?;
        let location = location(&patched)?;
        let sign = if location.contains('?') { '&' } else { '?' };
        sent(self.request(Method::PUT, &format!("{location}{sign}digest={digest}"))).await?;
        Ok(())
    }

    async fn pull(&self, image: &Image) -> Outcome<Duration> {
        let started = Instant::now();
        let manifest = self.request(Method::GET, "/v2/rate/manifests/latest").header("accept", &image.media_type);
        if sent(manifest).await?.bytes().await? != image.manifest {
            return Err("another manifest was returned".into());
        }
        let downloads = stream::iter(&image.blobs).map(async |(digest, content)| {
            let mut response = sent(self.request(Method::GET, &format!("/v2/rate/blobs/{digest}"))).await?;
            let mut length = 0;
            while let Some(piece) = response.chunk().await? {
                length += piece.len();
            }
            if length == content.len() { Ok(()) } else { Err(format!("{digest} has {length} bytes").into()) }
        });
        downloads
            .buffer_unordered(AT_A_TIME)
            .try_collect::<()>()
            .await
            .map_err(|error: Box<dyn std::error::Error>| error)?;
        Ok(started.elapsed())
    }
}

async fn sent(request: RequestBuilder) -> Outcome<Response> {
    Ok(request.send().await?.error_for_status()?)
}

fn location(response: &Response) -> Outcome<String> {
    let location = response.headers().get("location").ok_or("no location")?;
    Ok(location.to_str()?.to_owned())
}

fn print(text: &str) {
    // A closed standard output is no reason to fail.
    let _ = std::io::stdout().write_all(text.as_bytes());
}
