//! The registry's scanning configuration, as the lab reasons about it: what it is now, what the lab's rule makes of it,
//! and whether two of them mean the same.

use serde::{Deserialize, Serialize};

use crate::{
    filters,
    model::{
        code::Code,
        plan::Plan,
        problem::{LabError, Problem},
        scanning_configuration::{ScanningConfiguration, ScanningRule},
    },
};

/// Enhanced scanning, as ECR spells it.
pub(crate) const ENHANCED: &str = "ENHANCED";
/// Scan also when a new vulnerability is published.
pub(crate) const CONTINUOUS: &str = "CONTINUOUS_SCAN";
/// Scan when an image is pushed.
pub(crate) const ON_PUSH: &str = "SCAN_ON_PUSH";
/// No rule matches.
pub(crate) const MANUAL: &str = "MANUAL";
/// ECR allows no more filters in a rule.
const MOST_FILTERS: usize = 100;
/// ECR allows no more rules.
const MOST_RULES: usize = 2;

/// Inspector's scanning of ECR.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct InspectorStatus(pub(crate) String);

impl InspectorStatus {
    /// It scans.
    pub(crate) fn is_enabled(&self) -> bool {
        self.0 == "ENABLED"
    }

    /// It scans, or is about to.
    pub(crate) fn is_on(&self) -> bool {
        matches!(self.0.as_str(), "ENABLED" | "ENABLING")
    }

    /// It scans, is about to, or is still being turned off.
    pub(crate) fn is_not_off_yet(&self) -> bool {
        self.is_on() || self.0 == "DISABLING"
    }

    /// It does not scan, and can be enabled.
    pub(crate) fn is_disabled(&self) -> bool {
        self.0 == "DISABLED"
    }

    /// It does not scan, or is about to stop.
    pub(crate) fn is_off(&self) -> bool {
        matches!(self.0.as_str(), "DISABLED" | "DISABLING")
    }
}

impl ScanningConfiguration {
    pub(crate) fn is_enhanced(&self) -> bool {
        self.scan_type == ENHANCED
    }

    /// Whether two mean the same: neither the order of rules nor of filters counts, nor do rules without filters.
    pub(crate) fn is_equivalent_to(&self, other: &Self) -> bool {
        self.scan_type == other.scan_type && self.normal_rules() == other.normal_rules()
    }

    /// The same text for all configurations that mean the same.
    pub(crate) fn canonical(&self) -> String {
        Self { scan_type: self.scan_type.clone(), rules: self.normal_rules() }.summary()
    }

    fn normal_rules(&self) -> Vec<ScanningRule> {
        let mut rules: Vec<ScanningRule> = Vec::new();
        for rule in &self.rules {
            match rules.iter_mut().find(|other| other.frequency == rule.frequency) {
                Some(other) => other.filters.extend(rule.filters.iter().cloned()),
                None => rules.push(rule.clone()),
            }
        }
        for rule in &mut rules {
            rule.filters.sort();
            rule.filters.dedup();
        }
        rules.retain(|rule| !rule.filters.is_empty());
        rules.sort();
        rules
    }

    /// How often a repository is scanned, and by which filters; `None` when no rule means it. Continuous goes before on
    /// push.
    pub(crate) fn applied(&self, name: &str) -> Option<(&str, Vec<&str>)> {
        [CONTINUOUS, ON_PUSH].into_iter().find_map(|frequency| {
            let rules = self.rules.iter().filter(|rule| rule.frequency == frequency);
            let filters: Vec<_> =
                rules.flat_map(|rule| &rule.filters).filter(|filter| filters::matches(filter, name)).collect();
            (!filters.is_empty()).then(|| (frequency, filters.into_iter().map(String::as_str).collect()))
        })
    }

    /// Whether it does what the lab's rule shall do.
    pub(crate) fn serves(&self, plan: &Plan) -> bool {
        self.is_enhanced()
            && self.rules.iter().any(|rule| rule.frequency == CONTINUOUS && rule.filters.contains(&plan.filter))
    }

    /// The lab's rule alone.
    pub(crate) fn of_lab(plan: &Plan) -> Self {
        let rule = ScanningRule { frequency: CONTINUOUS.to_owned(), filters: vec![plan.filter.clone()] };
        Self { scan_type: ENHANCED.to_owned(), rules: vec![rule] }
    }

    /// What the lab puts in its place, with or without the present rules.
    ///
    /// # Errors
    ///
    /// Problem `too-many-filters` or `too-many-rules` where ECR's limits leave no room for the lab's own.
    pub(crate) fn with_lab(&self, plan: &Plan, keep_rules: bool) -> Result<Self, LabError> {
        let own = Self::of_lab(plan);
        if !keep_rules {
            return Ok(own);
        }
        let mut rules = self.rules_kept();
        match rules.iter_mut().find(|rule| rule.frequency == CONTINUOUS) {
            Some(rule) => rule.filters.push(plan.filter.clone()),
            None => rules.splice(0..0, own.rules).for_each(drop),
        }
        for rule in &mut rules {
            let mut unique = std::collections::BTreeSet::new();
            rule.filters.retain(|filter| unique.insert(filter.clone()));
            if rule.filters.len() > MOST_FILTERS {
                let problem = Problem::new(Code::TooManyFilters).with("filters", rule.filters.len());
                return Err(problem.with("most", MOST_FILTERS).into());
            }
        }
        if rules.len() > MOST_RULES {
            let problem = Problem::new(Code::TooManyRules).with("rules", rules.len());
            return Err(problem.with("most", MOST_RULES).into());
        }
        Ok(Self { scan_type: ENHANCED.to_owned(), rules })
    }

    /// The rules that are kept with the lab's: one of each frequency. A basic rule continues as an enhanced one that scans on
    /// push; a manual one means no scanning, and enhanced scanning has none.
    fn rules_kept(&self) -> Vec<ScanningRule> {
        let mut kept = self.normal_rules();
        kept.retain(|rule| rule.frequency != MANUAL);
        kept
    }

    /// Whether every rule of another configuration is among these, with each of its filters.
    pub(crate) fn keeps(&self, other: &Self) -> bool {
        other.normal_rules().iter().filter(|rule| rule.frequency != MANUAL).all(|rule| {
            let own = self.rules.iter().filter(|own| own.frequency == rule.frequency);
            let own: Vec<_> = own.flat_map(|own| &own.filters).collect();
            rule.filters.iter().all(|filter| own.contains(&filter))
        })
    }

    /// Without a filter of the continuous rule.
    pub(crate) fn without_filter(mut self, filter: &str) -> Self {
        for rule in self.rules.iter_mut().filter(|rule| rule.frequency == CONTINUOUS) {
            rule.filters.retain(|other| other != filter);
        }
        self.rules.retain(|rule| !rule.filters.is_empty());
        self
    }

    /// For a person: `ENHANCED · CONTINUOUS_SCAN: prod · SCAN_ON_PUSH: a, b`.
    pub fn summary(&self) -> String {
        let rules = self.rules.iter().map(|rule| format!("{}: {}", rule.frequency, rule.filters.join(", ")));
        std::iter::once(self.scan_type.clone()).chain(rules).collect::<Vec<_>>().join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn configuration(scan_type: &str, rules: &[(&str, &[&str])]) -> ScanningConfiguration {
        let rule = |(frequency, filters): &(&str, &[&str])| ScanningRule {
            frequency: (*frequency).to_owned(),
            filters: filters.iter().map(|filter| (*filter).to_owned()).collect(),
        };
        ScanningConfiguration { scan_type: scan_type.to_owned(), rules: rules.iter().map(rule).collect() }
    }

    #[test]
    fn the_order_of_rules_and_filters_is_irrelevant() {
        let one = configuration(ENHANCED, &[(CONTINUOUS, &["a", "b"]), (ON_PUSH, &["c"])]);
        let other = configuration(ENHANCED, &[(ON_PUSH, &["c"]), (CONTINUOUS, &["b", "a", "a"])]);
        assert!(one.is_equivalent_to(&other));
        assert!(!one.is_equivalent_to(&configuration(ENHANCED, &[(CONTINUOUS, &["a", "b"])])));
        assert!(!one.is_equivalent_to(&configuration("BASIC", &[(CONTINUOUS, &["a", "b"]), (ON_PUSH, &["c"])])));
    }

    #[test]
    fn without_keeping_rules_only_the_labs_own_is_put() {
        let before = configuration(ENHANCED, &[(ON_PUSH, &["*"])]);
        assert_eq!(
            before.with_lab(&Plan::default(), false).unwrap(),
            configuration(ENHANCED, &[(CONTINUOUS, &["prod"])])
        );
    }

    #[test]
    fn kept_rules_stand_beside_the_labs_own() {
        let before = configuration(ENHANCED, &[(ON_PUSH, &["dev"]), (CONTINUOUS, &["team/*", "prod"])]);
        let after = before.with_lab(&Plan::default(), true).unwrap();
        assert!(
            after.is_equivalent_to(&configuration(ENHANCED, &[(CONTINUOUS, &["team/*", "prod"]), (ON_PUSH, &["dev"])]))
        );
        let basic = configuration("BASIC", &[(ON_PUSH, &["legacy"])]);
        let after = basic.with_lab(&Plan::default(), true).unwrap();
        assert_eq!(after, configuration(ENHANCED, &[(CONTINUOUS, &["prod"]), (ON_PUSH, &["legacy"])]));
    }

    #[test]
    fn a_rule_that_is_full_is_not_made_fuller() {
        let names: Vec<String> = (0..100).map(|at| format!("team-{at}")).collect();
        let filters: Vec<&str> = names.iter().map(String::as_str).collect();
        let full = configuration(ENHANCED, &[(CONTINUOUS, &filters)]);
        let LabError::Problem(problem) = full.with_lab(&Plan::default(), true).unwrap_err() else { panic!() };
        assert_eq!(problem.code, Code::TooManyFilters);
    }

    #[test]
    fn a_rule_of_an_unknown_frequency_is_not_dropped() {
        let unknown = configuration(ENHANCED, &[("WEEKLY", &["a"]), (ON_PUSH, &["b"])]);
        let LabError::Problem(problem) = unknown.with_lab(&Plan::default(), true).unwrap_err() else { panic!() };
        assert_eq!(problem.code, Code::TooManyRules);
        let manual = configuration("BASIC", &[("MANUAL", &["a"]), (ON_PUSH, &["b"])]);
        assert_eq!(
            manual.with_lab(&Plan::default(), true).unwrap(),
            configuration(ENHANCED, &[(CONTINUOUS, &["prod"]), (ON_PUSH, &["b"])])
        );
    }

    #[test]
    fn continuous_scanning_goes_before_scanning_on_push() {
        let both = configuration(ENHANCED, &[(ON_PUSH, &["*"]), (CONTINUOUS, &["prod"])]);
        assert_eq!(both.applied("eks-security-prod"), Some((CONTINUOUS, vec!["prod"])));
        assert_eq!(both.applied("other"), Some((ON_PUSH, vec!["*"])));
        assert_eq!(configuration(ENHANCED, &[]).applied("other"), None);
    }
}
