//! How much memory a process has used.

/// The most memory that a process has used so far, in bytes: `VmHWM`. 0 if the process has ended; `None` where the system is not Linux.
pub fn peak_memory(pid: u32) -> Option<u64> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    Some(kilobytes.unwrap_or_default() << 10)
}
