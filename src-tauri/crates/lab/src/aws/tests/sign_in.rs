//! Every kind of profile signs in, from real files and through a company's proxy with a password and its own certificate authority; what
//! goes wrong is reported as what it is.

use practice::{Practice, PracticeConfig};
use testbed::{
    company_network::{CompanyNetwork, ROLE_SECRET, SSO_TOKEN, WEB_TOKEN},
    scripted_server::{ScriptedResponse, ScriptedServer},
};

use super::machine::Machine;
use crate::model::code::Code;

const REGION: &str = "ap-northeast-2";

/// One profile of each kind. The names are those that people give: with spaces, in Korean, and plain.
const CONFIG: &str = "\
[profile 'my keys']
region = ap-northeast-2
[profile 회사 포털]
region = ap-northeast-2
sso_session = 세션
sso_account_id = 123456789012
sso_role_name = Lab
[sso-session 세션]
sso_region = ap-northeast-2
sso_start_url = https://example.awsapps.com/other
[profile legacy]
region = ap-northeast-2
sso_start_url = https://example.awsapps.com/start
sso_region = ap-northeast-2
sso_account_id = 123456789012
sso_role_name = Lab
[profile login]
region = ap-northeast-2
login_session = arn:aws:iam::123456789012:user/kim
[profile \"팀 역할\"]
region = ap-northeast-2
role_arn = arn:aws:iam::123456789012:role/lab
source_profile = my keys
[profile denied]
region = ap-northeast-2
role_arn = arn:aws:iam::123456789012:role/denied
source_profile = my keys
[profile mfa]
region = ap-northeast-2
role_arn = arn:aws:iam::123456789012:role/lab
source_profile = my keys
mfa_serial = arn:aws:iam::123456789012:mfa/kim
[profile web]
region = ap-northeast-2
role_arn = arn:aws:iam::123456789012:role/lab
web_identity_token_file = HOME/web token
[profile program]
region = ap-northeast-2
credential_process = cat 'HOME/program output'
[profile hanging]
region = ap-northeast-2
credential_process = tail -f /dev/null
[profile container]
region = ap-northeast-2
role_arn = arn:aws:iam::123456789012:role/lab
credential_source = EcsContainer
[profile instance]
region = ap-northeast-2
role_arn = arn:aws:iam::123456789012:role/lab
credential_source = Ec2InstanceMetadata
[profile no-region]
aws_access_key_id = AKIASTATIC
aws_secret_access_key = s
";

struct Company {
    network: CompanyNetwork,
    _practice: Practice,
    folder: tempfile::TempDir,
}

impl Company {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let practice = Practice::start(PracticeConfig::new(folder.path().join("cloud"))).await.unwrap();
        let network = CompanyNetwork::start(&practice, "127.0.0.1:9").await;
        network.write_authority(&folder.path().join("company.pem"));
        Self { network, _practice: practice, folder }
    }

    /// A machine in the company's network, with the files of all profiles.
    fn machine(&self) -> Machine {
        let machine = Machine::new("");
        let home = machine.home().to_owned();
        let write = |name: &str, text: &str| {
            let path = home.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write(".aws/config", &CONFIG.replace("HOME", home.to_str().unwrap()));
        write(".aws/credentials", "[my keys]\naws_access_key_id = AKIASTATIC\naws_secret_access_key = static\n");
        let session = |token: &str, expires: &str| {
            format!(
                r#"{{"accessToken":"{token}","expiresAt":"{expires}","region":"ap-northeast-2","startUrl":"https://example.awsapps.com/start"}}"#
            )
        };
        // The names are the SHA-1 of the session's name and of the start URL.
        let sso = ".aws/sso/cache/37ee660ffbf37174bfee866a0f38efcd6df57294.json";
        write(sso, &session(SSO_TOKEN, "2096-01-01T00:00:00Z"));
        let legacy = ".aws/sso/cache/e8be5486177c5b5392bd9aa76563515b29358e6e.json";
        write(legacy, &session(SSO_TOKEN, "2096-01-01T00:00:00Z"));
        // The name is the SHA-256 of the session.
        write(
            ".aws/login/cache/5eac23c3ea68e3e98073a267164421d21c59b8690ad6ed6f2e6bb534b6c11dcb.json",
            &format!(
                r#"{{"accessToken":{{"accessKeyId":"ASIALOGIN","secretAccessKey":"{ROLE_SECRET}","sessionToken":"t","accountId":"123456789012","expiresAt":"2096-01-01T00:00:00Z"}},"tokenType":"aws_sigv4","refreshToken":"r","idToken":"i","clientId":"c","dpopKey":"k"}}"#
            ),
        );
        write("web token", WEB_TOKEN);
        write("program output", r#"{"Version":1,"AccessKeyId":"AKIAPROGRAM","SecretAccessKey":"s"}"#);
        machine
            .var("HTTPS_PROXY", &self.network.proxy())
            .var("AWS_CA_BUNDLE", self.folder.path().join("company.pem").to_str().unwrap())
    }

    /// The result of a profile, and the key that signed the last call.
    async fn result(&self, profile: &str) -> (String, String) {
        let result = self.machine().var("TEST_PROFILE", profile).result().await;
        (result, self.network.calls().last().map(|call| call.access_key.clone()).unwrap_or_default())
    }
}

/// What the metadata services of a container and of an instance answer.
async fn metadata() -> ScriptedServer {
    ScriptedServer::start(|request| {
        let credentials = |key: &str| {
            format!(
                r#"{{"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"{key}","SecretAccessKey":"s","Token":"t","Expiration":"2096-01-01T00:00:00Z","LastUpdated":"2026-01-01T00:00:00Z","AccountId":"123456789012"}}"#
            )
        };
        if request.target.contains("/latest/api/token") {
            ScriptedResponse::new(200, "token").header("x-aws-ec2-metadata-token-ttl-seconds", "21600")
        } else if request.target.contains("/container") {
            ScriptedResponse::new(200, credentials("ASIACONTAINER"))
        } else if request.target.ends_with("/security-credentials/") {
            ScriptedResponse::new(200, "lab")
        } else if request.target.contains("/security-credentials") {
            ScriptedResponse::new(200, credentials("ASIAINSTANCE"))
        } else {
            ScriptedResponse::new(404, "")
        }
    })
    .await
}

#[tokio::test]
async fn every_kind_of_profile_signs_in_through_the_companys_proxy() {
    let company = Company::start().await;
    for (profile, key) in [
        ("my keys", "AKIASTATIC"),
        ("회사 포털", "ASIASSO"),
        ("legacy", "ASIASSO"),
        ("login", "ASIALOGIN"),
        ("팀 역할", "ASIAROLE"),
        ("web", "ASIAWEB"),
        ("program", "AKIAPROGRAM"),
    ] {
        let (result, used) = company.result(profile).await;
        assert_eq!((result.as_str(), used.as_str()), ("ap-northeast-2 123456789012", key), "{profile}");
    }
    assert!(company.network.hosts().contains(&"portal.sso.ap-northeast-2.amazonaws.com".to_owned()));
    assert_eq!(company.network.refused(), 0);
}

#[tokio::test]
async fn metadata_services_are_not_asked_through_the_proxy() {
    let (company, metadata) = (Company::start().await, metadata().await);
    for (profile, source) in [("container", "ASIACONTAINER"), ("instance", "ASIAINSTANCE")] {
        let machine = company
            .machine()
            .var("TEST_PROFILE", profile)
            .var("AWS_CONTAINER_CREDENTIALS_FULL_URI", &format!("{}/container", metadata.url("http")))
            .var("AWS_EC2_METADATA_SERVICE_ENDPOINT", &metadata.url("http"));
        assert_eq!(machine.result().await, "ap-northeast-2 123456789012", "{profile}");
        let calls = company.network.calls();
        // The role was assumed with the metadata service's key, and the identity asked for with the role's.
        let keys: Vec<_> = calls.iter().rev().take(2).map(|call| call.access_key.as_str()).collect();
        assert_eq!(keys, ["ASIAROLE", source], "{profile}");
    }
    assert!(company.network.hosts().iter().all(|host| host.ends_with(".amazonaws.com")));
}

#[tokio::test]
async fn the_environment_provides_web_identity_and_keys() {
    let company = Company::start().await;
    let machine = company.machine();
    let token = machine.home().join("web token").display().to_string();
    let machine = machine
        .var("AWS_REGION", REGION)
        .var("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/lab")
        .var("AWS_WEB_IDENTITY_TOKEN_FILE", &token);
    assert_eq!(machine.result().await, "ap-northeast-2 123456789012");
    assert_eq!(company.network.calls().last().unwrap().access_key, "ASIAWEB");
    // A profile that the environment names, with a space in its name.
    let machine = company.machine().var("AWS_PROFILE", "my keys");
    assert_eq!(machine.result().await, "ap-northeast-2 123456789012");
    assert_eq!(company.network.calls().last().unwrap().access_key, "AKIASTATIC");
}

#[tokio::test]
async fn what_fails_on_the_way_to_credentials_is_named() {
    let company = Company::start().await;
    let expired = |file: &str| {
        let machine = company.machine();
        let path = machine.home().join(file);
        let text = std::fs::read_to_string(&path).unwrap().replace("2096-", "2016-");
        std::fs::write(path, text).unwrap();
        machine
    };
    let sso = ".aws/sso/cache/37ee660ffbf37174bfee866a0f38efcd6df57294.json";
    let machine = expired(sso).var("TEST_PROFILE", "회사 포털");
    assert_eq!(machine.result().await, "ap-northeast-2 sso-expired");
    let machine = company.machine().var("TEST_PROFILE", "legacy");
    let legacy = machine.home().join(".aws/sso/cache/e8be5486177c5b5392bd9aa76563515b29358e6e.json");
    let text = std::fs::read_to_string(&legacy).unwrap().replace(SSO_TOKEN, "revoked");
    std::fs::write(legacy, text).unwrap();
    assert_eq!(machine.result().await, "ap-northeast-2 sso-expired");
    let machine = company.machine().var("TEST_PROFILE", "login");
    std::fs::remove_dir_all(machine.home().join(".aws/login")).unwrap();
    assert_eq!(machine.result().await, "ap-northeast-2 login-expired");
    assert_eq!(company.result("denied").await.0, "ap-northeast-2 access-denied");
    assert_eq!(company.result("mfa").await.0, Code::ProfileNeedsMfa.as_str());
    assert_eq!(company.result("gone").await.0, Code::ProfileMissing.as_str());
    assert_eq!(company.result("no-region").await.0, Code::NoRegion.as_str());
    let machine = company.machine().var("AWS_PROFILE", "gone too");
    assert_eq!(machine.result().await, Code::ProfileMissing.as_str());
}

#[tokio::test]
async fn a_helper_program_that_hangs_is_not_reported_as_a_network_fault() {
    let company = Company::start().await;
    assert_eq!(company.result("hanging").await.0, "ap-northeast-2 credentials-slow");
}

#[tokio::test]
async fn a_fault_of_the_network_is_not_reported_as_a_fault_of_the_profile() {
    let company = Company::start().await;
    // `.invalid` is never resolved.
    let machine = company.machine().var("NO_PROXY", "*").var("AWS_ENDPOINT_URL", "https://sts.invalid");
    assert_eq!(machine.var("TEST_PROFILE", "팀 역할").result().await, "ap-northeast-2 name-unknown");
    let machine = company.machine().var("HTTPS_PROXY", &company.network.proxy_without_password());
    assert_eq!(machine.var("TEST_PROFILE", "my keys").result().await, "ap-northeast-2 proxy-refused");
    let machine = company.machine().var("HTTPS_PROXY", &company.network.proxy_without_password());
    assert_eq!(machine.var("TEST_PROFILE", "팀 역할").result().await, "ap-northeast-2 proxy-refused");
    assert!(company.network.refused() > 0);
    // Without the company's certificates.
    let machine = company.machine().var("AWS_CA_BUNDLE", "").var("TEST_PROFILE", "my keys");
    assert_eq!(machine.result().await, "ap-northeast-2 certificate");
    let machine = company.machine().var("AWS_CA_BUNDLE", "/nowhere/company.pem").var("TEST_PROFILE", "my keys");
    assert_eq!(machine.result().await, Code::CaBundle.as_str());
    let machine = company.machine().var("HTTPS_PROXY", "http://kim:p a s s@proxy:1").var("TEST_PROFILE", "my keys");
    assert_eq!(machine.result().await, Code::ProxyInvalid.as_str());
}

#[tokio::test]
async fn fips_and_dual_stack_endpoints_are_called_where_they_are_configured() {
    let company = Company::start().await;
    let called = async |name: &str| {
        company.machine().var(name, "true").var("TEST_PROFILE", "my keys").result().await;
        company.network.calls().last().unwrap().host.clone()
    };
    assert_eq!(called("AWS_USE_DUALSTACK_ENDPOINT").await, "sts.ap-northeast-2.api.aws");
    assert_eq!(called("AWS_USE_FIPS_ENDPOINT").await, "sts-fips.ap-northeast-2.amazonaws.com");
    assert_eq!(called("UNRELATED").await, "sts.ap-northeast-2.amazonaws.com");
}
