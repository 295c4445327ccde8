//! A run in a company's network: AWS and registries under their real names, through a proxy with a password and a certificate authority
//! of its own; and no secret in anything that the program leaves behind or shows, at any log level.

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Command, Stdio},
};

use ::practice::{Practice, PracticeConfig};
use testbed::{
    company_network::{CompanyNetwork, PROXY_PASSWORD, ROLE_SECRET, ROLE_TOKEN, SSO_TOKEN},
    image_source::ImageSource,
};

use crate::{ProgramOutput, TestFolder, stopping::signal};

/// A role over a legacy SSO profile: the SSO token, the portal's keys and the role's keys are all in use.
const CONFIG: &str = "\
[profile portal]
sso_start_url = https://example.awsapps.com/start
sso_region = ap-northeast-2
sso_account_id = 123456789012
sso_role_name = Lab
[profile '팀 역할']
region = ap-northeast-2
role_arn = arn:aws:iam::123456789012:role/lab
source_profile = portal
";

struct Company {
    folder: TestFolder,
    network: CompanyNetwork,
    _practice: Practice,
    _images: ImageSource,
}

impl Company {
    async fn start() -> Self {
        let folder = TestFolder::new();
        let practice = Practice::start(PracticeConfig::new(folder.path().join("cloud"))).await.unwrap();
        let images = ImageSource::start(folder.path(), 64 << 10).await;
        let network = CompanyNetwork::start(&practice, images.addr()).await;
        network.write_authority(&folder.path().join("company.pem"));
        let cache = folder.path().join("home/.aws/sso/cache");
        std::fs::create_dir_all(&cache).unwrap();
        std::fs::write(folder.path().join("home/.aws/config"), CONFIG).unwrap();
        let session = format!(
            r#"{{"accessToken":"{SSO_TOKEN}","expiresAt":"2096-01-01T00:00:00Z","region":"ap-northeast-2","startUrl":"https://example.awsapps.com/start"}}"#
        );
        // The name is the SHA-1 of the start URL.
        std::fs::write(cache.join("e8be5486177c5b5392bd9aa76563515b29358e6e.json"), session).unwrap();
        Self { folder, network, _practice: practice, _images: images }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.folder.command(arguments);
        command
            .arg("--verbose")
            .env("HOME", self.folder.path().join("home"))
            .env("HTTPS_PROXY", self.network.proxy())
            .env("AWS_CA_BUNDLE", self.folder.path().join("company.pem"))
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("IMAGELAB_LOG", "trace");
        for name in ["AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_REGION", "AWS_DEFAULT_REGION", "NO_PROXY", "no_proxy"] {
            command.env_remove(name);
        }
        command
    }

    /// Runs the program until a line with `mark` is printed, then interrupts it. Also returns the command lines of all processes then.
    async fn interrupted_at(&self, arguments: &[&str], mark: &str) -> (ProgramOutput, String) {
        let mut command = self.command(arguments);
        let mark = mark.to_owned();
        let run = move || {
            let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            let mut err = String::new();
            let mut lines = BufReader::new(child.stderr.take().unwrap());
            loop {
                let from = err.len();
                assert_ne!(lines.read_line(&mut err).unwrap(), 0, "`{mark}` was never printed:\n{err}");
                if err[from..].contains(&mark) {
                    break;
                }
            }
            let processes = command_lines();
            signal(&child, "INT");
            lines.read_to_string(&mut err).unwrap();
            let mut out = String::new();
            child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
            (ProgramOutput { code: child.wait().unwrap().code(), out, err }, processes)
        };
        tokio::task::spawn_blocking(run).await.unwrap()
    }

    async fn finished(&self, arguments: &[&str]) -> ProgramOutput {
        let mut command = self.command(arguments);
        ProgramOutput::from(tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap())
    }
}

/// The command lines of all processes of this machine.
fn command_lines() -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        all.push_str(&String::from_utf8_lossy(&line));
        all.push('\n');
    }
    all
}

/// A secret in every form in which it could be written: as it is, percent-encoded, and in base64 at each of the three alignments.
fn forms(secret: &str) -> Vec<String> {
    use base64::{Engine as _, prelude::BASE64_STANDARD};
    let mut percent = String::new();
    for byte in secret.bytes() {
        if byte.is_ascii_alphanumeric() {
            percent.push(char::from(byte));
        } else {
            percent.extend(format!("%{byte:02X}").chars());
        }
    }
    let mut forms = vec![secret.to_owned(), percent];
    for before in 0..3 {
        let encoded = BASE64_STANDARD.encode([vec![0; before], secret.as_bytes().to_vec()].concat());
        // The characters at both ends also depend on what is beside the secret.
        forms.push(encoded[if before == 0 { 0 } else { 4 }..encoded.len() - 4].to_owned());
    }
    forms
}

fn assert_absent(secrets: &[String], place: &str, content: &[u8]) {
    for secret in secrets {
        for form in forms(secret) {
            let is_present = content.windows(form.len()).any(|part| part == form.as_bytes());
            assert!(!is_present, "{place} holds a secret, as {form}");
        }
    }
}

fn assert_absent_in_files(secrets: &[String], folder: &Path) -> usize {
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files += assert_absent_in_files(secrets, &path);
        } else if path.is_file() {
            assert_absent(secrets, &path.display().to_string(), &std::fs::read(&path).unwrap());
            files += 1;
        }
    }
    files
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_goes_through_the_companys_proxy_and_leaves_no_secret() {
    let company = Company::start().await;
    let account = ["--yes", "--account", "123456789012"];
    let run = [&["run", "--mode", "aws", "--profile", "팀 역할", "--engine", "builtin"][..], &account].concat();
    let (stopped, processes) = company.interrupted_at(&run, "[5/7]").await;
    let stopped = stopped.with(130);
    for host in [
        "portal.sso.ap-northeast-2.amazonaws.com",
        "sts.ap-northeast-2.amazonaws.com",
        "api.ecr.ap-northeast-2.amazonaws.com",
        "inspector2.ap-northeast-2.amazonaws.com",
        "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com",
        "public.ecr.aws",
    ] {
        assert!(company.network.hosts().iter().any(|seen| seen == host), "{host}: {:?}", company.network.hosts());
    }
    let proxy = company.network.proxy_without_password();
    assert!(stopped.err.contains(&format!("proxy {proxy}")) && stopped.err.contains("company.pem"), "{}", stopped.err);

    let status = company.finished(&["status", "--json"]).await.with(0);
    let report = company.folder.path().join("report.html");
    let clean = [&["cleanup", "--engine", "builtin", "--report", report.to_str().unwrap()][..], &account].concat();
    let cleaned = company.finished(&clean).await;
    assert!(cleaned.code.is_some_and(|code| code < 2), "{}", cleaned.err);

    let tokens: Vec<_> = company
        .network
        .registry_tokens()
        .into_iter()
        .filter_map(|pair| Some(pair.split_once(':')?.1.to_owned()))
        .collect();
    assert!(!tokens.is_empty(), "the registry was used");
    let secrets: Vec<_> =
        [ROLE_SECRET, ROLE_TOKEN, SSO_TOKEN, PROXY_PASSWORD].into_iter().map(str::to_owned).chain(tokens).collect();
    for (place, text) in [
        ("the log of the run", &stopped.err),
        ("the output of the run", &stopped.out),
        ("the status", &status.out),
        ("the log of the status", &status.err),
        ("the log of the clean-up", &cleaned.err),
        ("the output of the clean-up", &cleaned.out),
        ("the list of processes", &processes),
    ] {
        assert_absent(&secrets, place, text.as_bytes());
    }
    assert!(stopped.err.contains("TRACE") || stopped.err.contains("DEBUG"), "the log is at its most verbose");
    let files = assert_absent_in_files(&secrets, &company.folder.path().join("data"));
    assert!(files > 2, "the session and the engine's store are files");
    assert_absent(&secrets, "the report", &std::fs::read(report).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_profile_is_said_before_a_missing_region_and_commands_name_the_profile() {
    let company = Company::start().await;
    let run = ["run", "--mode", "aws", "--engine", "builtin", "--yes", "--account", "123456789012", "--profile"];
    let gone = company.finished(&[&run[..], &["없는 팀"]].concat()).await;
    assert!(gone.err.contains("There is no AWS profile named “없는 팀”"), "{}", gone.err);
    assert!(!gone.err.contains("No AWS Region"), "{}", gone.err);

    let cache = company.folder.path().join("home/.aws/sso");
    std::fs::remove_dir_all(cache).unwrap();
    let expired = company.finished(&[&run[..], &["팀 역할"]].concat()).await.with(1);
    assert!(expired.err.contains("aws sso login --profile portal"), "{}", expired.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_custom_endpoint_is_never_called_the_users_own_account() {
    let company = Company::start().await;
    let mut command =
        company.command(&["run", "--mode", "aws", "--engine", "builtin", "--yes", "--profile", "팀 역할"]);
    command.env("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let output = ProgramOutput::from(output);
    assert!(output.err.contains("Endpoint http://127.0.0.1:9, not AWS"), "{}", output.err);
    assert!(!output.err.contains("your own account"), "{}", output.err);
}
