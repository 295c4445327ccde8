//! The limited rate at which images are transferred at [`Speed::Steady`], so that a person can follow a pull and a push.

use std::{sync::Arc, time::Duration};

use axum::body::Body;
use futures::StreamExt as _;
use http::{Method, Request, Response, header::CONTENT_LENGTH, request::Parts};
use parking_lot::Mutex;
use tokio::time::Instant;

use crate::speed::Speed;

/// Bytes per second, over all transfers: a practice image of 46 MB then takes seven seconds.
const STEADY: u64 = 6_500_000;

/// The rate of all transfers of a practice cloud together. All clones share it.
#[derive(Clone, Debug)]
pub(crate) struct Bandwidth(Option<Arc<Limit>>);

#[derive(Debug)]
struct Limit {
    per_second: u64,
    /// When the bytes that were let through so far have taken their time.
    free_at: Mutex<Instant>,
}

impl Bandwidth {
    /// Limited at [`Speed::Steady`] only.
    pub(crate) fn of(speed: Speed) -> Self {
        if speed == Speed::Steady { Self::limited(STEADY) } else { Self(None) }
    }

    fn limited(per_second: u64) -> Self {
        Self(Some(Arc::new(Limit { per_second, free_at: Mutex::new(Instant::now()) })))
    }

    /// The request, with an upload's body at the limited rate.
    pub(crate) fn slow_request(&self, parts: Parts, body: Body) -> Request<Body> {
        let uploads = matches!(parts.method, Method::PATCH | Method::PUT | Method::POST);
        let body = if uploads { self.slow(body) } else { body };
        Request::from_parts(parts, body)
    }

    /// The response, with its body at the limited rate if its length is declared, as that of a blob is.
    pub(crate) fn slow_response(&self, response: Response<Body>) -> Response<Body> {
        if !response.headers().contains_key(CONTENT_LENGTH) {
            return response;
        }
        let (parts, body) = response.into_parts();
        Response::from_parts(parts, self.slow(body))
    }

    fn slow(&self, body: Body) -> Body {
        let Some(limit) = self.0.clone() else { return body };
        Body::from_stream(body.into_data_stream().then(move |chunk| {
            let limit = Arc::clone(&limit);
            async move {
                if let Ok(bytes) = &chunk {
                    tokio::time::sleep_until(limit.reserve(Instant::now(), bytes.len() as u64)).await;
                }
                chunk
            }
        }))
    }
}

impl Limit {
    /// Until when so many bytes take, after those before them.
    fn reserve(&self, now: Instant, bytes: u64) -> Instant {
        let mut free_at = self.free_at.lock();
        let taken = Duration::from_nanos(bytes.saturating_mul(1_000_000_000) / self.per_second);
        *free_at = now.max(*free_at) + taken;
        *free_at
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt as _;
    use strum::VariantArray as _;

    use super::*;

    #[test]
    fn all_transfers_share_the_rate_and_a_pause_is_not_made_up_for() {
        let Bandwidth(Some(limit)) = Bandwidth::limited(1000) else { panic!("it is limited") };
        let start = Instant::now();
        assert_eq!(limit.reserve(start, 1000), start + Duration::from_secs(1));
        // Another transfer, at the same time.
        assert_eq!(limit.reserve(start, 500), start + Duration::from_millis(1500));
        let later = start + Duration::from_mins(1);
        assert_eq!(limit.reserve(later, 100), later + Duration::from_millis(100));
    }

    #[tokio::test]
    async fn a_slowed_body_loses_nothing() {
        let chunks = [&b"one"[..], b"two", b"three"].map(Ok::<_, std::io::Error>);
        let body = Body::from_stream(futures::stream::iter(chunks));
        let slowed = Bandwidth::limited(1 << 20).slow(body);
        assert_eq!(slowed.collect().await.unwrap().to_bytes(), "onetwothree");
    }

    #[test]
    fn only_the_steady_speed_is_limited() {
        for speed in Speed::VARIANTS {
            assert_eq!(Bandwidth::of(*speed).0.is_some(), *speed == Speed::Steady, "{speed}");
        }
    }
}
