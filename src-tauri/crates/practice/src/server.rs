//! A listener on loopback: accepts connections, serves HTTP/1.1 on each, and ends them all when it is told to. Small
//! answers leave at once (no Nagle), and a connection can be cut where an answer should be.

use std::{future::Future, net::SocketAddr, sync::Arc, time::Duration};

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

/// How long answers that are under way may take when the listener ends.
const GRACE: Duration = Duration::from_millis(500);

/// A port of 127.0.0.1.
pub(crate) async fn bind(port: u16) -> Result<(TcpListener, SocketAddr), PracticeError> {
    let listen = |source| PracticeError::Listen { port, source };
    let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(listen)?;
    let address = listener.local_addr().map_err(listen)?;
    Ok((listener, address))
}

/// Serves until it is cancelled. Comes back when every connection is closed.
pub(crate) async fn serve<F>(
    listener: TcpListener,
    answer: impl Fn(Request<Body>) -> F + Send + Sync + 'static,
    cancelled: CancellationToken,
) where
    F: Future<Output = HttpResult> + Send + 'static,
{
    let answer = Arc::new(answer);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = cancelled.cancelled() => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, Arc::clone(&answer), cancelled.clone()));
                }
                // Out of file descriptors, or the peer is gone already: the next may fare better.
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
            }
        }
    }
    drop(listener);
    let all = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(GRACE, all).await.is_err() {
        connections.shutdown().await;
    }
}

async fn connection<F>(
    stream: TcpStream,
    answer: Arc<impl Fn(Request<Body>) -> F + Send + Sync + 'static>,
    cancelled: CancellationToken,
) where
    F: Future<Output = HttpResult> + Send + 'static,
{
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps its delay");
    }
    let service = service_fn(move |request: Request<hyper::body::Incoming>| answer(request.map(Body::new)));
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
        // A client that goes away is nobody's fault.
        tracing::debug!(%error, "a connection ended early");
    }
}
