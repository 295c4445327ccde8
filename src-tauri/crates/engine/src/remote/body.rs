//! Reading the body of a response into memory, up to a limit.

use bytes::{Bytes, BytesMut};
use reqwest::Response;

use super::failure::RemoteError;

/// The whole body; an error if it is longer than `limit` bytes.
pub(super) async fn bounded(mut response: Response, limit: u64) -> Result<Bytes, RemoteError> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await? {
        if (body.len() + chunk.len()) as u64 > limit {
            return Err(RemoteError::Invalid(format!("the registry's answer is longer than {limit} bytes")));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}
