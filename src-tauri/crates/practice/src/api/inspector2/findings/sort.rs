//! The order that a caller asks for.

use std::cmp::Ordering;

use serde::Deserialize;

use super::{super::check, filter::pushed_at};
use crate::{
    observe::{Observed, severity_rank},
    wire::ApiError,
};

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SortCriteria {
    field: Option<String>,
    sort_order: Option<String>,
}

const FIELDS: [&str; 17] = [
    "AWS_ACCOUNT_ID",
    "FINDING_TYPE",
    "SEVERITY",
    "FIRST_OBSERVED_AT",
    "LAST_OBSERVED_AT",
    "FINDING_STATUS",
    "RESOURCE_TYPE",
    "ECR_IMAGE_PUSHED_AT",
    "ECR_IMAGE_REPOSITORY_NAME",
    "ECR_IMAGE_REGISTRY",
    "NETWORK_PROTOCOL",
    "COMPONENT_TYPE",
    "VULNERABILITY_ID",
    "VULNERABILITY_SOURCE",
    "INSPECTOR_SCORE",
    "VENDOR_SEVERITY",
    "EPSS_SCORE",
];

impl SortCriteria {
    /// Equals keep the order they have.
    pub(super) fn sort(&self, findings: &mut [Observed]) -> Result<(), ApiError> {
        let field = check::required("sortCriteria.field", self.field.as_deref())?;
        check::one_of("sortCriteria.field", field, &FIELDS)?;
        let order = check::required("sortCriteria.sortOrder", self.sort_order.as_deref())?;
        check::one_of("sortCriteria.sortOrder", order, &["ASC", "DESC"])?;
        let descending = order == "DESC";
        findings.sort_by(|a, b| {
            let ordering = compare(field, a, b);
            if descending { ordering.reverse() } else { ordering }
        });
        Ok(())
    }
}

/// What all findings have alike, such as the account, sorts nothing.
fn compare(field: &str, a: &Observed, b: &Observed) -> Ordering {
    let number = |a: Option<f64>, b: Option<f64>| a.unwrap_or(-1.0).total_cmp(&b.unwrap_or(-1.0));
    match field {
        // The worst is the greatest.
        "SEVERITY" => severity_rank(&b.found().severity).cmp(&severity_rank(&a.found().severity)),
        "FIRST_OBSERVED_AT" => a.first_at.cmp(&b.first_at),
        "LAST_OBSERVED_AT" => a.last_at.cmp(&b.last_at),
        "FINDING_STATUS" => a.status().cmp(b.status()),
        "ECR_IMAGE_PUSHED_AT" => pushed_at(a).cmp(&pushed_at(b)),
        "ECR_IMAGE_REPOSITORY_NAME" => a.image.repository.cmp(&b.image.repository),
        "VULNERABILITY_ID" => a.found().vulnerability.cmp(&b.found().vulnerability),
        "VULNERABILITY_SOURCE" => a.found().source.cmp(&b.found().source),
        "INSPECTOR_SCORE" => number(a.found().score(), b.found().score()),
        "VENDOR_SEVERITY" => a.found().vendor_severity.cmp(&b.found().vendor_severity),
        "EPSS_SCORE" => number(a.found().epss, b.found().epss),
        _ => Ordering::Equal,
    }
}
