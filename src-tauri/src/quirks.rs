//! What some machines need before a window opens: settings of `WebKitGTK`, which it takes from the environment. Only on Linux, and
//! only what the user has not set.

/// The settings that this machine needs.
#[cfg(target_os = "linux")]
fn needed() -> Vec<(&'static str, &'static str)> {
    let nvidia = std::path::Path::new("/proc/driver/nvidia/version").exists();
    let wayland = std::env::var_os("WAYLAND_DISPLAY").is_some();
    needed_on(nvidia, wayland, nvidia || draws("/dev/dri") || std::path::Path::new("/dev/dxg").exists())
}

/// Whether a graphics processor that draws is there: the kernel names its node `renderD128` and so on.
#[cfg(target_os = "linux")]
fn draws(devices: &str) -> bool {
    let nodes = std::fs::read_dir(devices).into_iter().flatten().flatten();
    nodes.into_iter().any(|node| node.file_name().to_string_lossy().starts_with("renderD"))
}

#[cfg(any(target_os = "linux", test))]
fn needed_on(nvidia: bool, wayland: bool, draws: bool) -> Vec<(&'static str, &'static str)> {
    let mut needed = Vec::new();
    if nvidia {
        // On Wayland the driver's explicit synchronisation ends WebKitGTK with a protocol error; on X11 its buffers stay white.
        let quirk = if wayland { "__NV_DISABLE_EXPLICIT_SYNC" } else { "WEBKIT_DISABLE_DMABUF_RENDERER" };
        needed.push((quirk, "1"));
    }
    if !draws {
        // Virtual machines: a graphics processor made of software is slower than drawing without one.
        needed.push(("WEBKIT_DISABLE_COMPOSITING_MODE", "1"));
    }
    needed
}

/// Sets what is needed. To be called before there is a second thread.
pub(crate) fn apply() {
    #[cfg(target_os = "linux")]
    for (name, value) in needed() {
        if let Err(error) = glib::setenv(name, value, false) {
            tracing::warn!(%error, name, "the window opens without what this machine's graphics need");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_those_are_helped_that_need_it() {
        assert_eq!(needed_on(false, true, true), []);
        assert_eq!(needed_on(true, true, true), [("__NV_DISABLE_EXPLICIT_SYNC", "1")]);
        assert_eq!(needed_on(true, false, true), [("WEBKIT_DISABLE_DMABUF_RENDERER", "1")]);
        assert_eq!(needed_on(false, false, false), [("WEBKIT_DISABLE_COMPOSITING_MODE", "1")]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn only_a_node_that_draws_counts() {
        let devices = tempfile::tempdir().unwrap();
        let path = devices.path().to_str().unwrap();
        assert!(!draws("/nowhere"));
        std::fs::write(devices.path().join("card0"), "").unwrap();
        assert!(!draws(path));
        std::fs::write(devices.path().join("renderD128"), "").unwrap();
        assert!(draws(path));
    }
}
