//! Why an account needs a second confirmation: the user has excluded it, or it looks like one in production use.

use serde::{Deserialize, Serialize};

/// A reason to confirm a change of an account a second time.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Caution {
    /// It is on the user's list of excluded accounts.
    NeverHere,
    /// One of its names looks like production.
    Production {
        /// Which of its names.
        of: NameOf,
        /// The name.
        name: String,
    },
}

/// What a name belongs to.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NameOf {
    /// The account: its alias.
    Account,
    /// The role or the user whose credentials are used.
    Principal,
    /// The profile of the user's configuration.
    Profile,
}

impl NameOf {
    /// As in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Principal => "principal",
            Self::Profile => "profile",
        }
    }
}

/// The parts of names that look like production, in lower case. A needless second question costs less than a missing one.
const PRODUCTION: [&str; 2] = ["prod", "live"];

/// The cautions for an account with these names. `principal` is an ARN.
pub(crate) fn cautions(never_here: bool, alias: Option<&str>, principal: &str, profile: Option<&str>) -> Vec<Caution> {
    let names = [(NameOf::Account, alias), (NameOf::Principal, principal_name(principal)), (NameOf::Profile, profile)];
    let production = names.into_iter().filter_map(|(of, name)| {
        let name = name.filter(|name| looks_like_production(name))?;
        Some(Caution::Production { of, name: name.to_owned() })
    });
    never_here.then_some(Caution::NeverHere).into_iter().chain(production).collect()
}

fn looks_like_production(name: &str) -> bool {
    let name = name.to_lowercase();
    PRODUCTION.iter().any(|part| name.contains(part))
}

/// The name of the role or the user in an ARN, without the name of the session: that is the person's.
fn principal_name(arn: &str) -> Option<&str> {
    let resource = arn.splitn(6, ':').nth(5)?;
    match resource.split_once('/') {
        Some(("assumed-role", role)) => role.split('/').next(),
        Some((_, path)) => path.rsplit('/').next(),
        None => Some(resource),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn production(alias: Option<&str>, principal: &str, profile: Option<&str>) -> Vec<String> {
        let names = cautions(false, alias, principal, profile).into_iter().map(|caution| match caution {
            Caution::NeverHere => unreachable!("it is not on the list"),
            Caution::Production { of, name } => format!("{} {name}", of.as_str()),
        });
        names.collect()
    }

    #[test]
    fn names_that_look_like_production_are_found_wherever_they_are() {
        let user = "arn:aws:iam::123456789012:user/team/kim";
        assert_eq!(production(Some("acme-dev"), user, Some("team")), Vec::<String>::new());
        assert_eq!(production(None, user, None), Vec::<String>::new());
        for alias in ["acme-prod", "PRODUCTION", "live-shop", "prod2"] {
            assert_eq!(production(Some(alias), user, None), [format!("account {alias}")]);
        }
        assert_eq!(production(None, user, Some("Live")), ["profile Live"]);
        let role = "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_ProdAdmin_0a1b/kim";
        assert_eq!(production(None, role, None), ["principal AWSReservedSSO_ProdAdmin_0a1b"]);
        // A session is named after a person, and a path is a folder.
        assert_eq!(production(None, "arn:aws:sts::123456789012:assumed-role/Dev/olive", None), Vec::<String>::new());
        assert_eq!(production(None, "arn:aws:iam::123456789012:user/prod/kim", None), Vec::<String>::new());
        assert_eq!(production(None, "arn:aws:iam::123456789012:root", None), Vec::<String>::new());
    }

    #[test]
    fn an_account_that_the_user_has_excluded_comes_first() {
        let cautions = cautions(true, Some("live"), "arn:aws:iam::123456789012:root", None);
        assert_eq!(cautions[0], Caution::NeverHere);
        assert_eq!(cautions.len(), 2);
    }
}
