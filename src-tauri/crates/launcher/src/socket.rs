//! Where the built-in engine's socket is: in the data folder, or, where that is too long for a socket or not its owner's alone, in the
//! user's runtime folder or a folder of ours in the temporary one.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use lab::{Code, Problem};
use sha2::{Digest as _, Sha256};

use crate::{
    error::LaunchError,
    folder::{Folder, unusable},
    platform::Platform,
};

/// The longest path of a socket, in bytes. Systems allow 104 or 108, with the end of the text.
const LONGEST: usize = 100;

const NAME: &str = "engine.sock";

/// The path of the engine's socket. Its folder exists, and is its owner's alone.
pub(crate) fn engine_socket(folder: &Folder) -> Result<PathBuf, LaunchError> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_absolute());
    // The folder belongs to this user: the engine's images are in it.
    let own = folder.engine();
    atomic_file::private::create_folder(&own).map_err(|error| unusable(&own, &error))?;
    socket_in(Platform::of_machine(), folder.path(), &own, &runtime.unwrap_or_else(std::env::temp_dir))
}

/// `own` is a folder of this user. On Windows the path is only what the name of a pipe is derived from: nothing is made there.
fn socket_in(platform: Platform, data: &Path, own: &Path, otherwise: &Path) -> Result<PathBuf, LaunchError> {
    let path = data.join(NAME);
    if platform == Platform::Windows || (path.as_os_str().len() <= LONGEST && is_private(data, own).unwrap_or(false)) {
        return Ok(path);
    }
    let hash = hex::encode(&Sha256::digest(data.as_os_str().as_encoded_bytes())[..8]);
    let dir = otherwise.join(format!("imagelab-{hash}"));
    match make_folder(&dir) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => made.map_err(|error| unusable(&dir, &error))?,
    }
    if is_private(&dir, own).map_err(|error| unusable(&dir, &error))? {
        return Ok(dir.join(NAME));
    }
    Err(LaunchError::misuse(Problem::new(Code::SocketFolder).with("path", dir.display().to_string())))
}

fn make_folder(dir: &Path) -> io::Result<()> {
    #[cfg_attr(windows, expect(unused_mut, reason = "Windows has no modes"))]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

/// Whether a folder, which is no link, has the owner of `own`, and no other user can use it.
#[cfg(unix)]
fn is_private(folder: &Path, own: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;

    let (metadata, owner) = (fs::symlink_metadata(folder)?, fs::metadata(own)?.uid());
    Ok(metadata.is_dir() && metadata.uid() == owner && metadata.mode() & 0o777 == 0o700)
}

#[cfg(not(unix))]
fn is_private(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(true)
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn the_socket_is_in_a_folder_that_no_other_user_can_use() {
        let dir = tempfile::tempdir_in("/tmp").unwrap();
        let set_mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        let (data, runtime) = (dir.path().join("data"), dir.path().join("run"));
        for folder in [&data, &runtime] {
            make_folder(folder).unwrap();
        }
        assert_eq!(socket_in(Platform::MacOs, &data, &data, &runtime).unwrap(), data.join("engine.sock"));

        let long = data.join("a".repeat(100));
        make_folder(&long).unwrap();
        let socket = socket_in(Platform::MacOs, &long, &data, &runtime).unwrap();
        let folder = socket.parent().unwrap().to_owned();
        assert_eq!(folder.parent(), Some(runtime.as_path()));
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(
            socket_in(Platform::MacOs, &long, &data, &runtime).unwrap(),
            socket,
            "the same folder has the same socket"
        );

        let of_windows = socket_in(Platform::Windows, &long, &data, &runtime).unwrap();
        assert_eq!(of_windows, long.join("engine.sock"), "a pipe is not in the file system");
        assert_eq!(socket_in(Platform::Linux, &long, &data, &runtime).unwrap(), socket);

        set_mode(&data, 0o755);
        assert_ne!(socket_in(Platform::MacOs, &data, &data, &runtime).unwrap(), data.join("engine.sock"));

        set_mode(&folder, 0o777);
        let refused = socket_in(Platform::MacOs, &long, &data, &runtime).unwrap_err();
        assert_eq!(refused.problem.code, Code::SocketFolder);
        fs::remove_dir(&folder).unwrap();
        std::os::unix::fs::symlink(&data, &folder).unwrap();
        assert_eq!(socket_in(Platform::MacOs, &long, &data, &runtime).unwrap_err().problem.code, Code::SocketFolder);
    }
}
