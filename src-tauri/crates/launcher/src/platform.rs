//! The operating systems that the lab runs on, as far as paths and programs differ: as a value, so that each is tested on any.

use std::path::PathBuf;

use etcetera::{
    HomeDirError,
    app_strategy::{AppStrategy, AppStrategyArgs, Apple, Windows, Xdg},
};

/// An operating system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Platform {
    /// Linux, and what else is like it.
    Linux,
    MacOs,
    Windows,
}

impl Platform {
    /// That of this machine.
    pub(crate) fn of_machine() -> Self {
        if cfg!(windows) {
            Self::Windows
        } else if cfg!(target_os = "macos") {
            Self::MacOs
        } else {
            Self::Linux
        }
    }

    /// The user's default data folder; `None` without a home folder.
    pub(crate) fn data_folder(self) -> Option<PathBuf> {
        fn data_dir<S: AppStrategy>(strategy: fn(AppStrategyArgs) -> Result<S, HomeDirError>) -> Option<PathBuf> {
            let app = AppStrategyArgs { app_name: "imagelab".to_owned(), ..AppStrategyArgs::default() };
            strategy(app).ok().map(|dirs| dirs.data_dir())
        }
        match self {
            Self::Linux => data_dir(Xdg::new),
            Self::MacOs => data_dir(Apple::new),
            Self::Windows => data_dir(Windows::new),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_system_has_its_data_folder() {
        for (platform, expected) in [
            (Platform::Linux, "imagelab"),
            (Platform::MacOs, "Library/Application Support/imagelab"),
            (Platform::Windows, "imagelab/data"),
        ] {
            let folder = platform.data_folder().expect("there is a home folder");
            assert!(folder.ends_with(expected), "{platform:?}: {}", folder.display());
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_platform_is_that_of_the_machine() {
        assert_eq!(Platform::of_machine(), Platform::Linux);
    }
}
