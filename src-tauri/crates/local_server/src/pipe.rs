//! A named pipe of Windows. By default only its owner, administrators and the system can write to one; every user can read.

use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io,
    path::Path,
};

use tokio::net::windows::named_pipe::{NamedPipeServer, ServerOptions};

pub(crate) type LocalStream = NamedPipeServer;

/// A named pipe: one end waits for a client, and is replaced when it has one.
#[derive(Debug)]
pub(crate) struct LocalListener {
    name: String,
    next: NamedPipeServer,
}

impl LocalListener {
    /// The name is derived from the path, as a pipe has none in the file system.
    pub(crate) fn bind(path: &Path) -> io::Result<Self> {
        let mut hasher = DefaultHasher::new();
        path.hash(&mut hasher);
        let name = format!("imagelab-{:016x}", hasher.finish());
        let next = ServerOptions::new()
            .first_pipe_instance(true)
            .reject_remote_clients(true)
            .create(format!(r"\\.\pipe\{name}"))?;
        Ok(Self { name, next })
    }

    pub(crate) async fn accept(&mut self) -> io::Result<LocalStream> {
        self.next.connect().await?;
        let following = ServerOptions::new().reject_remote_clients(true).create(format!(r"\\.\pipe\{}", self.name))?;
        Ok(std::mem::replace(&mut self.next, following))
    }

    pub(crate) fn docker_host(&self) -> String {
        format!("npipe:////./pipe/{}", self.name)
    }
}
