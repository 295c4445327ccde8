//! Environment variables that `WebKitGTK` needs on some Linux machines, set before a window opens. Variables that the user has
//! set are left alone.

/// The variables that this machine needs.
#[cfg(target_os = "linux")]
fn needed() -> Vec<(&'static str, &'static str)> {
    let nvidia = std::path::Path::new("/proc/driver/nvidia/version").exists();
    let wayland = std::env::var_os("WAYLAND_DISPLAY").is_some();
    needed_on(nvidia, wayland, nvidia || has_render_node("/dev/dri") || std::path::Path::new("/dev/dxg").exists())
}

/// Whether there is a graphics processor that renders: the kernel names its device `renderD128` and so on.
#[cfg(target_os = "linux")]
fn has_render_node(devices: &str) -> bool {
    let nodes = std::fs::read_dir(devices).into_iter().flatten().flatten();
    nodes.into_iter().any(|node| node.file_name().to_string_lossy().starts_with("renderD"))
}

#[cfg(any(target_os = "linux", test))]
fn needed_on(nvidia: bool, wayland: bool, accelerated: bool) -> Vec<(&'static str, &'static str)> {
    let mut needed = Vec::new();
    if nvidia {
        // On Wayland the driver's explicit synchronisation terminates WebKitGTK with a protocol error; on X11 the window stays white.
        let quirk = if wayland { "__NV_DISABLE_EXPLICIT_SYNC" } else { "WEBKIT_DISABLE_DMABUF_RENDERER" };
        needed.push((quirk, "1"));
    }
    if !accelerated {
        // Virtual machines: a graphics processor emulated in software is slower than rendering without compositing.
        needed.push(("WEBKIT_DISABLE_COMPOSITING_MODE", "1"));
    }
    needed
}

/// Sets the variables. Must be called before a second thread is started.
pub(crate) fn apply() {
    #[cfg(target_os = "linux")]
    for (name, value) in needed() {
        if let Err(error) = glib::setenv(name, value, false) {
            tracing::warn!(%error, name, "a graphics setting could not be applied");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_machines_that_need_a_setting_get_it() {
        assert_eq!(needed_on(false, true, true), []);
        assert_eq!(needed_on(true, true, true), [("__NV_DISABLE_EXPLICIT_SYNC", "1")]);
        assert_eq!(needed_on(true, false, true), [("WEBKIT_DISABLE_DMABUF_RENDERER", "1")]);
        assert_eq!(needed_on(false, false, false), [("WEBKIT_DISABLE_COMPOSITING_MODE", "1")]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn only_a_render_node_counts() {
        let devices = tempfile::tempdir().unwrap();
        let path = devices.path().to_str().unwrap();
        assert!(!has_render_node("/nowhere"));
        std::fs::write(devices.path().join("card0"), "").unwrap();
        assert!(!has_render_node(path));
        std::fs::write(devices.path().join("renderD128"), "").unwrap();
        assert!(has_render_node(path));
    }
}
