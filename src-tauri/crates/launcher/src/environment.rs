//! The environment variables with which a terminal's `aws` and `docker` reach the practice cloud and the engine.

use engine::Engine;
use practice::Practice;
use serde::Serialize;

use crate::{Folder, LaunchError};

/// An environment variable.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its value. Access keys are those of the practice cloud and are valid nowhere else.
    pub value: String,
}

impl Variable {
    /// The variable as a line for a POSIX shell: `export NAME=value`.
    pub fn export(&self) -> String {
        format!("export {}={}", self.name, quoted(&self.value))
    }
}

/// The variables, in order. Variables of the user's own configuration that would take precedence are set to empty.
pub fn environment(folder: &Folder, cloud: &Practice, engine: Option<&Engine>) -> Result<Vec<Variable>, LaunchError> {
    let (access_key, secret_key) = cloud.credentials();
    let mut values = vec![
        ("AWS_ENDPOINT_URL", cloud.endpoint()),
        ("AWS_REGION", cloud.region().to_owned()),
        ("AWS_DEFAULT_REGION", cloud.region().to_owned()),
        ("AWS_ACCESS_KEY_ID", access_key),
        ("AWS_SECRET_ACCESS_KEY", secret_key),
        ("AWS_SESSION_TOKEN", String::new()),
        ("AWS_PAGER", String::new()),
    ];
    if let Some(engine) = engine {
        values.extend([
            ("DOCKER_HOST", engine.docker_host()),
            ("DOCKER_CONTEXT", String::new()),
            ("DOCKER_TLS_VERIFY", String::new()),
        ]);
    }
    values.push(("DOCKER_CONFIG", folder.docker_config()?.display().to_string()));
    Ok(values.into_iter().map(|(name, value)| Variable { name: name.to_owned(), value }).collect())
}

/// As a shell reads it: what could mean something to it is quoted.
fn quoted(value: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/:._-+=@%,".contains(letter);
    if value.chars().all(plain) { value.to_owned() } else { format!("'{}'", value.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_a_value_as_it_is() {
        assert_eq!(quoted("tcp://127.0.0.1:2375"), "tcp://127.0.0.1:2375");
        assert_eq!(quoted("/home/kim/my data"), "'/home/kim/my data'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted("$(id)"), "'$(id)'");
    }
}
