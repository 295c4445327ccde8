//! The user's AWS files, with every profile name that the `aws` command accepts. The SDK's parser ignores a section whose name
//! has a space or a letter outside ASCII; such a name is replaced by an alias before the SDK reads the text.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use aws_config::profile::{Profile, ProfileSet};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_types::os_shim_internal::{Env, Fs};
use sha2::{Digest, Sha256};

use crate::model::{
    code::Code,
    problem::{LabError, Problem},
};

/// The properties whose value is the name of a section.
const REFERENCES: [&str; 3] = ["source_profile", "sso_session", "services"];

/// The profiles of the user's AWS files, by their names. Holds secrets: never printed.
pub(crate) struct AwsFiles {
    set: ProfileSet,
    /// The names of sections by their aliases.
    names: BTreeMap<String, String>,
    sources: EnvConfigFiles,
    selected: Option<String>,
}

impl AwsFiles {
    /// The files of this machine and this process's environment.
    pub(crate) async fn of_this_machine() -> Result<Self, LabError> {
        Self::read(&Fs::real(), &Env::real()).await
    }

    /// Reads the files that the `aws` command reads: `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`, else those in `~/.aws`.
    /// A file that does not exist is empty.
    ///
    /// # Errors
    /// `profiles-unreadable` when a file exists and cannot be read or parsed.
    pub(crate) async fn read(fs: &Fs, env: &Env) -> Result<Self, LabError> {
        let mut names = BTreeMap::new();
        let mut sources = EnvConfigFiles::builder();
        for (kind, variable, default) in [
            (EnvConfigFileKind::Config, "AWS_CONFIG_FILE", "~/.aws/config"),
            (EnvConfigFileKind::Credentials, "AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"),
        ] {
            let path = expand(&var(env, variable).unwrap_or_else(|| default.to_owned()), env);
            let text = text(fs, &path).await?;
            let text = with_aliases(&text, matches!(kind, EnvConfigFileKind::Config), &mut names);
            // Each file alone, so that an error names the file that it is in.
            let alone = EnvConfigFiles::builder().with_contents(kind, text.clone()).build();
            aws_config::profile::load(fs, env, &alone, None).await.map_err(|error| unreadable(&path, &error))?;
            sources = sources.with_contents(kind, text);
        }
        let sources = sources.build();
        let set = aws_config::profile::load(fs, env, &sources, None).await;
        let set = set.map_err(|error| unreadable(Path::new("~/.aws"), &error))?;
        Ok(Self { set, names, sources, selected: var(env, "AWS_PROFILE") })
    }

    /// The names of all profiles, `default` first, then in order.
    pub(crate) fn profiles(&self) -> Vec<String> {
        let mut names: Vec<_> = self.set.profiles().map(|alias| self.name(alias)).collect();
        names.sort_by(|a, b| (a != "default", a).cmp(&(b != "default", b)));
        names
    }

    /// The profile with a name.
    pub(crate) fn profile(&self, name: &str) -> Option<&Profile> {
        self.set.get_profile(&alias(name))
    }

    /// The name of the profile that a profile's property refers to.
    pub(crate) fn referenced(&self, profile: &Profile, property: &str) -> Option<String> {
        profile.get(property).map(|alias| self.name(alias))
    }

    /// The start URL and the Region of the `[sso-session]` of this name.
    pub(crate) fn sso_session(&self, name: &str) -> Option<(Option<&str>, Option<&str>)> {
        let session = self.set.sso_session(&alias(name))?;
        Some((session.get("sso_start_url"), session.get("sso_region")))
    }

    /// The profile that is used if none is named: `AWS_PROFILE`, else `default`.
    pub(crate) fn selected(&self) -> &str {
        self.selected.as_deref().unwrap_or("default")
    }

    /// Whether the environment names the profile.
    pub(crate) fn is_selected_by_environment(&self) -> bool {
        self.selected.is_some()
    }

    /// The files as the SDK reads them, in which the profile `name` is called [`alias`]`(name)`.
    pub(super) fn sources(&self) -> EnvConfigFiles {
        self.sources.clone()
    }

    fn name(&self, alias: &str) -> String {
        self.names.get(alias).map_or(alias, String::as_str).to_owned()
    }
}

/// The name by which the SDK knows a section: the name itself where its parser accepts it.
pub(super) fn alias(name: &str) -> String {
    let accepted = |c: char| c.is_ascii_alphanumeric() || "_-/.%@:+".contains(c);
    if name.chars().all(accepted) {
        return name.to_owned();
    }
    format!("imagelab-{}", &hex::encode(Sha256::digest(name))[..32])
}

/// The text of a file with every name that the SDK's parser ignores replaced by its alias.
fn with_aliases(text: &str, is_config: bool, names: &mut BTreeMap<String, String>) -> String {
    let mut aliased = |name: &str| {
        let alias = alias(name);
        if alias != name {
            names.insert(alias.clone(), name.to_owned());
        }
        alias
    };
    let lines = text.trim_start_matches('\u{feff}').lines().map(|line| {
        if let Some((prefix, name)) = section(line, is_config) {
            return match prefix {
                Some(prefix) => format!("[{prefix} {}]", aliased(&name)),
                None => format!("[{}]", aliased(&name)),
            };
        }
        match line.split_once('=') {
            Some((key, value)) if REFERENCES.contains(&key.trim_end()) => {
                format!("{} = {}", key.trim_end(), aliased(value.trim()))
            }
            _ => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The kind and the name of the section that a line begins. `aws configure` writes `[profile 'a name']` into the configuration, and
/// `[a name]` into the credentials.
fn section(line: &str, is_config: bool) -> Option<(Option<String>, String)> {
    let inside = line.strip_prefix('[')?.split_once(']')?.0.trim();
    if !is_config {
        let of_config = inside.split_whitespace().next() == Some("profile");
        return (!of_config && !inside.is_empty()).then(|| (None, inside.to_owned()));
    }
    let (prefix, rest) = inside.split_once([' ', '\t'])?;
    if !["profile", "sso-session", "services"].contains(&prefix) {
        return None;
    }
    let words = shlex::split(rest).unwrap_or_else(|| vec![rest.trim().to_owned()]);
    let name = words.join(" ");
    (!name.is_empty()).then(|| (Some(prefix.to_owned()), name))
}

async fn text(fs: &Fs, path: &Path) -> Result<String, LabError> {
    match fs.read_to_end(path).await {
        Ok(bytes) => String::from_utf8(bytes).map_err(|error| unreadable(path, &error)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(unreadable(path, &error)),
    }
}

fn unreadable(path: &Path, error: &dyn std::error::Error) -> LabError {
    let mut text = error.to_string();
    if let Some(cause) = error.source() {
        text = format!("{text}: {cause}");
    }
    Problem::new(Code::ProfilesUnreadable).with("path", path.display().to_string()).details(text).into()
}

fn var(env: &Env, name: &str) -> Option<String> {
    env.get(name).ok().filter(|value| !value.is_empty())
}

fn expand(path: &str, env: &Env) -> PathBuf {
    let home = || var(env, "HOME").or_else(|| var(env, "USERPROFILE"));
    match path.strip_prefix("~/").and_then(|rest| Some((rest, home()?))) {
        Some((rest, home)) => PathBuf::from(home).join(rest),
        None => PathBuf::from(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn files(config: &str, credentials: &str) -> Result<AwsFiles, LabError> {
        let fs = Fs::from_slice(&[("/c", config), ("/k", credentials)]);
        AwsFiles::read(&fs, &Env::from_slice(&[("AWS_CONFIG_FILE", "/c"), ("AWS_SHARED_CREDENTIALS_FILE", "/k")])).await
    }

    #[tokio::test]
    async fn every_name_that_the_aws_command_accepts_is_found() {
        let config = "\u{feff}[default]\nregion = us-east-1\n[profile 'my team']\nregion = eu-west-1\n\
            [profile \"회사 계정\"]\nsource_profile = my team\nrole_arn = a\n[profile 회사] # comment\nsso_session = 세션\n\
            [sso-session 세션]\nsso_region = b\n[profile plain+1@x]\nregion = c\n";
        let credentials = "[my team]\naws_access_key_id = k\n[회사]\naws_access_key_id = l\n[profile ignored]\na = b\n";
        let files = files(config, credentials).await.unwrap();
        assert_eq!(files.profiles(), ["default", "my team", "plain+1@x", "회사", "회사 계정"]);
        let team = files.profile("my team").unwrap();
        assert_eq!((team.get("region"), team.get("aws_access_key_id")), (Some("eu-west-1"), Some("k")));
        let role = files.profile("회사 계정").unwrap();
        assert_eq!(files.referenced(role, "source_profile").as_deref(), Some("my team"));
        let company = files.profile("회사").unwrap();
        assert_eq!(files.referenced(company, "sso_session").as_deref(), Some("세션"));
        assert_eq!(files.sso_session("세션"), Some((None, Some("b"))));
        assert_eq!(files.sso_session("other"), None);
    }

    #[tokio::test]
    async fn missing_files_have_no_profiles_and_damaged_ones_are_reported() {
        let env = Env::from_slice(&[("AWS_CONFIG_FILE", "/c"), ("AWS_SHARED_CREDENTIALS_FILE", "/k")]);
        assert_eq!(AwsFiles::read(&Fs::from_slice(&[]), &env).await.unwrap().profiles(), Vec::<String>::new());
        let Err(LabError::Problem(problem)) = files("[default\nregion = a\n", "").await else { panic!() };
        assert_eq!(problem.code, Code::ProfilesUnreadable);
        assert!(problem.message.args.contains_key("path"));
    }

    #[test]
    fn an_alias_is_the_name_itself_where_the_sdk_accepts_it() {
        assert_eq!(alias("my-team_1/a.b%c@d:e+f"), "my-team_1/a.b%c@d:e+f");
        assert_ne!(alias("my team"), alias("my  team"));
        assert!(alias("회사").starts_with("imagelab-"));
    }
}
