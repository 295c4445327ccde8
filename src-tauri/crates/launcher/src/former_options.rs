//! Reads the file in which the window of version 0.1.0 stored the options of its newest run. It is no longer written.

use std::fs;

use lab::{RunId, RunOptions};

use crate::folder::Folder;

const FILE: &str = "begun.json";

/// The options of a run, if the file is about that run.
pub(crate) fn read(folder: &Folder, run: &RunId) -> Option<RunOptions> {
    let json = fs::read(folder.path().join(FILE)).ok()?;
    let (id, options): (RunId, RunOptions) = serde_json::from_slice(&json).ok()?;
    (id == *run).then_some(options)
}

#[cfg(test)]
mod tests {
    use lab::{EngineChoice, EngineKind, Mode, Plan, RunInfo};
    use practice::Speed;

    use super::*;
    use crate::options::LaunchOptions;

    fn run(id: &str, options: Option<RunOptions>) -> RunInfo {
        RunInfo {
            endpoint: None,
            id: RunId(id.to_owned()),
            mode: Mode::Aws,
            engine: EngineKind::Docker,
            engine_version: None,
            account: None,
            region: Some("eu-west-1".to_owned()),
            options,
            plan: Plan::default(),
            started_at: time::OffsetDateTime::UNIX_EPOCH.into(),
            finished: false,
            steps: Vec::new(),
        }
    }

    #[test]
    fn a_run_of_version_0_1_0_is_resumed_as_its_window_started_it() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path().to_owned());
        let json = r#"["one",{"engine":{"kind":"auto"},"profile":"team","region":null,"speed":"instant"}]"#;
        fs::write(dir.path().join(FILE), json).unwrap();
        let resumed = LaunchOptions::resume(&folder, &run("one", None));
        assert_eq!((resumed.profile.as_deref(), resumed.speed), (Some("team"), Speed::Instant));
        assert_eq!(resumed.region.as_deref(), Some("eu-west-1"));
        assert_eq!(resumed.engine, EngineChoice::Docker { access: None });
        // The file is about that run only, and a run's own options win.
        assert_eq!(LaunchOptions::resume(&folder, &run("two", None)).profile, None);
        let own = RunOptions { profile: Some("own".to_owned()), ..RunOptions::default() };
        assert_eq!(LaunchOptions::resume(&folder, &run("one", Some(own))).profile.as_deref(), Some("own"));
    }
}
