//! The filter of vulnerable packages.

use serde::Deserialize;

use crate::{
    api::inspector2::{
        check,
        criteria::{COMPARISONS, NumberFilter, StringFilter},
    },
    scan::report::AffectedPackage,
    wire::error::ApiError,
};

/// Conditions on one package. What the practice cloud does not know of any package cannot be a condition.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PackageFilter {
    name: Option<StringFilter>,
    version: Option<StringFilter>,
    epoch: Option<NumberFilter>,
    release: Option<StringFilter>,
    architecture: Option<StringFilter>,
    source_layer_hash: Option<StringFilter>,
    source_lambda_layer_arn: Option<StringFilter>,
    file_path: Option<StringFilter>,
    runtime_reachability: Option<WordFilter>,
    runtime_reachability_reason: Option<WordFilter>,
    purl_qualifier: Option<QualifierFilter>,
}

/// A filter whose values are of a fixed list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordFilter {
    comparison: Option<String>,
    value: Option<String>,
}

/// A filter of a qualifier in a package's URL.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct QualifierFilter {
    comparison: Option<String>,
    key: Option<String>,
    value: Option<String>,
}

const REACHABILITIES: [&str; 3] = ["REACHABLE", "NOT_REACHABLE", "UNKNOWN"];
const REASONS: [&str; 4] = [
    "PACKAGE_IN_DOCKERFILE_WORKLOAD_PATH",
    "PACKAGE_NOT_IN_DOCKERFILE_WORKLOAD_PATH",
    "PROCESS_OBSERVED_IN_EC2_RUNTIME",
    "PROCESS_NOT_OBSERVED_IN_EC2_RUNTIME",
];
const QUALIFIERS: [&str; 16] = [
    "arch",
    "collector",
    "dev_dependency",
    "distro",
    "epoch",
    "go_toolchain",
    "hardened",
    "private",
    "rust_toolchain",
    "scope",
    "skip_chromium_download",
    "source",
    "stream",
    "transitive_dependency",
    "unresolved",
    "vendor",
];

impl PackageFilter {
    pub(super) fn check(&self) -> Result<(), ApiError> {
        [
            &self.name,
            &self.version,
            &self.release,
            &self.architecture,
            &self.source_layer_hash,
            &self.source_lambda_layer_arn,
            &self.file_path,
        ]
        .into_iter()
        .flatten()
        .try_for_each(|filter| filter.check("vulnerablePackages", COMPARISONS))?;
        if let Some(filter) = &self.runtime_reachability {
            filter.refusal("vulnerablePackages.runtimeReachability", &REACHABILITIES)?;
        }
        if let Some(filter) = &self.runtime_reachability_reason {
            filter.refusal("vulnerablePackages.runtimeReachabilityReason", &REASONS)?;
        }
        self.purl_qualifier.as_ref().map_or(Ok(()), QualifierFilter::refusal)
    }

    /// Whether all conditions hold for this one package.
    pub(super) fn fits(&self, package: &AffectedPackage) -> bool {
        let text = |filter: &Option<StringFilter>, value: Option<&str>| {
            filter.as_ref().is_none_or(|filter| value.is_some_and(|value| filter.fits(value)))
        };
        text(&self.name, Some(&package.name))
            && text(&self.version, Some(&package.version))
            && text(&self.release, package.release.as_deref())
            && text(&self.architecture, package.arch.as_deref())
            && text(&self.source_layer_hash, package.layer.as_deref())
            // Images have no layers of functions.
            && self.source_lambda_layer_arn.is_none()
            && text(&self.file_path, package.file_path.as_deref())
            && self.epoch.as_ref().is_none_or(|filter| filter.fits(f64::from(package.epoch.unwrap_or(0))))
    }
}

impl WordFilter {
    /// The filter is always refused: first for what is wrong with it, and then because nothing is known to apply it to.
    fn refusal(&self, name: &str, values: &[&str]) -> Result<(), ApiError> {
        let part = |part: &str| format!("{name}.{part}");
        let comparison = check::required(&part("comparison"), self.comparison.as_deref())?;
        check::one_of(&part("comparison"), comparison, &["EQUALS", "NOT_EQUALS"])?;
        check::one_of(&part("value"), check::required(&part("value"), self.value.as_deref())?, values)?;
        Err(not_known(name))
    }
}

impl QualifierFilter {
    fn refusal(&self) -> Result<(), ApiError> {
        let name = "vulnerablePackages.purlQualifier";
        let part = |part: &str| format!("{name}.{part}");
        let comparison = check::required(&part("comparison"), self.comparison.as_deref())?;
        check::one_of(&part("comparison"), comparison, &["EQUALS"])?;
        check::one_of(&part("key"), check::required(&part("key"), self.key.as_deref())?, &QUALIFIERS)?;
        if self.value.as_ref().is_some_and(|value| value.chars().count() > 256) {
            return Err(ApiError::field(&part("value"), "must have at most 256 characters"));
        }
        Err(not_known(name))
    }
}

fn not_known(name: &str) -> ApiError {
    ApiError::field(name, "cannot be applied: the practice cloud does not know it of any package")
}
