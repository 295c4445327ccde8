//! Images by age, the space that they take, and the events of what happens to them.

use bollard::{
    models::EventMessage,
    query_parameters::{EventsOptions, EventsOptionsBuilder},
};
use futures::{Stream, StreamExt as _};
use registry::Digest;
use serde_json::{Value, json};
use testbed::http_client::http_client;
use url::form_urlencoded::byte_serialize;

use crate::{
    archive::{load, pack},
    support::{Running, Server, engine, engine_with, image},
};

/// Loads an image that was made at this time. Returns its id.
async fn load_made_at(running: &Running, name: &str, created: &str, labels: &Value) -> String {
    let layer = pack([("name", name.as_bytes())]);
    let config = json!({
        "architecture": "amd64",
        "os": "linux",
        "created": created,
        "config": { "Labels": labels },
        "rootfs": { "type": "layers", "diff_ids": [Digest::of(&layer)] },
    });
    let manifest = json!([{ "Config": "c.json", "RepoTags": [name], "Layers": ["layer.tar"] }]);
    let archive = pack([
        ("layer.tar", layer.as_slice()),
        ("c.json", config.to_string().as_bytes()),
        ("manifest.json", manifest.to_string().as_bytes()),
    ]);
    assert_eq!(load(running, archive).await, (200, format!("Loaded image: {name}\n")));
    running.docker.inspect_image(name).await.unwrap().id.unwrap()
}

/// Three images, the oldest first.
async fn with_three_images() -> Running {
    let running = engine_with(&[]).await;
    load_made_at(&running, "old:1", "2020-01-01T00:00:00Z", &json!({ "tier": "db" })).await;
    load_made_at(&running, "middle:1", "2022-01-01T00:00:00.5Z", &json!({ "tier": "web" })).await;
    load_made_at(&running, "new:1", "2022-01-01T00:00:00.6Z", &json!({ "tier": "db" })).await;
    running
}

fn filtered(path: &str, filters: &Value) -> String {
    format!("{path}?filters={}", byte_serialize(filters.to_string().as_bytes()).collect::<String>())
}

async fn names(running: &Running, filters: &Value) -> Vec<String> {
    let (status, list) = running.get(&filtered("/images/json", filters)).await;
    assert_eq!(status, 200, "{list}");
    let name = |image: &Value| image["RepoTags"][0].as_str().unwrap().to_owned();
    let mut names: Vec<_> = list.as_array().unwrap().iter().map(name).collect();
    names.sort_unstable();
    names
}

async fn prune(running: &Running, filters: &Value) -> Value {
    let response = http_client().post(running.url(&filtered("/images/prune", filters))).send().await.unwrap();
    serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn images_are_listed_by_age() {
    let running = with_three_images().await;
    for (filters, expected) in [
        (json!({ "before": ["middle:1"] }), vec!["old:1"]),
        (json!({ "since": ["old:1"] }), vec!["middle:1", "new:1"]),
        (json!({ "since": ["old:1"], "before": ["new:1"] }), vec!["middle:1"]),
        (json!({ "since": ["middle:1"], "label": ["tier=db"] }), vec!["new:1"]),
        (json!({ "until": ["2021-01-01"] }), vec!["old:1"]),
        (json!({ "until": ["24h"] }), vec!["middle:1", "new:1", "old:1"]),
        (json!({ "until": ["1640995200.55"] }), vec!["middle:1", "old:1"]),
    ] {
        assert_eq!(names(&running, &filters).await, expected, "{filters}");
    }
    let (status, missing) = running.get(&filtered("/images/json", &json!({ "before": ["nothing"] }))).await;
    assert_eq!((status.as_u16(), &missing["message"]), (404, &json!("No such image: nothing:latest")));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_images_of_the_chosen_age_are_pruned() {
    let running = with_three_images().await;
    for (filters, message) in [
        (json!({ "until": ["soon"] }), "failed to parse value as time or duration: \"soon\""),
        (json!({ "until": ["1h", "2h"] }), "more than one until filter specified"),
        (json!({ "before": ["old:1"] }), "invalid filter 'before'"),
    ] {
        assert_eq!(prune(&running, &filters).await["message"], message);
    }
    // Only images without a tag, unless all are asked for.
    assert_eq!(prune(&running, &json!({ "until": ["24h"] })).await["ImagesDeleted"], Value::Null);
    let all_but_new = json!({ "dangling": ["false"], "until": ["2022-01-01T00:00:00.5Z"], "label!": ["tier=web"] });
    let pruned = prune(&running, &all_but_new).await;
    assert_eq!(pruned["ImagesDeleted"][0], json!({ "Untagged": "old:1" }));
    assert!(pruned["SpaceReclaimed"].as_u64().unwrap() > 0);
    assert_eq!(names(&running, &json!({})).await, ["middle:1", "new:1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn shared_layers_are_counted_once() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    // Equal seeds make equal first layers.
    let (one, other) = (image(dir.path(), "amd64", 1, &[1000]), image(dir.path(), "arm64", 1, &[1000]));
    let (one, other) = (&one.platforms[0], &other.platforms[0]);
    assert_eq!(one.layers[0].digest, other.layers[0].digest);
    server.stock_platforms("a", &[&image(dir.path(), "amd64", 1, &[1000])], Some("1")).await;
    server.stock_platforms("a", &[&image(dir.path(), "arm64", 1, &[1000])], Some("2")).await;
    let running = engine(&server).await;
    running.pull("r.test/a:1").await.unwrap();
    running.pull_as("r.test/a:2", "linux/arm64", None).await.unwrap();
    let (_, usage) = running.get("/system/df").await;
    assert_eq!(usage["LayersSize"], one.layers[0].size);
    for image in usage["Images"].as_array().unwrap() {
        assert_eq!((&image["SharedSize"], &image["Containers"]), (&json!(one.layers[0].size), &json!(0)));
    }
    for member in ["Containers", "Volumes", "BuildCache"] {
        assert_eq!(usage[member], json!([]));
    }
    let (_, usage) = running.get("/system/df?type=volume").await;
    assert_eq!(usage, json!({ "Volumes": [] }));
    assert_eq!(running.get("/system/df?type=nonsense").await.0.as_u16(), 400);
}

type Events<'a> = std::pin::Pin<Box<dyn Stream<Item = Result<EventMessage, bollard::errors::Error>> + 'a>>;

async fn next(events: &mut Events<'_>) -> (String, String, String) {
    let event = events.next().await.unwrap().unwrap();
    assert_eq!(event.typ.unwrap().to_string(), "image");
    let actor = event.actor.unwrap();
    let attributes = actor.attributes.unwrap();
    let shown = attributes.get("name").or(attributes.get("reclaimed")).unwrap();
    (event.action.unwrap(), actor.id.unwrap(), shown.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_to_images_is_reported_as_it_happens_and_afterwards() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let layout = image(dir.path(), "amd64", 1, &[1000]);
    server.stock("a", "1", &layout).await;
    let running = engine(&server).await;
    let id = layout.platforms[0].manifest.digest.to_string();
    let mut live: Events<'_> = Box::pin(running.docker.events(None::<EventsOptions>));
    // The request is made when the stream is first read: a first event shows that it is being served.
    let first = {
        let mut first = std::pin::pin!(next(&mut live));
        loop {
            tokio::select! {
                event = &mut first => break event,
                pulled = running.pull("r.test/a:1") => drop(pulled.unwrap()),
            }
        }
    };
    let pulled = ("pull".to_owned(), "r.test/a:1".to_owned(), "r.test/a".to_owned());
    assert_eq!(first, pulled);

    running.tag("r.test/a:1", "r.test/b", "1").await;
    running.push("r.test/b", "1").await.unwrap();
    let archive = http_client().get(running.url("/images/r.test/b:1/get")).send().await.unwrap().bytes().await.unwrap();
    load(&running, archive).await;
    running.remove("r.test/b:1").await.unwrap();
    let removed = running.remove(&id).await.unwrap();
    assert!(removed.contains(&format!("Deleted: {id}")), "{removed:?}");
    prune(&running, &json!({})).await;

    let event = |action: &str, id: &str, name: &str| (action.to_owned(), id.to_owned(), name.to_owned());
    let expected = [
        event("tag", &id, "r.test/b:1"),
        event("push", "r.test/b:1", "r.test/b"),
        event("save", &id, &id),
        event("load", &id, &id),
        event("untag", &id, &id),
        event("delete", &id, &id),
        event("prune", "", "0"),
    ];
    let mut seen = Vec::new();
    while seen.last() != expected.last() {
        let event = next(&mut live).await;
        // A name's digests are taken from it too.
        if event != pulled && seen.last() != Some(&event) {
            seen.push(event);
        }
    }
    assert_eq!(seen, expected);

    // The past, until now: such a stream ends.
    let past = EventsOptionsBuilder::new().since("1h").until("0s").build();
    let past: Vec<_> = running.docker.events(Some(past)).collect().await;
    let actions: Vec<_> = past.into_iter().map(|event| event.unwrap().action.unwrap()).collect();
    assert!(actions.ends_with(&["untag", "delete", "prune"].map(str::to_owned)), "{actions:?}");
    // One that has not ended does not keep the engine from stopping.
    running.engine.shutdown().await;
    let rest = live.next().await;
    assert!(!matches!(rest, Some(Ok(_))), "{rest:?}");
}
