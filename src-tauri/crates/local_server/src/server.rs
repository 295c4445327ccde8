//! Accepts connections, serves HTTP/1.1 on each, and closes them when it is cancelled.

use std::{error::Error, future::Future, sync::Arc, time::Duration};

use hyper::{
    Request, Response,
    body::{Body, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::listener::{Listener, Stream};

/// How long a client may take to send a request's headers, and stay connected without a request.
const HEADERS: Duration = Duration::from_secs(30);
/// How long responses in progress may take after the cancellation. What stalls longer is cut off.
const GRACE: Duration = Duration::from_millis(500);

/// Serves until it is cancelled. Returns when every connection is closed, soon after the cancellation whatever clients do. A handler
/// that fails closes its connection without a response.
pub async fn serve<F, B, E>(
    mut listener: Listener,
    handler: impl Fn(Request<Incoming>) -> F + Send + Sync + 'static,
    cancelled: CancellationToken,
) where
    F: Future<Output = Result<Response<B>, E>> + Send + 'static,
    B: Body<Data: Send, Error: Into<Box<dyn Error + Send + Sync>>> + Send + 'static,
    E: Into<Box<dyn Error + Send + Sync>> + 'static,
{
    let handler = Arc::new(handler);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = cancelled.cancelled() => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
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

async fn connection<F, B, E>(
    stream: Stream,
    handler: Arc<impl Fn(Request<Incoming>) -> F + Send + Sync + 'static>,
    cancelled: CancellationToken,
) where
    F: Future<Output = Result<Response<B>, E>> + Send + 'static,
    B: Body<Data: Send, Error: Into<Box<dyn Error + Send + Sync>>> + Send + 'static,
    E: Into<Box<dyn Error + Send + Sync>> + 'static,
{
    let service = service_fn(move |request: Request<Incoming>| handler(request));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADERS);
    let served = http.serve_connection(TokioIo::new(stream), service);
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
    use std::convert::Infallible;

    use http_body_util::Empty;
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpStream,
        task::JoinHandle,
    };

    use super::*;

    async fn start() -> (u16, CancellationToken, JoinHandle<()>) {
        let listener = Listener::loopback(0).await.unwrap();
        let port = listener.port().unwrap().unwrap();
        let cancelled = CancellationToken::new();
        let handler = |_| async { Ok::<_, Infallible>(Response::new(Empty::<&[u8]>::new())) };
        (port, cancelled.clone(), tokio::spawn(serve(listener, handler, cancelled)))
    }

    #[tokio::test]
    async fn a_stalled_connection_does_not_keep_the_server_from_ending() {
        let (port, cancelled, serving) = start().await;
        let mut stalled = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        // The rest of the headers never comes.
        stalled.write_all(b"GET / HTTP/1.1\r\nHost: 127").await.unwrap();
        let mut idle = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        idle.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").await.unwrap();
        idle.read_u8().await.unwrap();
        cancelled.cancel();
        tokio::time::timeout(Duration::from_mins(1), serving).await.expect("the server ends").unwrap();
        assert_eq!(stalled.read(&mut [0; 16]).await.unwrap_or(0), 0, "the connection is closed");
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_socket_is_its_owners_alone_and_is_removed_at_the_end() {
        use std::os::unix::fs::PermissionsExt as _;

        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("engine.sock");
        // What a killed process left is replaced.
        drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
        let listener = Listener::local(&path).unwrap();
        assert_eq!(listener.docker_host().unwrap(), format!("unix://{}", path.display()));
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        drop(listener);
        assert!(!path.exists());
        std::fs::write(&path, "mine").unwrap();
        Listener::local(&path).unwrap_err();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    }
}
