//! What kind of credentials a profile has, and whether the lab can use it. In the order in which the SDK looks at a profile's
//! properties.

use aws_config::profile::Profile;
use serde::Serialize;

use super::files::AwsFiles;
use crate::{
    model::{code::Code, problem::Problem},
    shell_word::quote,
};

/// Where a profile's credentials come from.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ProfileKind {
    /// An access key in the file.
    Static,
    /// IAM Identity Center, through an `[sso-session]`.
    Sso,
    /// IAM Identity Center, with its start URL in the profile.
    SsoLegacy,
    /// A session of `aws login`.
    Login,
    /// A role, with another profile's credentials.
    AssumeRole,
    /// A role, with a token in a file.
    WebIdentity,
    /// A program's output.
    Process,
    /// The container's own role.
    Container,
    /// The role of the EC2 instance.
    InstanceMetadata,
    /// A role, with the keys in the environment.
    Environment,
    /// Only settings, no credentials.
    None,
}

impl ProfileKind {
    /// The kind of a profile.
    pub(crate) fn of(profile: &Profile) -> Self {
        let has = |property: &str| profile.get(property).is_some();
        let is_role = has("role_arn");
        let source = profile.get("credential_source").map(str::to_ascii_lowercase);
        match source.as_deref() {
            Some("ecscontainer") => Self::Container,
            Some("ec2instancemetadata") => Self::InstanceMetadata,
            Some("environment") => Self::Environment,
            _ if is_role && has("web_identity_token_file") => Self::WebIdentity,
            _ if is_role => Self::AssumeRole,
            _ if has("sso_session") => Self::Sso,
            _ if has("sso_start_url") || has("sso_account_id") => Self::SsoLegacy,
            _ if has("login_session") => Self::Login,
            _ if has("credential_process") => Self::Process,
            _ if has("aws_access_key_id") || has("aws_secret_access_key") => Self::Static,
            _ => Self::None,
        }
    }
}

/// Why the lab cannot use a profile; `None` if nothing in the files rules it out.
pub(crate) fn problem(files: &AwsFiles, name: &str) -> Option<Problem> {
    let (mut current, mut visited) = (name.to_owned(), vec![name.to_owned()]);
    loop {
        let profile = files.profile(&current)?;
        if let Some(problem) = own_problem(files, &current, profile, visited.len() == 1) {
            return Some(if problem.code == Code::ProfileNeedsMfa { needs_mfa(name) } else { problem });
        }
        // With a source that has a key of its own, the SDK looks no further.
        let is_key = visited.len() > 1 && profile.get("aws_access_key_id").is_some();
        if is_key || ProfileKind::of(profile) != ProfileKind::AssumeRole {
            return None;
        }
        let source = files.referenced(profile, "source_profile")?;
        if source == current {
            return profile.get("aws_access_key_id").is_none().then(|| incomplete(&current, "aws_access_key_id"));
        }
        if files.profile(&source).is_none() {
            let problem = Problem::new(Code::ProfileSourceMissing).with("profile", current);
            return Some(problem.with("source", source));
        }
        if visited.contains(&source) {
            return Some(Problem::new(Code::ProfileLoop).with("profile", name).with("source", source));
        }
        visited.push(source.clone());
        current = source;
    }
}

/// What is wrong with a profile itself, without those that it refers to.
fn own_problem(files: &AwsFiles, name: &str, profile: &Profile, is_first: bool) -> Option<Problem> {
    let has = |property: &str| profile.get(property).is_some();
    let missing = |properties: &[&'static str]| {
        let missing = properties.iter().find(|property| !has(property));
        missing.map(|property| incomplete(name, property))
    };
    match ProfileKind::of(profile) {
        ProfileKind::AssumeRole if has("mfa_serial") => Some(needs_mfa(name)),
        ProfileKind::AssumeRole => missing(&["source_profile"]),
        ProfileKind::Container | ProfileKind::InstanceMetadata | ProfileKind::Environment if has("source_profile") => {
            Some(Problem::new(Code::ProfileContradicts).with("profile", name))
        }
        ProfileKind::Sso => {
            let session = files.referenced(profile, "sso_session").unwrap_or_default();
            match files.sso_session(&session) {
                None => Some(Problem::new(Code::ProfileSessionMissing).with("profile", name).with("session", session)),
                Some((None, _)) => Some(incomplete(name, "sso_start_url")),
                Some((_, None)) => Some(incomplete(name, "sso_region")),
                Some(_) => missing(&["sso_account_id", "sso_role_name"]),
            }
        }
        ProfileKind::SsoLegacy => missing(&["sso_start_url", "sso_region", "sso_account_id", "sso_role_name"]),
        ProfileKind::Static => missing(&["aws_access_key_id", "aws_secret_access_key"]),
        ProfileKind::None if is_first => Some(Problem::new(Code::ProfileWithoutCredentials).with("profile", name)),
        ProfileKind::None => Some(incomplete(name, "aws_access_key_id")),
        _ => None,
    }
}

fn incomplete(profile: &str, property: &str) -> Problem {
    Problem::new(Code::ProfileIncomplete).with("profile", profile).with("property", property)
}

/// The SDK cannot ask for the code of an MFA device; the `aws` command can.
fn needs_mfa(profile: &str) -> Problem {
    let command = format!("eval \"$(aws configure export-credentials --profile {} --format env)\"", quote(profile));
    Problem::new(Code::ProfileNeedsMfa).with("profile", profile).with("command", command)
}

/// The command that signs in to a profile again, if there is one for its kind.
pub(crate) fn login_command(files: &AwsFiles, name: &str) -> Option<String> {
    let (mut name, mut followed) = (name.to_owned(), 0);
    loop {
        let profile = files.profile(&name)?;
        let option = if name == "default" { String::new() } else { format!(" --profile {}", quote(&name)) };
        match ProfileKind::of(profile) {
            ProfileKind::Sso | ProfileKind::SsoLegacy => return Some(format!("aws sso login{option}")),
            ProfileKind::Login => return Some(format!("aws login{option}")),
            ProfileKind::AssumeRole if followed < 8 => name = files.referenced(profile, "source_profile")?,
            _ => return None,
        }
        followed += 1;
    }
}

#[cfg(test)]
mod tests {
    use aws_types::os_shim_internal::{Env, Fs};

    use super::*;

    const CONFIG: &str = "\
[default]
aws_access_key_id = a
aws_secret_access_key = b
[profile half]
aws_access_key_id = a
[profile sso]
sso_session = company
sso_account_id = 1
sso_role_name = r
[profile 회사 sso]
sso_session = 회사
sso_account_id = 1
sso_role_name = r
[profile 'lost session']
sso_session = gone
[profile legacy]
sso_start_url = https://x
sso_region = us-east-1
sso_account_id = 1
sso_role_name = r
[profile legacy-half]
sso_start_url = https://x
sso_region = us-east-1
sso_account_id = 1
[profile login]
login_session = arn:aws:iam::1:user/me
[profile 'my role']
role_arn = arn:aws:iam::1:role/r
source_profile = 회사 sso
[profile mfa]
role_arn = arn:aws:iam::1:role/r
source_profile = default
mfa_serial = arn:aws:iam::1:mfa/me
[profile 'over mfa']
role_arn = arn:aws:iam::1:role/r
source_profile = mfa
[profile orphan]
role_arn = arn:aws:iam::1:role/r
source_profile = gone
[profile no-source]
role_arn = arn:aws:iam::1:role/r
[profile one]
role_arn = arn:aws:iam::1:role/r
source_profile = two
[profile two]
role_arn = arn:aws:iam::1:role/r
source_profile = one
[profile itself]
role_arn = arn:aws:iam::1:role/r
source_profile = itself
aws_access_key_id = a
aws_secret_access_key = b
[profile web]
role_arn = arn:aws:iam::1:role/r
web_identity_token_file = /t
[profile process]
credential_process = /bin/x
[profile container]
role_arn = arn:aws:iam::1:role/r
credential_source = EcsContainer
[profile instance]
role_arn = arn:aws:iam::1:role/r
credential_source = Ec2InstanceMetadata
[profile both]
role_arn = arn:aws:iam::1:role/r
credential_source = Environment
source_profile = default
[profile settings]
region = us-east-1
[sso-session company]
sso_start_url = https://x
sso_region = us-east-1
[sso-session 회사]
sso_start_url = https://x
sso_region = us-east-1
";

    async fn files() -> AwsFiles {
        let fs = Fs::from_slice(&[("/c", CONFIG)]);
        let env = Env::from_slice(&[("AWS_CONFIG_FILE", "/c"), ("AWS_SHARED_CREDENTIALS_FILE", "/k")]);
        AwsFiles::read(&fs, &env).await.unwrap()
    }

    #[tokio::test]
    async fn every_profile_has_its_kind_and_the_reason_why_it_cannot_be_used() {
        use ProfileKind as K;
        let files = files().await;
        for (name, kind, code) in [
            ("default", K::Static, None),
            ("half", K::Static, Some(Code::ProfileIncomplete)),
            ("sso", K::Sso, None),
            ("회사 sso", K::Sso, None),
            ("lost session", K::Sso, Some(Code::ProfileSessionMissing)),
            ("legacy", K::SsoLegacy, None),
            ("legacy-half", K::SsoLegacy, Some(Code::ProfileIncomplete)),
            ("login", K::Login, None),
            ("my role", K::AssumeRole, None),
            ("mfa", K::AssumeRole, Some(Code::ProfileNeedsMfa)),
            ("over mfa", K::AssumeRole, Some(Code::ProfileNeedsMfa)),
            ("orphan", K::AssumeRole, Some(Code::ProfileSourceMissing)),
            ("no-source", K::AssumeRole, Some(Code::ProfileIncomplete)),
            ("one", K::AssumeRole, Some(Code::ProfileLoop)),
            ("itself", K::AssumeRole, None),
            ("web", K::WebIdentity, None),
            ("process", K::Process, None),
            ("container", K::Container, None),
            ("instance", K::InstanceMetadata, None),
            ("both", K::Environment, Some(Code::ProfileContradicts)),
            ("settings", K::None, Some(Code::ProfileWithoutCredentials)),
        ] {
            assert_eq!(ProfileKind::of(files.profile(name).unwrap()), kind, "{name}");
            assert_eq!(problem(&files, name).map(|problem| problem.code), code, "{name}");
        }
    }

    #[tokio::test]
    async fn the_commands_name_the_profile_as_a_shell_reads_it() {
        let files = files().await;
        let login = |name: &str| login_command(&files, name);
        assert_eq!(login("sso").as_deref(), Some("aws sso login --profile sso"));
        assert_eq!(login("my role").as_deref(), Some("aws sso login --profile '회사 sso'"));
        assert_eq!(login("login").as_deref(), Some("aws login --profile login"));
        assert_eq!(login("default"), None);
        assert_eq!(login("one"), None);
        let command = problem(&files, "over mfa").unwrap().hint.args["command"].clone();
        let expected = "eval \"$(aws configure export-credentials --profile 'over mfa' --format env)\"";
        assert_eq!(command, i18n::Arg::from(expected));
    }
}
