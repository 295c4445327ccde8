//! The sort order of `ListFindings`.

use std::cmp::Ordering;

use serde::Deserialize;

use crate::{
    api::inspector2::check,
    observe::{ObservedFinding, severity_rank},
    wire::error::ApiError,
};

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
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
    /// Sorts the findings; equal ones keep their order.
    pub(super) fn sort(&self, findings: &mut [ObservedFinding]) -> Result<(), ApiError> {
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

/// Compares by the field. Fields that are the same for all findings, such as the account, do not affect the order.
fn compare(field: &str, a: &ObservedFinding, b: &ObservedFinding) -> Ordering {
    let number = |a: Option<f64>, b: Option<f64>| a.unwrap_or(-1.0).total_cmp(&b.unwrap_or(-1.0));
    match field {
        // The most severe is the greatest.
        "SEVERITY" => severity_rank(&b.finding().severity).cmp(&severity_rank(&a.finding().severity)),
        "FIRST_OBSERVED_AT" => a.first_at.cmp(&b.first_at),
        "LAST_OBSERVED_AT" => a.last_at.cmp(&b.last_at),
        "FINDING_STATUS" => a.status().cmp(b.status()),
        "ECR_IMAGE_PUSHED_AT" => a.image.pushed_at.cmp(&b.image.pushed_at),
        "ECR_IMAGE_REPOSITORY_NAME" => a.image.repository.cmp(&b.image.repository),
        "VULNERABILITY_ID" => a.finding().vulnerability.cmp(&b.finding().vulnerability),
        "VULNERABILITY_SOURCE" => a.finding().source.cmp(&b.finding().source),
        "INSPECTOR_SCORE" => number(a.finding().score(), b.finding().score()),
        "VENDOR_SEVERITY" => a.finding().vendor_severity.cmp(&b.finding().vendor_severity),
        "EPSS_SCORE" => number(a.finding().epss, b.finding().epss),
        _ => Ordering::Equal,
    }
}
