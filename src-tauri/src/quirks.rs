//! What some machines need before a window opens. Only NVIDIA's own driver on Linux, and only what the user has not set.

/// Variables of the environment that this machine needs, and does not have.
pub(crate) fn needed() -> Vec<(&'static str, &'static str)> {
    if !cfg!(target_os = "linux") {
        return Vec::new();
    }
    let nvidia = std::path::Path::new("/proc/driver/nvidia/version").exists();
    let set = |name: &str| std::env::var_os(name).is_some();
    needed_on(nvidia, set("WAYLAND_DISPLAY"), set)
}

fn needed_on(nvidia: bool, wayland: bool, set: impl Fn(&str) -> bool) -> Vec<(&'static str, &'static str)> {
    // On Wayland the driver's explicit synchronisation ends WebKitGTK with a protocol error; on X11 its buffers stay white.
    let quirk = if wayland { ("__NV_DISABLE_EXPLICIT_SYNC", "1") } else { ("WEBKIT_DISABLE_DMABUF_RENDERER", "1") };
    if nvidia && !set(quirk.0) { vec![quirk] } else { Vec::new() }
}

/// Starts the program anew with the variables: one's own environment cannot be changed safely. Returns only where it is not
/// needed, or fails.
#[cfg(target_os = "linux")]
pub(crate) fn apply() {
    use std::os::unix::process::CommandExt as _;

    let needed = needed();
    if needed.is_empty() {
        return;
    }
    let Ok(own) = std::env::current_exe() else { return };
    let error = std::process::Command::new(own).args(std::env::args_os().skip(1)).envs(needed).exec();
    tracing::warn!(%error, "the window opens without what this graphics driver needs");
}

/// Nothing is needed here.
#[cfg(not(target_os = "linux"))]
pub(crate) fn apply() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_nvidia_is_helped_and_only_where_the_user_did_not() {
        assert_eq!(needed_on(false, true, |_| false), []);
        assert_eq!(needed_on(true, true, |_| false), [("__NV_DISABLE_EXPLICIT_SYNC", "1")]);
        assert_eq!(needed_on(true, false, |_| false), [("WEBKIT_DISABLE_DMABUF_RENDERER", "1")]);
        assert_eq!(needed_on(true, false, |_| true), []);
    }
}
