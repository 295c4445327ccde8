//! The programs that tests of the real window need.

use std::path::{Path, PathBuf};

/// The programs that show, drive and screenshot a window.
#[derive(Clone, Debug)]
pub struct Tools {
    pub(crate) xvfb: PathBuf,
    pub(crate) dbus: PathBuf,
    pub(crate) tauri_driver: PathBuf,
    pub(crate) webkit_driver: PathBuf,
    pub(crate) import: PathBuf,
    /// The window's program.
    pub window: PathBuf,
}

impl Tools {
    /// All of them; or `None` if one is missing, and the test is skipped.
    ///
    /// # Panics
    ///
    /// If one is missing where `CI` is set, on Linux.
    pub fn find() -> Option<Self> {
        if !cfg!(target_os = "linux") {
            skipped::report(
                "windows are driven on Linux only: WebKitGTK is the one engine with a driver that needs no desktop",
            );
            return None;
        }
        let tools = Self::locate();
        if let Err(missing) = &tools {
            skipped::report(&format!("there is no {missing}; `cargo xtask test` sets it up"));
        }
        tools.ok()
    }

    /// All of them, or the name of the first that is missing.
    pub fn locate() -> Result<Self, String> {
        Ok(Self {
            xvfb: on_path("Xvfb")?,
            dbus: on_path("dbus-daemon")?,
            tauri_driver: on_path("tauri-driver")?,
            webkit_driver: on_path("WebKitWebDriver")?,
            import: on_path("import")?,
            window: window_program()?,
        })
    }
}

/// The window's program: `$IMAGELAB_WINDOW`, or the one that was built beside this program.
pub fn window_program() -> Result<PathBuf, String> {
    const NAME: &str = "image-security-lab";
    if let Some(program) = std::env::var_os("IMAGELAB_WINDOW").map(PathBuf::from) {
        return if program.is_file() { Ok(program) } else { Err(program.display().to_string()) };
    }
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let beside = own.ancestors().skip(1).take(2).map(|folder| folder.join(NAME)).find(|file| file.is_file());
    beside.ok_or_else(|| format!("{NAME} beside {}", own.display()))
}

fn on_path(name: &str) -> Result<PathBuf, String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    // The folder of `cargo install` need not be on the path.
    let cargo = std::env::var_os("CARGO_HOME").map(|home| Path::new(&home).join("bin"));
    let home = std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo/bin"));
    let mut folders = std::env::split_paths(&path).chain(cargo).chain(home);
    folders.find_map(|folder| Some(folder.join(name)).filter(|file| file.is_file())).ok_or_else(|| name.to_owned())
}
