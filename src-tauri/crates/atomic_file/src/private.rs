//! Folders and files that only their owner can use. On Windows they have the access rights of the user's profile, in which they are.

use std::{
    fs::{self, OpenOptions},
    io,
    path::Path,
};

/// Creates a folder with mode 0700, with its parents; one that exists gets that mode.
///
/// # Errors
///
/// If it cannot be created, or belongs to another user.
pub fn create_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    set_mode(path, 0o700)
}

/// Creates a file with mode 0600; one that exists gets that mode and keeps its content.
///
/// # Errors
///
/// If it cannot be created, or belongs to another user.
pub fn create_file(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?;
    set_mode(path, 0o600)
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;

    let present = fs::metadata(path)?.permissions().mode() & 0o7777;
    if present == mode { Ok(()) } else { fs::set_permissions(path, fs::Permissions::from_mode(mode)) }
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn folders_and_files_are_their_owners_alone_also_if_they_existed() {
        let dir = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let (folder, existing) = (dir.path().join("a/b"), dir.path().join("existing"));
        fs::create_dir(&existing).unwrap();
        fs::set_permissions(&existing, fs::Permissions::from_mode(0o755)).unwrap();
        for path in [&folder, &existing] {
            create_folder(path).unwrap();
            assert_eq!(mode(path), 0o700, "{}", path.display());
        }
        assert_eq!(mode(&dir.path().join("a")), 0o700);
        let (file, kept) = (folder.join("new"), folder.join("kept"));
        fs::write(&kept, "content").unwrap();
        fs::set_permissions(&kept, fs::Permissions::from_mode(0o644)).unwrap();
        for path in [&file, &kept] {
            create_file(path).unwrap();
            assert_eq!(mode(path), 0o600, "{}", path.display());
        }
        assert_eq!(fs::read_to_string(&kept).unwrap(), "content");
    }
}
