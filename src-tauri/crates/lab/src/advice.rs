//! Advice for this run: a hint that names the user's own profile, folder and engine, in place of the general one, so that it can be
//! pasted.

use std::path::Path;

use i18n::{Arg, Message};

use crate::{
    aws::SignIn,
    model::{
        access::{Access, EngineKind},
        problem::{LabError, Problem},
        step::Check,
    },
    shell_word::quote,
};

/// What advice names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Advice<'a> {
    /// How the user signs in; `None` before AWS's clients were built, and with fixed keys.
    pub(crate) sign_in: Option<&'a SignIn>,
    /// The engine, where there is one.
    pub(crate) engine: Option<EngineKind>,
    /// The folder that the built-in engine's images are stored beside.
    pub(crate) folder: &'a Path,
}

impl<'a> Advice<'a> {
    /// For a run with this access.
    pub(crate) fn new(access: &Access, sign_in: Option<&'a SignIn>, folder: &'a Path) -> Self {
        Self { sign_in, engine: Some(access.engine.kind), folder }
    }

    /// The error with a hint for this run.
    pub(crate) fn on_error(&self, error: LabError) -> LabError {
        match error {
            LabError::Problem(problem) => LabError::Problem(Box::new(self.on_problem(*problem))),
            other => other,
        }
    }

    /// The checks, each with a hint for this run.
    pub(crate) fn on_checks(&self, checks: Vec<Check>) -> Vec<Check> {
        let with_advice = |check: Check| {
            let hint = check.hint.map(|hint| self.hint(&hint).unwrap_or(hint));
            Check { hint, ..check }
        };
        checks.into_iter().map(with_advice).collect()
    }

    fn on_problem(&self, problem: Problem) -> Problem {
        let hint = self.hint(&problem.hint);
        Problem { hint: hint.unwrap_or(problem.hint), ..problem }
    }

    /// The hint to show in place of a general one.
    fn hint(&self, general: &Message) -> Option<Message> {
        let id = general.id.strip_prefix("problem-").and_then(|id| id.strip_suffix("-hint")).unwrap_or(&general.id);
        self.of_account(id).or_else(|| self.of_engine(id, general))
    }

    fn of_account(&self, id: &str) -> Option<Message> {
        let sign_in = self.sign_in?;
        let login = || Some(Message::new("hint-sign-in").with("command", sign_in.login.as_deref()?));
        let test = || {
            let command = format!("aws sts get-caller-identity{}", sign_in.option);
            Some(Message::new("hint-test-profile").with("command", command))
        };
        match id {
            "sso-expired" | "login-expired" | "credentials-expired" | "no-credentials" => login(),
            "credentials-unreadable" | "credentials-slow" => test(),
            _ => None,
        }
    }

    fn of_engine(&self, id: &str, general: &Message) -> Option<Message> {
        if self.engine != Some(EngineKind::Builtin) {
            return None;
        }
        let registry = || general.args.get("registry").cloned().unwrap_or_else(|| Arg::from(""));
        let folder = || self.folder.parent().unwrap_or(self.folder).display().to_string();
        Some(match id {
            "registry-unreachable" | "check-registry-hint" | "registry-failed"
                if general.args.contains_key("registry") =>
            {
                Message::new(if id == "registry-failed" { "hint-builtin-failed" } else { "hint-builtin-network" })
                    .with("registry", registry())
            }
            "registry-certificate" => Message::new("hint-builtin-certificate"),
            "engine-disk-full" => {
                Message::new("hint-builtin-disk").with("command", format!("df -h {}", quote(&folder())))
            }
            "engine-not-running" | "engine-silent" | "engine-lost" | "engine-refused" | "engine-unreadable"
            | "engine-permission" => Message::new("hint-builtin-restart").with("folder", folder()),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::code::Code;

    fn advised(engine: EngineKind, code: Code) -> Message {
        let sign_in = SignIn {
            option: " --profile '내 팀'".to_owned(),
            login: Some("aws sso login --profile '내 팀'".to_owned()),
        };
        let advice = Advice { sign_in: Some(&sign_in), engine: Some(engine), folder: Path::new("/data/my lab/lab") };
        let error = advice.on_error(Problem::new(code).with("registry", "public.ecr.aws").into());
        error.into_problem().hint
    }

    #[test]
    fn hints_name_the_profile_the_folder_and_the_engine() {
        let (docker, built_in) = (EngineKind::Docker, EngineKind::Builtin);
        for (engine, code, id, name, value) in [
            (docker, Code::SsoExpired, "hint-sign-in", "command", "aws sso login --profile '내 팀'"),
            (docker, Code::LoginExpired, "hint-sign-in", "command", "aws sso login --profile '내 팀'"),
            (
                docker,
                Code::CredentialsSlow,
                "hint-test-profile",
                "command",
                "aws sts get-caller-identity --profile '내 팀'",
            ),
            (built_in, Code::EngineDiskFull, "hint-builtin-disk", "command", "df -h '/data/my lab'"),
            (built_in, Code::RegistryUnreachable, "hint-builtin-network", "registry", "public.ecr.aws"),
            (built_in, Code::EngineRefused, "hint-builtin-restart", "folder", "/data/my lab"),
        ] {
            let hint = advised(engine, code);
            assert_eq!((hint.id.as_str(), hint.args.get(name)), (id, Some(&Arg::from(value))));
            for lang in i18n::Lang::ALL {
                let variables = i18n::message_variables(lang);
                assert!(variables[id].iter().all(|variable| hint.args.contains_key(variable)), "{lang} {id}");
            }
        }
        assert_eq!(advised(docker, Code::EngineDiskFull).id, "problem-engine-disk-full-hint");
        assert_eq!(advised(built_in, Code::AccessDenied).id, "problem-access-denied-hint");
    }
}
