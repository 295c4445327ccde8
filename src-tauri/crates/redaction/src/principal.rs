//! The names in ARNs: users, roles and sessions.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

/// An ARN with an account. The characters are those that IAM allows in names and paths.
static ARN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:(?:\d{12}|aws)?:[A-Za-z0-9_+=,.@:/*-]+")
        .expect("the pattern is a constant that the tests compile")
});

/// The parts of an ARN: `arn:partition:service:region:account:resource`.
pub(crate) struct Arn<'t> {
    /// `arn:aws:iam::`
    pub(crate) prefix: &'t str,
    /// The account's twelve digits, or nothing.
    pub(crate) account: &'t str,
    /// What follows the account and its colon.
    pub(crate) resource: &'t str,
    service: &'t str,
}

impl<'t> Arn<'t> {
    pub(crate) fn parse(text: &'t str) -> Option<Self> {
        let mut ends = text.match_indices(':').map(|(at, _)| at);
        let (service_start, service_end) = (ends.by_ref().nth(1)? + 1, ends.next()?);
        let (account_start, account_end) = (ends.next()? + 1, ends.next()?);
        Some(Self {
            prefix: &text[..account_start],
            account: &text[account_start..account_end],
            resource: &text[account_end + 1..],
            service: &text[service_start..service_end],
        })
    }

    /// The resource in pieces: those to mask (`true`) and those to keep.
    pub(crate) fn pieces(&self) -> Vec<(bool, &'t str)> {
        let keep = vec![(false, self.resource)];
        if !matches!(self.service, "iam" | "sts") {
            return keep;
        }
        let Some((kind, rest)) = self.resource.split_once('/') else { return keep };
        let kind = (false, &self.resource[..=kind.len()]);
        match kind.1 {
            // The service's own roles have the same names in every account.
            "role/" if rest.starts_with("aws-service-role/") => keep,
            "user/" | "role/" | "group/" | "instance-profile/" | "federated-user/" | "mfa/" => {
                // A path before the name may be a department's: it is masked with the name.
                let name = rest.rfind('/').map_or(0, |at| at + 1);
                let (path, name) = rest.split_at(name);
                if path.starts_with("aws-reserved/") || path.is_empty() {
                    vec![kind, (false, path), (true, name)]
                } else {
                    vec![kind, (true, path.trim_end_matches('/')), (false, "/"), (true, name)]
                }
            }
            "assumed-role/" => match rest.split_once('/') {
                Some((role, session)) => vec![kind, (true, role), (false, "/"), (true, session)],
                None => vec![kind, (true, rest)],
            },
            _ => keep,
        }
    }
}

/// The ARNs in a text, without punctuation that follows them.
pub(crate) fn arns(text: &str) -> impl Iterator<Item = Range<usize>> {
    ARN.find_iter(text).map(|hit| {
        let arn = hit.as_str().trim_end_matches(['.', ',', ':']);
        hit.start()..hit.start() + arn.len()
    })
}

/// The users, roles and sessions that a text names in ARNs.
pub(crate) fn principals(text: &str) -> impl Iterator<Item = &str> {
    arns(text)
        .filter_map(|range| Arn::parse(&text[range]))
        .flat_map(|arn| arn.pieces())
        .filter_map(|(masked, piece)| (masked && !piece.is_empty()).then_some(piece))
}
