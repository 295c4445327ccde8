//! How a run is started and resumed: the choices that are not part of its plan.

use serde::{Deserialize, Serialize};

use crate::model::access::EngineAccess;

/// The choices a run is started with, kept with the run so that every front end resumes it in the same way.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunOptions {
    /// A profile of the user's AWS configuration; `None`: the environment's, else `default`.
    pub profile: Option<String>,
    /// The requested Region; `None`: the profile's, or the practice cloud's own.
    pub region: Option<String>,
    /// The requested image engine.
    #[serde(default)]
    pub engine: EngineChoice,
    /// The name of the practice cloud's speed, such as `fast`. The lab only keeps it.
    pub speed: Option<String>,
}

/// An image engine, as a user chooses it.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum EngineChoice {
    /// Docker if one is found that reaches the registry, else the built-in engine.
    #[default]
    Auto,
    /// The built-in engine.
    Builtin,
    /// Docker, or an error that says why it cannot be used.
    Docker {
        /// A particular one; `None`: the first that can be used.
        access: Option<EngineAccess>,
    },
}

impl EngineChoice {
    /// The names of [`EngineChoice::by_name`].
    pub const NAMES: [&str; 3] = ["auto", "docker", "builtin"];

    /// The choice with a name of the command line; `None` if there is no such name.
    pub fn by_name(name: &str) -> Option<Self> {
        match name {
            "auto" => Some(Self::Auto),
            "docker" => Some(Self::Docker { access: None }),
            "builtin" => Some(Self::Builtin),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_a_choice_of_its_own() {
        let choices: Vec<_> =
            EngineChoice::NAMES.into_iter().map(|name| EngineChoice::by_name(name).unwrap()).collect();
        assert_eq!(choices, [EngineChoice::Auto, EngineChoice::Docker { access: None }, EngineChoice::Builtin]);
        assert_eq!(EngineChoice::by_name("podman"), None);
    }

    #[test]
    fn options_stored_by_version_0_1_0_are_read() {
        let stored = r#"{"engine":{"kind":"docker","access":{"kind":"docker","host":"unix:///var/run/docker.sock","tls":null}},"profile":"team","region":null,"speed":"fast"}"#;
        let options: RunOptions = serde_json::from_str(stored).unwrap();
        assert_eq!((options.profile.as_deref(), options.speed.as_deref()), (Some("team"), Some("fast")));
        assert!(matches!(options.engine, EngineChoice::Docker { access: Some(_) }));
    }
}
