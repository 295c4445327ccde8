//! The name of the named pipe that takes the place of a Unix socket on Windows: as text, so that it is tested on every system.

use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::Path,
};

/// The name of a pipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PipeName(String);

impl PipeName {
    /// That of the socket at this path, as a pipe has none in the file system.
    pub(crate) fn of(path: &Path) -> Self {
        let mut hasher = DefaultHasher::new();
        path.hash(&mut hasher);
        Self(format!("imagelab-{:016x}", hasher.finish()))
    }

    /// As the system takes it.
    pub(crate) fn address(&self) -> String {
        format!(r"\\.\pipe\{}", self.0)
    }

    /// As `DOCKER_HOST` takes it.
    pub(crate) fn docker_host(&self) -> String {
        format!("npipe:////./pipe/{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_pipe_and_another_folder_another() {
        let name = PipeName::of(Path::new(r"C:\Users\Kim Min\data\engine.sock"));
        assert_eq!(name, PipeName::of(Path::new(r"C:\Users\Kim Min\data\engine.sock")));
        assert_ne!(name, PipeName::of(Path::new(r"C:\Users\Lee\data\engine.sock")));
        let hex = name.docker_host().strip_prefix("npipe:////./pipe/imagelab-").map(str::to_owned);
        let hex = hex.filter(|hex| hex.len() == 16 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_eq!(name.address(), format!(r"\\.\pipe\imagelab-{}", hex.expect("a pipe as Docker names it")));
    }
}
