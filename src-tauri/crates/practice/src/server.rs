//! A listener on loopback: accepts connections, serves HTTP/1.1 on each, and closes them when it is cancelled. Small
//! responses are sent at once (no Nagle), and a handler can close the connection instead of responding.

use std::{future::Future, io, net::SocketAddr, sync::Arc, time::Duration};

use axum::body::Body;
use http::Request;
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;

use crate::{error::PracticeError, wire::response::HttpResult};

/// How long responses in progress may take after the cancellation.
const GRACE: Duration = Duration::from_millis(500);

/// Binds a port of 127.0.0.1.
pub(crate) async fn bind(port: u16) -> Result<(TcpListener, SocketAddr), PracticeError> {
    let listen = |source| PracticeError::Listen { port, source };
    let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(listen)?;
    let address = listener.local_addr().map_err(listen)?;
    Ok((listener, address))
}

/// Serves until it is cancelled. Returns when every connection is closed.
pub(crate) async fn serve<F>(
    listener: TcpListener,
    handler: impl Fn(Request<Body>) -> F + Send + Sync + 'static,
    cancelled: CancellationToken,
) where
    F: Future<Output = HttpResult> + Send + 'static,
{
    let handler = Arc::new(handler);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = cancelled.cancelled() => break,
            Some(_) = connections.join_next() => {}
            accepted = accept(&listener) => match accepted {
                Ok(stream) => {
                    connections.spawn(connection(stream, Arc::clone(&handler), cancelled.clone()));
                }
                // Out of file descriptors, or the peer has gone already: the next connection may succeed.
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
            }
        }
    }
    drop(listener);
    let all_closed = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(GRACE, all_closed).await.is_err() {
        connections.shutdown().await;
    }
}

/// Accepts a connection that sends small responses without waiting for acknowledgements.
async fn accept(listener: &TcpListener) -> io::Result<TcpStream> {
    let (stream, _) = listener.accept().await?;
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "Nagle's algorithm was not disabled for a connection");
    }
    Ok(stream)
}

async fn connection<F>(
    stream: TcpStream,
    handler: Arc<impl Fn(Request<Body>) -> F + Send + Sync + 'static>,
    cancelled: CancellationToken,
) where
    F: Future<Output = HttpResult> + Send + 'static,
{
    let service = service_fn(move |request: Request<hyper::body::Incoming>| handler(request.map(Body::new)));
    let served = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
    tokio::pin!(served);
    let ended = tokio::select! {
        ended = &mut served => ended,
        () = cancelled.cancelled() => {
            served.as_mut().graceful_shutdown();
            served.await
        }
    };
    if let Err(error) = ended {
        // Clients may disconnect at any time.
        tracing::debug!(%error, "a connection ended early");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn small_responses_do_not_wait_for_acknowledgements() {
        let (listener, address) = bind(0).await.unwrap();
        let (client, accepted) = tokio::join!(TcpStream::connect(address), accept(&listener));
        client.unwrap();
        assert!(accepted.unwrap().nodelay().unwrap());
    }
}
