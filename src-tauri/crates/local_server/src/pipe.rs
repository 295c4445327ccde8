//! A named pipe of Windows. By default only its owner, administrators and the system can write to one; every user can read.

use std::{io, path::Path};

use tokio::net::windows::named_pipe::{NamedPipeServer, ServerOptions};

use crate::pipe_name::PipeName;

pub(crate) type LocalStream = NamedPipeServer;

/// A named pipe: one end waits for a client, and is replaced when it has one.
#[derive(Debug)]
pub(crate) struct LocalListener {
    name: PipeName,
    next: NamedPipeServer,
}

impl LocalListener {
    /// The name is derived from the path.
    pub(crate) fn bind(path: &Path) -> io::Result<Self> {
        let name = PipeName::of(path);
        let next = ServerOptions::new().first_pipe_instance(true).reject_remote_clients(true).create(name.address())?;
        Ok(Self { name, next })
    }

    pub(crate) async fn accept(&mut self) -> io::Result<LocalStream> {
        self.next.connect().await?;
        let following = ServerOptions::new().reject_remote_clients(true).create(self.name.address())?;
        Ok(std::mem::replace(&mut self.next, following))
    }

    pub(crate) fn docker_host(&self) -> String {
        self.name.docker_host()
    }
}
