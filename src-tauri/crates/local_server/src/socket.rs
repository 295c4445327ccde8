//! A Unix socket that only its owner can use.

use std::{
    fs, io,
    os::unix::fs::{FileTypeExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use tokio::net::{UnixListener, UnixStream};

pub(crate) type LocalStream = UnixStream;

/// A Unix socket, which is removed when this is dropped.
#[derive(Debug)]
pub(crate) struct LocalListener {
    listener: UnixListener,
    path: PathBuf,
}

impl LocalListener {
    pub(crate) fn bind(path: &Path) -> io::Result<Self> {
        match fs::symlink_metadata(path) {
            // Left by a process that was killed.
            Ok(metadata) if metadata.file_type().is_socket() => fs::remove_file(path)?,
            Ok(_) => return Err(io::Error::new(io::ErrorKind::AlreadyExists, "there is a file that is no socket")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let listener = UnixListener::bind(path)?;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
        Ok(Self { listener, path: path.to_owned() })
    }

    pub(crate) async fn accept(&mut self) -> io::Result<LocalStream> {
        Ok(self.listener.accept().await?.0)
    }

    pub(crate) fn docker_host(&self) -> String {
        format!("unix://{}", self.path.display())
    }
}

impl Drop for LocalListener {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::debug!(%error, path = %self.path.display(), "a socket was not removed");
        }
    }
}
