//! What clean-up does with the registry's scanning configuration, decided from what it was before the lab, what the lab put,
//! what it is now, and which other runs use it. Reading and putting it is left to the steps.

use std::collections::BTreeSet;

use crate::{
    cloud::runs::OtherRuns,
    model::{
        configuration_choice::ConfigurationChoice,
        run_id::RunId,
        scanning_configuration::{ScanningConfiguration, ScanningRule},
    },
    scanning::CONTINUOUS,
    session::facts::SavedScanning,
};

/// What clean-up does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Restoration {
    /// No one else has changed it: it becomes what it was, and so does Inspector.
    Whole,
    /// Other runs use it. This run's filter goes, unless another run has the same; the last run restores the rest.
    Shared { target: ScanningConfiguration, runs: Vec<RunId> },
    /// Another user has changed it, and nothing but the filter is the lab's: only that goes.
    Merged { target: ScanningConfiguration },
    /// Another user has changed it, and may rely on what else the lab changed: a person has to choose.
    Conflict { target: ScanningConfiguration },
    /// No one else has changed it, but others have made filters in Inspector, which would be deleted with its scanning of ECR: a person
    /// has to choose.
    FiltersGo { target: ScanningConfiguration },
    /// A person has chosen to keep it.
    Kept { target: ScanningConfiguration },
    /// What it was before the lab is not known.
    FormerUnknown { target: ScanningConfiguration },
}

impl Restoration {
    /// What the configuration becomes, unless it is restored as a whole.
    pub(crate) fn target(&self) -> Option<&ScanningConfiguration> {
        match self {
            Self::Whole => None,
            Self::Shared { target, .. }
            | Self::Merged { target }
            | Self::Conflict { target }
            | Self::FiltersGo { target }
            | Self::Kept { target }
            | Self::FormerUnknown { target } => Some(target),
        }
    }
}

/// A filter of a rule.
type Pair = (String, String);

fn pairs(configuration: &ScanningConfiguration) -> BTreeSet<Pair> {
    let of_rule = |rule: &ScanningRule| {
        let frequency = rule.frequency.clone();
        rule.filters.clone().into_iter().map(move |filter| (frequency.clone(), filter))
    };
    configuration.rules.iter().flat_map(of_rule).collect()
}

/// Decides what becomes of the configuration that a run with this filter has put. `filters_go` says whether filters of others would
/// be deleted if Inspector became what it was.
pub(crate) fn decide(
    saved: &SavedScanning,
    filter: &str,
    present: &ScanningConfiguration,
    others: &OtherRuns,
    filters_go: bool,
) -> Restoration {
    let restoration = of_configuration(saved, filter, present, others);
    let is_chosen = saved.restored || saved.choice == Some(ConfigurationChoice::Restore);
    if restoration != Restoration::Whole || is_chosen || !filters_go {
        return restoration;
    }
    let is_of_lab = !pairs(&saved.before).contains(&(CONTINUOUS.to_owned(), filter.to_owned()));
    Restoration::FiltersGo { target: if is_of_lab { without(present, filter) } else { present.clone() } }
}

fn of_configuration(
    saved: &SavedScanning,
    filter: &str,
    present: &ScanningConfiguration,
    others: &OtherRuns,
) -> Restoration {
    let own = (CONTINUOUS.to_owned(), filter.to_owned());
    let before = pairs(&saved.before);
    let is_of_lab = !before.contains(&own);
    let target = if is_of_lab { without(present, filter) } else { present.clone() };
    if saved.restored {
        // Whatever has become of it since is not this run's.
        let target = present.clone();
        return match saved.choice {
            Some(ConfigurationChoice::Keep) => Restoration::Kept { target },
            _ if present.is_equivalent_to(&saved.before) && !saved.former_unknown => Restoration::Whole,
            _ => Restoration::Merged { target },
        };
    }
    if !others.runs.is_empty() {
        let target = if others.may_need(filter) { present.clone() } else { target };
        return Restoration::Shared { target, runs: others.ids() };
    }
    match saved.choice {
        Some(ConfigurationChoice::Keep) => return Restoration::Kept { target },
        Some(ConfigurationChoice::Restore) if !saved.former_unknown => return Restoration::Whole,
        _ => {}
    }
    if saved.former_unknown {
        return Restoration::FormerUnknown { target };
    }
    if is_the_labs(saved, &own, present) {
        return Restoration::Whole;
    }
    let put = pairs(&saved.put);
    let switched = saved.put.scan_type != saved.before.scan_type && present.scan_type == saved.put.scan_type;
    let dropped = before.iter().any(|pair| !put.contains(pair));
    let is_left = is_of_lab && pairs(&target).contains(&own);
    if switched || dropped || is_left { Restoration::Conflict { target } } else { Restoration::Merged { target } }
}

/// Whether nothing but the lab has changed it: without what runs of the lab have added, it has exactly the former rules.
fn is_the_labs(saved: &SavedScanning, own: &Pair, present: &ScanningConfiguration) -> bool {
    let (before, put) = (pairs(&saved.before), pairs(&saved.put));
    let of_lab = |pair: &Pair| !before.contains(pair) && (pair == own || put.contains(pair));
    let rest: BTreeSet<_> = pairs(present).into_iter().filter(|pair| !of_lab(pair)).collect();
    // Turning Inspector off selects basic scanning, and rules may be gone with it.
    let is_turned_off = saved.disabling && !present.is_enhanced();
    rest.is_subset(&before)
        && (is_turned_off || before.intersection(&put).all(|pair| rest.contains(pair)))
        && (is_turned_off || [&saved.before, &saved.put].iter().any(|other| other.scan_type == present.scan_type))
}

/// The configuration without a filter of the continuous rule. Enhanced scanning without any rule may scan everything, so a filter
/// stays that is the last one.
fn without(present: &ScanningConfiguration, filter: &str) -> ScanningConfiguration {
    let target = present.clone().without_filter(filter);
    if target.rules.is_empty() { present.clone() } else { target }
}
