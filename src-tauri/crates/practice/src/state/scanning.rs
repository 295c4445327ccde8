//! The registry's scanning configuration.

use serde::{Deserialize, Serialize};

use crate::filters;

/// The registry's scanning configuration: one for the account and region.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Scanning {
    pub(crate) scan_type: ScanType,
    pub(crate) rules: Vec<Rule>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum ScanType {
    #[default]
    Basic,
    Enhanced,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Rule {
    pub(crate) frequency: ScanFrequency,
    pub(crate) filters: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ScanFrequency {
    ScanOnPush,
    ContinuousScan,
    Manual,
}

impl Scanning {
    /// How often the rules scan a repository, and the filters that match it; `None` if no rule applies. Continuous
    /// scanning takes precedence over scanning on push.
    pub(crate) fn applied(&self, name: &str) -> Option<(ScanFrequency, Vec<String>)> {
        let matching = |rule: &Rule| -> Vec<String> {
            rule.filters.iter().filter(|filter| filters::matches(filter, name)).cloned().collect()
        };
        [ScanFrequency::ContinuousScan, ScanFrequency::ScanOnPush].into_iter().find_map(|frequency| {
            let rules = self.rules.iter().filter(|rule| rule.frequency == frequency);
            let filters: Vec<_> = rules.flat_map(matching).collect();
            (!filters.is_empty()).then_some((frequency, filters))
        })
    }
}

impl ScanType {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Basic => "BASIC",
            Self::Enhanced => "ENHANCED",
        }
    }
}

impl ScanFrequency {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::ScanOnPush => "SCAN_ON_PUSH",
            Self::ContinuousScan => "CONTINUOUS_SCAN",
            Self::Manual => "MANUAL",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn continuous_scanning_takes_precedence_over_scanning_on_push() {
        let rule =
            |frequency, filter: &str| Rule { frequency, filters: vec![filter.to_owned(), "never-here".to_owned()] };
        let rules = vec![rule(ScanFrequency::ScanOnPush, "*"), rule(ScanFrequency::ContinuousScan, "prod")];
        let continuous_only = Scanning { scan_type: ScanType::Enhanced, rules: rules[1..].to_vec() };
        let both = Scanning { scan_type: ScanType::Enhanced, rules };
        assert_eq!(both.applied("prod"), Some((ScanFrequency::ContinuousScan, vec!["prod".into()])));
        assert_eq!(both.applied("sandbox"), Some((ScanFrequency::ScanOnPush, vec!["*".into()])));
        assert_eq!(continuous_only.applied("sandbox"), None);
    }
}
