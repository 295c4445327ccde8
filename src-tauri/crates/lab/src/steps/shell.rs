//! Lines for a POSIX shell, with this run's values.

use std::borrow::Cow;

use i18n::Message;

use crate::{
    context::Context,
    model::{
        access::{AwsAccess, EngineKind},
        step::CommandLine,
    },
    shell_word,
};

/// A line and what it does: the text `command-<id>`.
pub(super) fn line(id: &str, line: impl Into<String>) -> CommandLine {
    CommandLine { title: Message::new(format!("command-{id}")), line: line.into() }
}

/// As [`line`], for a text with a name in it.
pub(super) fn line_about(id: &str, name: &str, line: impl Into<String>) -> CommandLine {
    CommandLine { title: Message::new(format!("command-{id}")).with("name", name), line: line.into() }
}

/// `aws <words>` with the region, and whatever else it takes to reach the same AWS as this run does.
pub(super) fn aws(context: &Context, words: &str) -> String {
    let mut line = format!("aws {words}");
    let mut option = |name: &str, value: &str| {
        line.extend([" --", name, " "]);
        line.push_str(&quote(value));
    };
    match &context.access.aws {
        // Else the line would go to the learner's own account.
        AwsAccess::Endpoint { url, region, .. } => {
            option("endpoint-url", url);
            option("region", region);
        }
        AwsAccess::Profile { profile, region } => {
            if let Some(profile) = profile {
                option("profile", profile);
            }
            let recorded = context.session.info(&context.run).ok().and_then(|info| info.region);
            if let Some(region) = recorded.as_ref().or(region.as_ref()) {
                option("region", region);
            }
        }
    }
    line
}

/// `docker <words>`, for this run's engine.
pub(super) fn docker(context: &Context, words: &str) -> String {
    match context.access.engine.kind {
        EngineKind::Docker => format!("docker {words}"),
        EngineKind::Builtin => format!("docker --host {} {words}", quote(&context.access.engine.host)),
    }
}

/// Where a repository's images are pushed to: as AWS said, else as AWS would say, else asked by the line itself.
pub(super) fn uri(context: &Context, repository: &str) -> String {
    let recorded = context.session.repository_outcome(&context.run, repository).ok().and_then(|outcome| outcome.uri);
    if let Some(uri) = recorded {
        return quote(&uri).into_owned();
    }
    let words = format!(
        "ecr describe-repositories --repository-names {} --query 'repositories[0].repositoryUri' --output text",
        quote(repository)
    );
    format!("\"$({})\"", aws(context, &words))
}

/// A word that the shell takes as it is.
pub(super) fn quote(word: &str) -> Cow<'_, str> {
    shell_word::quote(word)
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn what_a_shell_would_read_is_quoted() {
        assert_eq!(quote("public.ecr.aws/docker/library/neo4j:4.4.0"), "public.ecr.aws/docker/library/neo4j:4.4.0");
        assert_eq!(quote("*prod"), "'*prod'");
        assert_eq!(quote("a b"), "'a b'");
        assert_eq!(quote("it's; rm -rf $HOME"), r#""it's; rm -rf "'$HOME'"#);
        assert_eq!(quote(""), "''");
    }
}
