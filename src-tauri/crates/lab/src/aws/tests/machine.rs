//! The user's own AWS configuration, on made-up machines. Each runs in a process of its own, since the environment and the home folder
//! belong to a process. The child writes its result to a file.

use std::{path::Path, process::Command, sync::Arc};

use testbed::{
    closing_server::ClosingServer,
    scripted_server::{ScriptedResponse, ScriptedServer},
};

use super::unwrap;
use crate::{
    aws::Aws,
    entry_log::EntryLog,
    model::{access::AwsAccess, code::Code},
};

const CHILD: &str = "aws::tests::machine::in_a_process_of_its_own";
const MARK: &str = "result: ";

/// Runs in the child process: connects with a profile, requests the identity, writes the Region and the account or the problem.
#[tokio::test]
#[ignore = "started by the other tests of this file"]
async fn in_a_process_of_its_own() {
    let var = |name: &str| std::env::var(name).ok();
    let access = AwsAccess::Profile { profile: var("TEST_PROFILE"), region: var("TEST_REGION") };
    let result = match Aws::connect(&access, Arc::new(EntryLog::default())).await {
        Err(error) => unwrap(error).code.to_string(),
        Ok(aws) => match aws.identity().await {
            Ok(identity) => format!("{} {}", aws.region(), identity.account),
            Err(error) => format!("{} {}", aws.region(), unwrap(error).code),
        },
    };
    std::fs::write(var("TEST_OUT").unwrap(), format!("{MARK}{result}")).unwrap();
}

pub(super) struct Machine {
    home: tempfile::TempDir,
    vars: Vec<(String, String)>,
}

impl Machine {
    pub(super) fn new(config: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join(".aws")).unwrap();
        std::fs::write(home.path().join(".aws/config"), config).unwrap();
        // On a laptop the metadata service's address does not respond; here the connection is refused at once.
        Self { home, vars: Vec::new() }.var("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:9")
    }

    /// Its home folder.
    pub(super) fn home(&self) -> &Path {
        self.home.path()
    }

    pub(super) fn var(mut self, name: &str, value: &str) -> Self {
        self.vars.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(super) async fn result(&self) -> String {
        let out_file = self.home.path().join("out");
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", CHILD, "--ignored", "--test-threads=1"])
            .env_clear()
            .env("HOME", self.home.path())
            .env("USERPROFILE", self.home.path())
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("TEST_OUT", &out_file)
            .envs(self.vars.iter().cloned());
        let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
        read(&out_file).unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stdout)))
    }
}

fn read(out: &Path) -> Option<String> {
    Some(std::fs::read_to_string(out).ok()?.strip_prefix(MARK)?.to_owned())
}

/// A scripted STS that returns the caller's access key id as the account.
async fn sts() -> ScriptedServer {
    ScriptedServer::start(|request| {
        let authorization = request.header("authorization").unwrap_or_default();
        let key = authorization.split("Credential=").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or("anonymous");
        ScriptedResponse::new(
            200,
            format!(
                r#"<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/me</Arn><UserId>me</UserId><Account>{key}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"#
            ),
        )
    })
    .await
}

#[tokio::test]
async fn a_missing_region_is_reported_before_anything_is_sent() {
    assert_eq!(Machine::new("").result().await, Code::NoRegion.as_str());
}

#[tokio::test]
async fn without_credentials_the_metadata_service_is_tried_only_once() {
    let metadata = ClosingServer::start().await;
    let machine = Machine::new("[default]\nregion = ap-northeast-2\n");
    let machine = machine.var("AWS_EC2_METADATA_SERVICE_ENDPOINT", &metadata.url());
    assert_eq!(machine.result().await, "ap-northeast-2 no-credentials");
    assert_eq!(metadata.connections(), 1);
}

#[tokio::test]
async fn a_named_profile_takes_precedence_over_keys_in_the_environment() {
    let sts = sts().await;
    let config = "[default]\nregion = us-east-1\n\
        [profile lab]\nregion = eu-west-1\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = s\n";
    let machine = || {
        Machine::new(config)
            .var("AWS_ENDPOINT_URL", &sts.url("http"))
            .var("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT")
            .var("AWS_SECRET_ACCESS_KEY", "s")
    };
    assert_eq!(machine().result().await, "us-east-1 AKIAENVIRONMENT");
    assert_eq!(machine().var("TEST_PROFILE", "lab").result().await, "eu-west-1 AKIAPROFILE");
    assert_eq!(machine().var("TEST_REGION", "eu-north-1").result().await, "eu-north-1 AKIAENVIRONMENT");
    assert_eq!(machine().var("AWS_REGION", "eu-south-1").result().await, "eu-south-1 AKIAENVIRONMENT");
}

#[cfg(unix)]
#[tokio::test]
async fn a_helper_program_can_provide_the_credentials() {
    let sts = sts().await;
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output.json");
    std::fs::write(&output, r#"{"Version":1,"AccessKeyId":"AKIAHELPER","SecretAccessKey":"s"}"#).unwrap();
    let profile = |program: &str| format!("[profile helper]\nregion = us-west-2\ncredential_process = {program}\n");
    let machine = |program: &str| {
        Machine::new(&profile(program)).var("AWS_ENDPOINT_URL", &sts.url("http")).var("TEST_PROFILE", "helper")
    };
    assert_eq!(machine(&format!("cat {}", output.display())).result().await, "us-west-2 AKIAHELPER");
    assert_eq!(machine("false").result().await, "us-west-2 credentials-unreadable");
}

#[tokio::test]
async fn a_missing_sign_in_is_reported_as_expired_sso() {
    let machine = Machine::new(
        "[profile portal]\nregion = us-west-2\nsso_session = mine\nsso_account_id = 123456789012\nsso_role_name = Lab\n[sso-session mine]\nsso_region = us-west-2\nsso_start_url = https://example.awsapps.com/start\n",
    );
    assert_eq!(machine.var("TEST_PROFILE", "portal").result().await, "us-west-2 sso-expired");
}

#[tokio::test]
async fn a_profile_that_does_not_exist_is_reported() {
    let machine =
        Machine::new("[default]\nregion = us-west-2\n").var("TEST_PROFILE", "missing").var("TEST_REGION", "us-west-2");
    assert_eq!(machine.result().await, "profile-missing");
}
