//! Where a server listens.

use std::{io, net::Ipv4Addr, path::Path};

use tokio::net::{TcpListener, TcpStream};
use tokio_util::either::Either;

use crate::local::{LocalListener, LocalStream};

/// A connection.
pub(crate) type Stream = Either<TcpStream, LocalStream>;

/// Where a server listens. A file that it listens on is removed when this is dropped.
#[derive(Debug)]
pub struct Listener(Kind);

#[derive(Debug)]
enum Kind {
    Loopback(TcpListener),
    Local(LocalListener),
}

impl Listener {
    /// A port of 127.0.0.1, which every user of this machine can reach; 0 for any that is free.
    ///
    /// # Errors
    ///
    /// If the port is in use, or may not be used.
    pub async fn loopback(port: u16) -> io::Result<Self> {
        Ok(Self(Kind::Loopback(TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?)))
    }

    /// A Unix socket at this path, which only its owner can use; on Windows a named pipe with a name derived from the path. A socket
    /// that is there is replaced: the caller ensures that no process listens on it.
    ///
    /// # Errors
    ///
    /// If the socket cannot be made.
    pub fn local(path: &Path) -> io::Result<Self> {
        Ok(Self(Kind::Local(LocalListener::bind(path)?)))
    }

    /// The port; `None` if it listens on a socket.
    ///
    /// # Errors
    ///
    /// If the system does not tell.
    pub fn port(&self) -> io::Result<Option<u16>> {
        match &self.0 {
            Kind::Loopback(listener) => listener.local_addr().map(|address| Some(address.port())),
            Kind::Local(_) => Ok(None),
        }
    }

    /// The address in the form of `DOCKER_HOST`: `tcp://127.0.0.1:PORT`, `unix://PATH` or `npipe:////./pipe/NAME`.
    ///
    /// # Errors
    ///
    /// If the system does not tell.
    pub fn docker_host(&self) -> io::Result<String> {
        match &self.0 {
            Kind::Loopback(listener) => listener.local_addr().map(|address| format!("tcp://{address}")),
            Kind::Local(listener) => Ok(listener.docker_host()),
        }
    }

    /// The next connection. Sends small responses without waiting for acknowledgements.
    pub(crate) async fn accept(&mut self) -> io::Result<Stream> {
        match &mut self.0 {
            Kind::Loopback(listener) => {
                let (stream, _) = listener.accept().await?;
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%error, "Nagle's algorithm was not disabled for a connection");
                }
                Ok(Either::Left(stream))
            }
            Kind::Local(listener) => listener.accept().await.map(Either::Right),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn small_responses_do_not_wait_for_acknowledgements() {
        let mut listener = Listener::loopback(0).await.unwrap();
        let address = ("127.0.0.1", listener.port().unwrap().unwrap());
        let (client, accepted) = tokio::join!(TcpStream::connect(address), listener.accept());
        client.unwrap();
        let Either::Left(stream) = accepted.unwrap() else { panic!("it listens on a port") };
        assert!(stream.nodelay().unwrap());
    }
}
