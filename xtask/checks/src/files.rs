//! The project's files: those that git tracks or would track, or, without git, all but the usual build folders.

use std::{
    path::Path,
    process::{Command, Stdio},
};

const BUILD_FOLDERS: [&str; 5] = [".git", "target", "node_modules", "dist", "screenshots"];

/// Paths of files relative to `root`, with `/` between folders, in order.
pub(crate) fn list(root: &Path) -> Result<Vec<String>, String> {
    let mut paths = if root.join(".git").exists() { from_git(root)? } else { walk(root)? };
    paths.retain(|path| root.join(path).is_file());
    paths.sort();
    paths.dedup();
    Ok(paths)
}

fn from_git(root: &Path) -> Result<Vec<String>, String> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("git could not be started: {error}"))?;
    if !output.status.success() {
        return walk(root);
    }
    Ok(String::from_utf8_lossy(&output.stdout).split('\0').filter(|path| !path.is_empty()).map(String::from).collect())
}

fn walk(root: &Path) -> Result<Vec<String>, String> {
    let mut paths = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_file() {
                let relative = path.strip_prefix(root).unwrap_or(&path);
                paths.push(relative.to_string_lossy().replace('\\', "/"));
            } else if path.is_dir() && !BUILD_FOLDERS.iter().any(|name| entry.file_name() == *name) {
                folders.push(path);
            }
        }
    }
    Ok(paths)
}
