//! The registry's scanning configuration, and how it applies to repositories.

use std::collections::BTreeMap;

use aws_sdk_ecr::types::{
    RegistryScanningConfiguration, RegistryScanningRule, ScanFrequency, ScanType, ScanningRepositoryFilter,
    ScanningRepositoryFilterType,
};

use crate::{
    aws::{
        Aws,
        errors::{incomplete, problem},
    },
    model::{
        code::Code,
        problem::{LabError, Problem},
        scanning_configuration::{ScanningConfiguration, ScanningRule},
    },
};

/// How a repository is scanned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RepositoryScanning {
    /// `CONTINUOUS_SCAN`, `SCAN_ON_PUSH`, `MANUAL`.
    pub(crate) frequency: String,
    /// The filters that match it.
    pub(crate) filters: Vec<String>,
}

/// The current configuration.
pub(crate) async fn get(aws: &Aws) -> Result<ScanningConfiguration, LabError> {
    let response = aws.ecr.get_registry_scanning_configuration().send().await;
    let response = response.map_err(|error| problem("ecr:GetRegistryScanningConfiguration", error))?;
    Ok(response.scanning_configuration().map_or_else(never_configured, read))
}

/// The configuration of a registry that was never configured: basic scanning without rules.
fn never_configured() -> ScanningConfiguration {
    ScanningConfiguration { scan_type: ScanType::Basic.as_str().to_owned(), rules: Vec::new() }
}

fn read(configuration: &RegistryScanningConfiguration) -> ScanningConfiguration {
    let rule = |rule: &RegistryScanningRule| ScanningRule {
        frequency: rule.scan_frequency().as_str().to_owned(),
        filters: rule.repository_filters().iter().map(|filter| filter.filter().to_owned()).collect(),
    };
    ScanningConfiguration {
        scan_type: configuration.scan_type().unwrap_or(&ScanType::Basic).as_str().to_owned(),
        rules: configuration.rules().iter().map(rule).collect(),
    }
}

/// Replaces the whole configuration, and reads it back. The rules are always sent: without them ECR keeps the present ones.
///
/// # Errors
///
/// Also problem `scanning-not-applied`, when the registry has another configuration afterwards.
pub(crate) async fn put(aws: &Aws, configuration: &ScanningConfiguration) -> Result<(), LabError> {
    let rules = configuration.rules.iter().map(write).collect::<Result<Vec<_>, _>>()?;
    let put = aws.ecr.put_registry_scanning_configuration().scan_type(configuration.scan_type.as_str().into());
    let response = put.set_rules(Some(rules)).send().await;
    response.map_err(|error| problem("ecr:PutRegistryScanningConfiguration", error))?;
    let present = get(aws).await?;
    if present.is_equivalent_to(configuration) {
        return Ok(());
    }
    let problem = Problem::new(Code::ScanningNotApplied).with("configuration", present.summary());
    Err(problem.with("wanted", configuration.summary()).retryable().into())
}

fn write(rule: &ScanningRule) -> Result<RegistryScanningRule, LabError> {
    let filter = |text: &String| {
        let kind = ScanningRepositoryFilterType::Wildcard;
        ScanningRepositoryFilter::builder().filter(text).filter_type(kind).build().map_err(LabError::defect)
    };
    let filters = rule.filters.iter().map(filter).collect::<Result<Vec<_>, _>>()?;
    RegistryScanningRule::builder()
        .scan_frequency(ScanFrequency::from(rule.frequency.as_str()))
        .set_repository_filters(Some(filters))
        .build()
        .map_err(LabError::defect)
}

/// The most repositories that ECR describes at once.
const NAMES: usize = 25;

/// How repositories are scanned, by name. Repositories that do not exist are left out.
pub(crate) async fn repository_scanning(
    aws: &Aws,
    names: &[&str],
) -> Result<BTreeMap<String, RepositoryScanning>, LabError> {
    let mut scanning = BTreeMap::new();
    for names in names.chunks(NAMES) {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let request = aws.ecr.batch_get_repository_scanning_configuration().set_repository_names(Some(names));
        let response = request.send().await;
        let response = response.map_err(|error| problem("ecr:BatchGetRepositoryScanningConfiguration", error))?;
        for configuration in response.scanning_configurations() {
            let (name, read) = read_repository(configuration)?;
            scanning.insert(name, read);
        }
    }
    Ok(scanning)
}

/// An answer without a frequency says nothing: it is not taken for one that says that the repository is not scanned.
fn read_repository(
    configuration: &aws_sdk_ecr::types::RepositoryScanningConfiguration,
) -> Result<(String, RepositoryScanning), LabError> {
    let filters = configuration.applied_scan_filters().iter().map(|filter| filter.filter().to_owned()).collect();
    let absent = || incomplete("ecr:BatchGetRepositoryScanningConfiguration");
    let frequency = configuration.scan_frequency().map(ScanFrequency::as_str).ok_or_else(absent)?.to_owned();
    Ok((configuration.repository_name().unwrap_or_default().to_owned(), RepositoryScanning { frequency, filters }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absent_frequency_is_not_taken_for_manual() {
        let answer = |frequency: Option<ScanFrequency>| {
            let answer = aws_sdk_ecr::types::RepositoryScanningConfiguration::builder().repository_name("any");
            read_repository(&answer.set_scan_frequency(frequency).build())
        };
        assert_eq!(answer(None).unwrap_err().into_problem().code, Code::MalformedAnswer);
        assert_eq!(answer(Some(ScanFrequency::Manual)).unwrap().1.frequency, "MANUAL");
    }
}
