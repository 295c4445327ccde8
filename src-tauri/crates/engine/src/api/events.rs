//! `docker events`: the engine's events as a stream of JSON objects, from the past and as they happen.

use axum::response::Response;
use futures::{Stream, StreamExt as _};
use oci::Reference;
use time::OffsetDateTime;
use tokio::sync::broadcast::error::RecvError;

use super::{call::Call, filters::Filters, moment, response};
use crate::{context::Context, events::Event, failure::ApiResult};

/// The filters of Docker's events. Those of other kinds of objects match no event of this engine.
const FILTERS: [&str; 14] = [
    "config",
    "container",
    "daemon",
    "event",
    "image",
    "label",
    "network",
    "node",
    "plugin",
    "scope",
    "secret",
    "service",
    "type",
    "volume",
];

/// `GET /events?since=&until=&filters=`. It ends at `until`, or when the client disconnects.
pub(super) fn events(call: &Call) -> ApiResult<Response> {
    let filters = Filters::parse(call.query("filters"), &FILTERS)?;
    let now = OffsetDateTime::now_utc();
    let at = |name: &str| call.query(name).map(|text| moment::parse(text, now)).transpose();
    let (since, until) = (at("since")?, at("until")?);
    let events = stream(&call.context, since, until);
    let matching = events.filter(move |event| std::future::ready(matches(event, &filters)));
    Ok(response::objects(matching.map(|event| event.json())))
}

/// Without `since` nothing of the past.
fn stream(
    context: &Context,
    since: Option<OffsetDateTime>,
    until: Option<OffsetDateTime>,
) -> impl Stream<Item = Event> + Send + use<> {
    let (past, mut live) = context.events.subscribe();
    let stopping = context.stopping.clone();
    async_stream::stream! {
        let is_after_end = |event: &Event| until.is_some_and(|until| event.at > until);
        for event in past {
            if since.is_some_and(|since| event.at >= since) && !is_after_end(&event) {
                yield event;
            }
        }
        loop {
            tokio::select! {
                biased;
                () = stopping.cancelled() => break,
                event = live.recv() => match event {
                    Ok(event) if is_after_end(&event) => break,
                    Ok(event) => yield event,
                    Err(RecvError::Lagged(missed)) => tracing::warn!(missed, "a client of events is too slow"),
                    Err(RecvError::Closed) => break,
                },
                () = at(until) => break,
            }
        }
    }
}

/// Waits until this moment; without one for ever.
async fn at(moment: Option<OffsetDateTime>) {
    match moment.map(|moment| moment - OffsetDateTime::now_utc()) {
        // What is in the past has no duration of its own.
        Some(left) => tokio::time::sleep(left.try_into().unwrap_or_default()).await,
        None => std::future::pending().await,
    }
}

fn matches(event: &Event, filters: &Filters) -> bool {
    let one_of = |name: &str, values: &[&str]| {
        let wanted = filters.values(name);
        wanted.is_empty() || wanted.iter().any(|wanted| values.contains(&wanted.as_str()))
    };
    let name = event.attributes.get("name").map_or("", String::as_str);
    let (short_id, short_name) = (without_tag(&event.id), without_tag(name));
    let others = FILTERS.iter().filter(|name| !["event", "image", "label", "scope", "type"].contains(name));
    one_of("event", &[event.action])
        && one_of("type", &["image"])
        && one_of("scope", &["local"])
        && one_of("image", &[&event.id, name, &short_id, &short_name])
        && filters.labels(&event.attributes)
        && others.into_iter().all(|name| filters.values(name).is_empty())
}

fn without_tag(name: &str) -> String {
    Reference::parse(name).map(|reference| reference.repository.familiar()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_that_no_event_of_images_can_match_matches_none() {
        let attributes = [("name", "r.io/a"), ("tier", "db")].map(|(key, value)| (key.to_owned(), value.to_owned()));
        let event = Event {
            action: "pull",
            id: "r.io/a:1".to_owned(),
            attributes: attributes.into(),
            at: OffsetDateTime::UNIX_EPOCH,
        };
        for (filters, expected) in [
            ("{}", true),
            (r#"{"image":["r.io/a"]}"#, true),
            (r#"{"image":["r.io/a:1"]}"#, true),
            (r#"{"image":["r.io/a:2"]}"#, false),
            (r#"{"event":["push","pull"],"type":["image"]}"#, true),
            (r#"{"type":["container"]}"#, false),
            (r#"{"container":["x"]}"#, false),
            (r#"{"label":["tier=db"]}"#, true),
            (r#"{"label":["tier=web"]}"#, false),
        ] {
            let parsed = Filters::parse(Some(filters), &FILTERS).unwrap();
            assert_eq!(matches(&event, &parsed), expected, "{filters}");
        }
        assert!(Filters::parse(Some(r#"{"x":["1"]}"#), &FILTERS).is_err());
    }
}
