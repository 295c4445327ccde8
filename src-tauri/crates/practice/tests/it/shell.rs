//! A shell with the practice cloud's environment, for third-party commands. Where a command is missing, the test is skipped.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;
use testbed::tools;

use crate::support::Cloud;

/// Early versions of AWS CLI 2 ignore `AWS_ENDPOINT_URL`.
const AWS_WITH_ENDPOINT: &str = "aws() { command aws --endpoint-url \"$AWS_ENDPOINT_URL\" \"$@\"; }\n";

/// A shell like that of a learner: the commands in its path and the practice cloud in its environment.
pub(crate) struct Shell {
    environment: Vec<(&'static str, String)>,
    prelude: &'static str,
    home: TempDir,
}

/// The result of a script.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) ok: bool,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Shell {
    /// With version 1 of the AWS CLI.
    pub(crate) fn aws_1(cloud: &Cloud) -> Option<Self> {
        tools::aws_1().map(|program| Self::new(cloud, &program, ""))
    }

    /// With version 2 of the AWS CLI, which is tested where the system has it.
    pub(crate) fn aws_2(cloud: &Cloud) -> Option<Self> {
        tools::aws_2().map(|program| Self::new(cloud, &program, AWS_WITH_ENDPOINT))
    }

    pub(crate) fn skopeo(cloud: &Cloud) -> Option<Self> {
        tools::skopeo().map(|program| Self::new(cloud, &program, ""))
    }

    fn new(cloud: &Cloud, program: &Path, prelude: &'static str) -> Self {
        let home = tempfile::tempdir().unwrap();
        let (access_key, secret_key) = cloud.practice.credentials();
        let folder = program.parent().unwrap().display();
        let region = cloud.practice.region().to_owned();
        let environment = vec![
            ("PATH", format!("{folder}:/usr/bin:/bin")),
            ("HOME", home.path().display().to_string()),
            ("XDG_RUNTIME_DIR", home.path().display().to_string()),
            ("AWS_ENDPOINT_URL", cloud.practice.endpoint()),
            ("AWS_REGION", region.clone()),
            ("AWS_DEFAULT_REGION", region),
            ("AWS_ACCESS_KEY_ID", access_key),
            ("AWS_SECRET_ACCESS_KEY", secret_key),
            ("AWS_PAGER", String::new()),
            ("AWS_EC2_METADATA_DISABLED", "true".to_owned()),
            ("REGISTRY", cloud.practice.registry_addr()),
            ("PUBLIC", cloud.practice.public_addr()),
        ];
        Self { environment, prelude, home }
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Runs a script with this standard input.
    pub(crate) async fn run_with(&self, script: &str, input: &str) -> Output {
        let mut command = Command::new("/bin/sh");
        command.arg("-c").arg(format!("{}{script}", self.prelude)).current_dir(self.home.path()).env_clear();
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let input = input.to_owned();
        let output = tokio::task::spawn_blocking(move || {
            let mut child = command.spawn().unwrap();
            let mut stdin = child.stdin.take().unwrap();
            std::io::Write::write_all(&mut stdin, input.as_bytes()).unwrap();
            drop(stdin);
            child.wait_with_output().unwrap()
        });
        let output = output.await.unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Output { ok: output.status.success(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Runs a script that must succeed, and returns its output.
    pub(crate) async fn text(&self, script: &str) -> String {
        let output = self.run_with(script, "").await;
        assert!(output.ok, "{script}: {}", output.stderr);
        output.stdout
    }

    /// Runs a script that must print JSON.
    pub(crate) async fn json(&self, script: &str) -> Value {
        let text = self.text(script).await;
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{script}: {error}: {text}"))
    }

    /// Runs a script that must fail, and returns its error output.
    pub(crate) async fn refused(&self, script: &str) -> String {
        let output = self.run_with(script, "").await;
        assert!(!output.ok, "{script} succeeded: {}", output.stdout);
        output.stderr
    }
}
