//! Processes of this machine, from Linux's `/proc`.

use std::{ffi::OsStr, fs, os::unix::ffi::OsStrExt as _, path::Path};

/// The id of the process that runs this program with this data folder.
pub(crate) fn of_program(program: &Path, data: &Path) -> Option<u32> {
    let expected = [b"IMAGELAB_DATA=", data.as_os_str().as_bytes()].concat();
    let program = fs::canonicalize(program).ok()?;
    fs::read_dir("/proc").ok()?.flatten().find_map(|entry| {
        let pid = entry.file_name().to_str()?.parse().ok()?;
        let same = fs::read_link(entry.path().join("exe")).ok()? == program;
        let environment = fs::read(entry.path().join("environ")).ok()?;
        (same && environment.split(|byte| *byte == 0).any(|variable| variable == expected)).then_some(pid)
    })
}

/// Whether a process is running. One that has ended has closed its files, and with them its locks.
pub fn alive(pid: u32) -> bool {
    // A zombie has ended, and only waits to be reaped.
    let ended = |status: &str| status.lines().any(|line| line.starts_with("State:") && line.contains(['Z', 'X']));
    fs::read_to_string(format!("/proc/{pid}/status")).is_ok_and(|status| !ended(&status))
}

/// The loopback ports on which a process listens.
pub fn servers_of(pid: u32) -> Vec<u16> {
    let sockets: Vec<String> = fs::read_dir(format!("/proc/{pid}/fd"))
        .map(|entries| entries.flatten().filter_map(|entry| fs::read_link(entry.path()).ok()).collect::<Vec<_>>())
        .unwrap_or_default()
        .into_iter()
        .filter_map(|link| link.as_os_str().to_str()?.strip_prefix("socket:[")?.strip_suffix(']').map(str::to_owned))
        .collect();
    let table = fs::read_to_string("/proc/net/tcp").unwrap_or_default();
    table.lines().skip(1).filter_map(|line| listening(line, &sockets)).collect()
}

fn listening(line: &str, sockets: &[String]) -> Option<u16> {
    const LISTEN: &str = "0A";
    let fields: Vec<&str> = line.split_whitespace().collect();
    let (local, state, inode) = (fields.get(1)?, fields.get(3)?, fields.get(9)?);
    if *state != LISTEN || !sockets.iter().any(|socket| OsStr::new(socket) == OsStr::new(inode)) {
        return None;
    }
    u16::from_str_radix(local.split(':').nth(1)?, 16).ok()
}
