//! Who a call is made by: the practice user, or a session of a role.

use crate::{config::ACCOUNT, names::user_arn, permissions::settings::Role};

/// A caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Principal {
    /// The practice user.
    User,
    /// The practice user with temporary credentials.
    UserSession,
    /// A session of a role.
    Role {
        /// The role's name.
        role: String,
        /// The role's ARN, with its path.
        arn: String,
        /// The session's name.
        session: String,
    },
}

impl Principal {
    /// The ARN that AWS reports: for a role's session without the role's path.
    pub(crate) fn arn(&self) -> String {
        match self {
            Self::User | Self::UserSession => user_arn(),
            Self::Role { role, session, .. } => format!("arn:aws:sts::{ACCOUNT}:assumed-role/{role}/{session}"),
        }
    }

    /// The unique id that `GetCallerIdentity` returns.
    pub(crate) fn user_id(&self) -> String {
        match self {
            Self::User | Self::UserSession => format!("AIDAPRACTICE{}", &ACCOUNT[4..]),
            Self::Role { role, session, .. } => format!("{}:{session}", role_id(role)),
        }
    }

    /// The ARNs by which a resource-based policy can name it, as itself or as one of its account.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names = self.own_names();
        names.extend([ACCOUNT.to_owned(), format!("arn:aws:iam::{ACCOUNT}:root")]);
        names
    }

    /// The ARNs by which a resource-based policy can name it as itself.
    pub(crate) fn own_names(&self) -> Vec<String> {
        let mut names = vec![self.arn()];
        if let Self::Role { arn, .. } = self {
            names.push(arn.clone());
        }
        names
    }
}

impl Role {
    /// Its ARN.
    pub fn arn(&self) -> String {
        format!("arn:aws:iam::{ACCOUNT}:role{}{}", self.path, self.name)
    }
}

/// A role's unique id, which depends on its name only.
pub(crate) fn role_id(name: &str) -> String {
    let letters: String =
        name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_uppercase() as char).collect();
    format!("AROAPRACTICE{letters:X<8}")
}
