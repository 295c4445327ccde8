//! A way to a registry that counts the bytes that pass in each direction.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

/// The address, and what has passed.
pub(crate) struct Counted {
    pub(crate) address: String,
    bytes: Arc<[AtomicU64; 2]>,
}

impl Counted {
    /// A way to the registry at this address.
    pub(crate) async fn start(registry: String) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        let bytes = Arc::<[AtomicU64; 2]>::default();
        let counts = Arc::clone(&bytes);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let Ok(server) = TcpStream::connect(&registry).await else { continue };
                let (from_client, to_client) = client.into_split();
                let (from_server, to_server) = server.into_split();
                tokio::spawn(pass(from_client, to_server, Arc::clone(&counts), 0));
                tokio::spawn(pass(from_server, to_client, Arc::clone(&counts), 1));
            }
        });
        Ok(Self { address, bytes })
    }

    /// Megabytes that were sent to the registry, and received from it, since this was last called.
    pub(crate) fn take(&self) -> [f64; 2] {
        [0, 1].map(|direction| self.bytes[direction].swap(0, Ordering::Relaxed) as f64 / 1e6)
    }
}

async fn pass(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    bytes: Arc<[AtomicU64; 2]>,
    direction: usize,
) {
    let mut buffer = vec![0; 256 << 10];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        if to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
        bytes[direction].fetch_add(length as u64, Ordering::Relaxed);
    }
    // The other side learns that nothing follows.
    drop(to.shutdown().await);
}
