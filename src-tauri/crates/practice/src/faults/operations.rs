//! The operations that a fault can be told for, by service.

/// What answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Service {
    Ecr,
    Inspector2,
    Sts,
    /// The private registry.
    Registry,
    /// The public registry.
    Public,
}

/// The operations of each service.
pub(crate) const OPERATIONS: [(Service, &[&str]); 5] = [
    (Service::Ecr, crate::api::ECR_OPERATIONS),
    (Service::Inspector2, crate::api::INSPECTOR2_OPERATIONS),
    (Service::Sts, &["GetCallerIdentity"]),
    (
        Service::Registry,
        &[
            "Ping",
            "GetManifest",
            "HeadManifest",
            "PutManifest",
            "DeleteManifest",
            "GetBlob",
            "HeadBlob",
            "DeleteBlob",
            "StartUpload",
            "PatchUpload",
            "PutBlob",
            "GetUpload",
            "CancelUpload",
            "ListTags",
            "ListReferrers",
        ],
    ),
    (
        Service::Public,
        &["Token", "Ping", "GetManifest", "HeadManifest", "GetBlob", "HeadBlob", "ListTags", "ListReferrers"],
    ),
];

impl Service {
    pub(crate) const ALL: [Self; 5] = [Self::Ecr, Self::Inspector2, Self::Sts, Self::Registry, Self::Public];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Ecr => "ecr",
            Self::Inspector2 => "inspector2",
            Self::Sts => "sts",
            Self::Registry => "registry",
            Self::Public => "public",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|service| service.as_str() == text)
    }
}

/// Those names that look like what was meant; all, if none does.
pub(crate) fn nearest(given: &str, names: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let names: Vec<_> = names.collect();
    let given = given.to_ascii_lowercase();
    let start: String = given.chars().take(4).collect();
    let alike = |name: &&&str| !start.is_empty() && name.to_ascii_lowercase().contains(&start);
    let close: Vec<_> = names.iter().filter(alike).copied().collect();
    if close.is_empty() { names } else { close }
}
