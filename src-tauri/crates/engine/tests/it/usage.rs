//! The events of what happens to images.

use bollard::{
    models::EventMessage,
    query_parameters::{EventsOptions, EventsOptionsBuilder},
};
use futures::{Stream, StreamExt as _};
use serde_json::{Value, json};
use testbed::http_client::http_client;
use url::form_urlencoded::byte_serialize;

use crate::{
    archive::load,
    support::{Running, Server, engine, image},
};

fn filtered(path: &str, filters: &Value) -> String {
    format!("{path}?filters={}", byte_serialize(filters.to_string().as_bytes()).collect::<String>())
}

async fn prune(running: &Running, filters: &Value) -> Value {
    let response = http_client().post(running.url(&filtered("/images/prune", filters))).send().await.unwrap();
    serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
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
