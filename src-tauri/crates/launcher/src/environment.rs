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
    ///
    /// # Panics
    ///
    /// If the value contains a NUL, which no variable of an environment can.
    pub fn export(&self) -> String {
        let value = shlex::try_quote(&self.value).expect("no variable contains a NUL");
        format!("export {}={value}", self.name)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_a_value_as_it_is() {
        let export = |value: &str| Variable { name: "NAME".to_owned(), value: value.to_owned() }.export();
        assert_eq!(export("tcp://127.0.0.1:2375"), "export NAME=tcp://127.0.0.1:2375");
        assert_eq!(export(""), "export NAME=''");
        assert_eq!(export("/home/kim/my data"), "export NAME='/home/kim/my data'");
        assert_eq!(export("it's"), r#"export NAME="it's""#);
        assert_eq!(export("$(id)"), "export NAME='$(id)'");
    }
}
