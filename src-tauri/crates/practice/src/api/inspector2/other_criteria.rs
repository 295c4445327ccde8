//! Criteria of properties that no image has: of instances, functions, repositories of code and other clouds. They are
//! validated like all others, and select nothing. A criterion that Inspector does not have is refused, since one that is
//! ignored selects everything.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{
    api::inspector2::criteria::{
        DateFilter, MapFilter, NumberFilter, PortRangeFilter, StringFilter, check_count, check_maps, check_strings,
    },
    wire::error::ApiError,
};

/// The kind of a criterion's filters.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Text,
    Time,
    Number,
    Map,
    Ports,
}

/// Validates the criteria that are not null.
///
/// # Errors
///
/// Also for a criterion that is not among these.
pub(super) fn check(
    criteria: &Map<String, Value>,
    allowed: &[(&str, Kind)],
    comparisons: &[&str],
) -> Result<(), ApiError> {
    for (name, value) in criteria.iter().filter(|(_, value)| !value.is_null()) {
        let kind = allowed.iter().find(|(other, _)| other == name).map(|(_, kind)| *kind);
        match kind {
            None => return Err(unknown(name)),
            Some(Kind::Text) => check_strings(name, &Some(parse::<StringFilter>(value)?), comparisons)?,
            Some(Kind::Time) => check_count(name, Some(&parse::<DateFilter>(value)?))?,
            Some(Kind::Number) => check_count(name, Some(&parse::<NumberFilter>(value)?))?,
            Some(Kind::Map) => check_maps(name, Some(&parse::<MapFilter>(value)?))?,
            Some(Kind::Ports) => {
                let ranges = parse::<PortRangeFilter>(value)?;
                check_count(name, Some(&ranges))?;
                ranges.iter().try_for_each(|range| range.check(name))?;
            }
        }
    }
    Ok(())
}

/// Whether there is no criterion: every other one excludes all images.
pub(super) fn is_none(criteria: &Map<String, Value>) -> bool {
    criteria.values().all(Value::is_null)
}

fn parse<T: DeserializeOwned>(value: &Value) -> Result<Vec<T>, ApiError> {
    serde_json::from_value(value.clone()).map_err(|error| ApiError::unreadable(&error))
}

fn unknown(name: &str) -> ApiError {
    ApiError::field(&format!("filterCriteria.{name}"), "is not a criterion that the practice cloud has")
}
