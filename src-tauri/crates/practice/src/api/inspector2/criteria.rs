//! The kinds of filters. Any of one filter's values may match, but all `NOT_EQUALS` values must; different filters must
//! all match. The console combines them like this; the API's documentation does not say.

use serde::Deserialize;

use crate::{
    api::{input::seconds, inspector2::check},
    moment::Moment,
    wire::error::ApiError,
};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StringFilter {
    comparison: Option<String>,
    value: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DateFilter {
    #[serde(default, deserialize_with = "seconds")]
    start_inclusive: Option<Moment>,
    #[serde(default, deserialize_with = "seconds")]
    end_inclusive: Option<Moment>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct NumberFilter {
    lower_inclusive: Option<f64>,
    upper_inclusive: Option<f64>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MapFilter {
    comparison: Option<String>,
    key: Option<String>,
    #[expect(dead_code, reason = "parsed so that it is accepted: no image has such a property")]
    value: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PortRangeFilter {
    begin_inclusive: Option<i64>,
    end_inclusive: Option<i64>,
}

pub(super) type Strings = Option<Vec<StringFilter>>;
pub(super) type Dates = Option<Vec<DateFilter>>;
pub(super) type Numbers = Option<Vec<NumberFilter>>;

/// The comparisons of findings' filters.
pub(super) const COMPARISONS: &[&str] = &["EQUALS", "PREFIX", "NOT_EQUALS"];
/// The comparisons of coverage's filters.
pub(super) const EXACT: &[&str] = &["EQUALS", "NOT_EQUALS"];

/// Validates 1 to 10 filters, each with an allowed comparison and a value.
pub(super) fn check_strings(name: &str, filters: &Strings, comparisons: &[&str]) -> Result<(), ApiError> {
    check_count(name, filters.as_deref())?;
    for filter in filters.iter().flatten() {
        filter.check(name, comparisons)?;
    }
    Ok(())
}

pub(super) fn check_count<T>(name: &str, filters: Option<&[T]>) -> Result<(), ApiError> {
    filters.map_or(Ok(()), |filters| check::length(name, filters, 1..=10))
}

pub(super) fn check_maps(name: &str, filters: Option<&[MapFilter]>) -> Result<(), ApiError> {
    check_count(name, filters)?;
    for filter in filters.into_iter().flatten() {
        check::one_of(name, &check::required(name, filter.comparison.clone())?, &["EQUALS"])?;
        check::required(name, filter.key.as_ref())?;
    }
    Ok(())
}

/// Whether the filters match any of these values, of which a finding may have one or several.
pub(super) fn strings<'a>(filters: &Strings, values: impl IntoIterator<Item = &'a str>) -> bool {
    let Some(filters) = filters else { return true };
    let values: Vec<_> = values.into_iter().collect();
    let fits = |filter: &StringFilter| values.iter().any(|value| filter.fits(value));
    let (excluding, including): (Vec<_>, Vec<_>) = filters.iter().partition(|filter| filter.is_negative());
    (including.is_empty() || including.iter().any(|filter| fits(filter)))
        && excluding.iter().all(|filter| values.iter().all(|value| filter.fits(value)))
}

/// Whether a filter matches the time. No filter matches a finding without it.
pub(super) fn dates(filters: &Dates, value: Option<Moment>) -> bool {
    filters.as_ref().is_none_or(|filters| {
        value.is_some_and(|value| {
            filters.iter().any(|filter| {
                filter.start_inclusive.is_none_or(|start| value >= start)
                    && filter.end_inclusive.is_none_or(|end| value <= end)
            })
        })
    })
}

/// Whether a filter matches the number. No filter matches a finding without it.
pub(super) fn numbers(filters: &Numbers, value: Option<f64>) -> bool {
    filters.as_ref().is_none_or(|filters| value.is_some_and(|value| filters.iter().any(|filter| filter.fits(value))))
}

impl StringFilter {
    pub(super) fn check(&self, name: &str, comparisons: &[&str]) -> Result<(), ApiError> {
        let comparison = check::required(&format!("{name}.comparison"), self.comparison.as_deref())?;
        check::one_of(&format!("{name}.comparison"), comparison, comparisons)?;
        let value = check::required(&format!("{name}.value"), self.value.as_deref())?;
        if (1..=1024).contains(&value.chars().count()) {
            return Ok(());
        }
        Err(ApiError::field(&format!("{name}.value"), "must have between 1 and 1024 characters"))
    }

    pub(super) fn fits(&self, value: &str) -> bool {
        let wanted = self.value.as_deref().unwrap_or_default();
        match self.comparison.as_deref() {
            Some("PREFIX") => value.starts_with(wanted),
            Some("NOT_EQUALS") => value != wanted,
            _ => value == wanted,
        }
    }

    fn is_negative(&self) -> bool {
        self.comparison.as_deref() == Some("NOT_EQUALS")
    }
}

impl PortRangeFilter {
    pub(super) fn check(&self, name: &str) -> Result<(), ApiError> {
        if [self.begin_inclusive, self.end_inclusive].into_iter().flatten().all(|port| (0..=65_535).contains(&port)) {
            return Ok(());
        }
        Err(ApiError::field(name, "must be between 0 and 65535"))
    }
}

impl NumberFilter {
    pub(super) fn fits(&self, value: f64) -> bool {
        self.lower_inclusive.is_none_or(|lower| value >= lower)
            && self.upper_inclusive.is_none_or(|upper| value <= upper)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn fits<'a>(list: &[(&str, &str)], values: impl IntoIterator<Item = &'a str>) -> bool {
        let filter = |(comparison, value): &(&str, &str)| {
            serde_json::from_value(json!({ "comparison": comparison, "value": value })).unwrap()
        };
        strings(&Some(list.iter().map(filter).collect()), values)
    }

    #[test]
    fn values_are_alternatives_and_exclusions_are_cumulative() {
        let either = [("EQUALS", "HIGH"), ("PREFIX", "CRIT")];
        assert!(fits(&either, ["CRITICAL"]) && fits(&either, ["HIGH"]) && !fits(&either, ["LOW"]));
        let neither = [("NOT_EQUALS", "LOW"), ("NOT_EQUALS", "MEDIUM")];
        assert!(fits(&neither, ["HIGH"]) && !fits(&neither, ["LOW"]) && !fits(&neither, ["MEDIUM"]));
        let both = [("PREFIX", "a"), ("NOT_EQUALS", "ab")];
        assert!(fits(&both, ["ac"]) && !fits(&both, ["ab"]) && !fits(&both, ["b"]));
    }

    proptest! {
        #[test]
        fn another_alternative_widens_and_another_exclusion_narrows(
            filters in prop::collection::vec((prop::sample::select(vec!["EQUALS", "PREFIX", "NOT_EQUALS"]), "[ab]{1,3}"), 1..5),
            value in "[ab]{1,3}",
            other in "[ab]{1,3}",
        ) {
            let list: Vec<_> = filters.iter().map(|(comparison, value)| (*comparison, value.as_str())).collect();
            let with = |comparison| [&list[..], &[(comparison, other.as_str())]].concat();
            let before = fits(&list, [value.as_str()]);
            prop_assert!(!fits(&with("NOT_EQUALS"), [value.as_str()]) || before);
            let selects = list.iter().any(|(comparison, _)| *comparison != "NOT_EQUALS");
            prop_assert!(!before || !selects || (fits(&with("EQUALS"), [value.as_str()]) && fits(&with("PREFIX"), [value.as_str()])));
            let reversed: Vec<_> = list.iter().rev().copied().collect();
            prop_assert_eq!(fits(&reversed, [value.as_str()]), before);
        }
    }

    #[test]
    fn one_of_several_tags_is_enough_to_match_and_to_exclude() {
        assert!(fits(&[("EQUALS", "latest")], ["v1", "latest"]));
        assert!(!fits(&[("NOT_EQUALS", "latest")], ["v1", "latest"]));
        assert!(!fits(&[("EQUALS", "latest")], []));
    }

    #[test]
    fn a_finding_without_a_number_or_time_matches_no_filter_for_it() {
        let numbers_filter: Numbers = serde_json::from_value(json!([{ "lowerInclusive": 9.0 }])).unwrap();
        assert!(numbers(&numbers_filter, Some(9.0)) && !numbers(&numbers_filter, Some(8.9)));
        assert!(!numbers(&numbers_filter, None) && numbers(&None, None));
        let dates_filter: Dates =
            serde_json::from_value(json!([{ "startInclusive": 10, "endInclusive": 20.5 }])).unwrap();
        let at = |seconds| Some(Moment::default() + std::time::Duration::from_secs(seconds));
        assert!(dates(&dates_filter, at(10)) && dates(&dates_filter, at(20)) && !dates(&dates_filter, at(21)));
    }
}
