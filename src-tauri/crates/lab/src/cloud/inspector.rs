//! Inspector's scanning of ECR: whether it is enabled, what it covers, and its findings for an image.

use std::collections::BTreeMap;

use aws_sdk_inspector2::operation::batch_get_account_status::BatchGetAccountStatusOutput;
use aws_sdk_inspector2::types::{
    AggregationRequest, AggregationResponse, AggregationType, AwsEcrContainerAggregation, CoverageFilterCriteria,
    CoverageResourceType, CoverageStringComparison, CoverageStringFilter, FailedAccount, FilterCriteria, Finding,
    Operation, ResourceScanType, ResourceType, Service, Status, StringComparison, StringFilter,
    builders::FilterCriteriaBuilder,
};

use super::paging::Paging;
use crate::{
    aws::{
        Aws, convert,
        errors::{denied_action, incomplete, problem},
    },
    model::{
        code::Code,
        problem::{LabError, Problem},
    },
    regions::REGIONS,
    scanning::InspectorStatus,
};

/// The status of Inspector's scanning of ECR.
pub(crate) async fn status(aws: &Aws) -> Result<InspectorStatus, LabError> {
    let response = aws.inspector.batch_get_account_status().send().await;
    let response = response
        .map_err(|error| problem("inspector2:BatchGetAccountStatus", error))
        .map_err(|error| explain_region(aws.region(), error))?;
    if let Some(failed) = response.failed_accounts().first() {
        let code = failed.error_code().as_str();
        return Err(refusal("inspector2:BatchGetAccountStatus", code, failed.error_message()));
    }
    read_status(&response)
}

/// An answer without a status says nothing: it is not taken for one that says that scanning is off.
fn read_status(response: &BatchGetAccountStatusOutput) -> Result<InspectorStatus, LabError> {
    let ecr = response.accounts().first().and_then(|account| account.resource_state()).and_then(|states| states.ecr());
    let status = ecr.map(|state| state.status().as_str()).filter(|status| !status.is_empty());
    let absent = || incomplete("inspector2:BatchGetAccountStatus");
    Ok(InspectorStatus(status.ok_or_else(absent)?.to_owned()))
}

/// A Region without Inspector has no such host, or refuses without naming a permission. That of a Region that is known to have
/// Inspector is another failure.
fn explain_region(region: &str, error: LabError) -> LabError {
    let LabError::Problem(failed) = &error else { return error };
    let names_permission = failed.details.as_deref().is_some_and(|text| denied_action(text).is_some());
    let is_typical = match failed.code {
        Code::NameUnknown | Code::Network | Code::ProxyFailed | Code::RegionDisabled => true,
        Code::AccessDenied => !names_permission,
        _ => false,
    };
    if !is_typical || REGIONS.contains(&region) {
        return error;
    }
    let explained = Problem::new(Code::RegionWithoutInspector).with("region", region);
    explained.details(failed.details.clone().unwrap_or_default()).into()
}

/// The names of the account's filters, suppression rules among them, that are deleted when scanning of ECR is disabled: all, unless
/// another scan type is on. The lab makes none.
pub(crate) async fn filters_at_risk(aws: &Aws) -> Result<Vec<String>, LabError> {
    let response = aws.inspector.batch_get_account_status().send().await;
    let response = response.map_err(|error| problem("inspector2:BatchGetAccountStatus", error))?;
    if has_other_scan_type(&response) {
        return Ok(Vec::new());
    }
    let mut pages = aws.inspector.list_filters().max_results(100).into_paginator().send();
    let (mut names, mut paging) = (Vec::new(), Paging::default());
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| problem("inspector2:ListFilters", error))?;
        paging.check("inspector2:ListFilters", page.filters().len(), page.next_token())?;
        names.extend(page.filters().iter().map(|filter| filter.name().to_owned()));
    }
    names.sort();
    Ok(names)
}

/// Whether another scan type than that of ECR is on and stays on.
fn has_other_scan_type(response: &BatchGetAccountStatusOutput) -> bool {
    let Some(states) = response.accounts().first().and_then(|account| account.resource_state()) else { return false };
    let others = [states.ec2(), states.lambda(), states.lambda_code(), states.code_repository()];
    others.into_iter().flatten().any(|state| *state.status() == Status::Enabled)
}

/// What an account may change of Inspector's scanning of ECR by itself. Where an organization manages it, that is less than
/// everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct OwnOperations {
    pub(crate) enable: bool,
    pub(crate) disable: bool,
}

/// What the account may change of Inspector's scanning of ECR by itself. Says nothing of the caller's own permissions.
pub(crate) async fn own_operations(aws: &Aws) -> Result<OwnOperations, LabError> {
    let mut pages = aws.inspector.list_account_permissions().service(Service::Ecr).into_paginator().send();
    let (mut own, mut paging) = (OwnOperations::default(), Paging::default());
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| problem("inspector2:ListAccountPermissions", error))?;
        paging.check("inspector2:ListAccountPermissions", page.permissions().len(), page.next_token())?;
        let has = |operation| {
            page.permissions().iter().any(|own| *own.service() == Service::Ecr && *own.operation() == operation)
        };
        own.enable |= has(Operation::EnableScanning);
        own.disable |= has(Operation::DisableScanning);
    }
    Ok(own)
}

/// Enables scanning of ECR. Succeeds if it is already enabled or being enabled.
pub(crate) async fn enable(aws: &Aws) -> Result<(), LabError> {
    let response = aws.inspector.enable().resource_types(ResourceScanType::Ecr).send().await;
    let response = response.map_err(|error| problem("inspector2:Enable", error))?;
    check_failed_accounts("inspector2:Enable", response.failed_accounts(), &["ALREADY_ENABLED", "ENABLE_IN_PROGRESS"])
}

/// Disables scanning of ECR.
pub(crate) async fn disable(aws: &Aws) -> Result<(), LabError> {
    let response = aws.inspector.disable().resource_types(ResourceScanType::Ecr).send().await;
    let response = response.map_err(|error| problem("inspector2:Disable", error))?;
    check_failed_accounts("inspector2:Disable", response.failed_accounts(), &["DISABLE_IN_PROGRESS"])
}

/// Fails if an account was refused: Inspector reports that in a successful response with a list of failures.
fn check_failed_accounts(action: &str, failed: &[FailedAccount], accepted: &[&str]) -> Result<(), LabError> {
    match failed.iter().find(|failed| !accepted.contains(&failed.error_code().as_str())) {
        None => Ok(()),
        Some(failed) => Err(refusal(action, failed.error_code().as_str(), failed.error_message())),
    }
}

fn refusal(action: &str, code: &str, message: &str) -> LabError {
    let problem_code = match code {
        "BLOCKED_BY_ORGANIZATION_POLICY" => Code::DeniedByOrganization,
        // Also `ACCESS_DENIED`, which is about the account: the caller's own missing permission is an error of the call.
        _ => Code::InspectorRefused,
    };
    let problem =
        Problem::new(problem_code).with("action", action).with("code", code).details(format!("{code}: {message}"));
    // A change in progress and an internal error are temporary; the rest is not.
    let temporary = code.ends_with("IN_PROGRESS") || code.ends_with("UNAVAILABLE") || code == "INTERNAL_ERROR";
    if temporary { problem.retryable().into() } else { problem.into() }
}

/// Inspector's reason for its coverage of a repository, or of an image in it by digest: `SUCCESSFUL`, `SCAN_FREQUENCY_MANUAL`. `None`
/// while Inspector does not list the resource.
pub(crate) async fn coverage(aws: &Aws, repository: &str, digest: Option<&str>) -> Result<Option<String>, LabError> {
    let kind = if digest.is_some() {
        CoverageResourceType::AwsEcrContainerImage
    } else {
        CoverageResourceType::AwsEcrRepository
    };
    let equals = |value: &str| {
        CoverageStringFilter::builder()
            .comparison(CoverageStringComparison::Equals)
            .value(value)
            .build()
            .map_err(LabError::defect)
    };
    let filter = CoverageFilterCriteria::builder()
        .ecr_repository_name(equals(repository)?)
        .resource_type(equals(kind.as_str())?)
        .build();
    let mut pages = aws.inspector.list_coverage().filter_criteria(filter).max_results(200).into_paginator().send();
    let mut paging = Paging::default();
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| problem("inspector2:ListCoverage", error))?;
        paging.check("inspector2:ListCoverage", page.covered_resources().len(), page.next_token())?;
        for row in page.covered_resources() {
            if digest.is_none_or(|digest| row.resource_id().ends_with(digest)) {
                return Ok(row.scan_status().map(|status| status.reason().as_str().to_owned()));
            }
        }
    }
    Ok(None)
}

/// The number of active findings that Inspector counts for an image.
pub(crate) async fn count(aws: &Aws, repository: &str, digest: &str) -> Result<usize, LabError> {
    let request = AwsEcrContainerAggregation::builder().repositories(equals(repository)?).image_shas(equals(digest)?);
    let response = aws
        .inspector
        .list_finding_aggregations()
        .aggregation_type(AggregationType::AwsEcrContainer)
        .aggregation_request(AggregationRequest::AwsEcrContainerAggregation(request.build()))
        .send()
        .await;
    let response = response.map_err(|error| problem("inspector2:ListFindingAggregations", error))?;
    let all = response.responses().iter().filter_map(|aggregation| match aggregation {
        AggregationResponse::AwsEcrContainerAggregation(counts) => counts.severity_counts()?.all(),
        _ => None,
    });
    Ok(all.sum::<i64>().unsigned_abs() as usize)
}

/// The number of an image's findings that filters of the account suppress: no aggregation counts them.
pub(crate) async fn suppressed(aws: &Aws, repository: &str, digest: &str) -> Result<usize, LabError> {
    let filter = of_image(repository, digest)?.finding_status(equals("SUPPRESSED")?).build();
    let mut pages = aws.inspector.list_findings().filter_criteria(filter).max_results(100).into_paginator().send();
    let (mut count, mut paging) = (0, Paging::default());
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| problem("inspector2:ListFindings", error))?;
        paging.check("inspector2:ListFindings", page.findings().len(), page.next_token())?;
        count += page.findings().len();
    }
    Ok(count)
}

/// One page of an image's open findings, and the token of the next page.
pub(crate) async fn findings(
    aws: &Aws,
    repository: &str,
    digest: &str,
    token: Option<String>,
) -> Result<(Vec<Finding>, Option<String>), LabError> {
    let filter = open_in(repository, digest)?.build();
    let list = aws.inspector.list_findings().filter_criteria(filter).max_results(100);
    let response = list.set_next_token(token).send().await;
    let response = response.map_err(|error| problem("inspector2:ListFindings", error))?;
    Ok((response.findings.unwrap_or_default(), response.next_token))
}

/// The findings of a vulnerability in all images, active or suppressed; also those that name it as related.
pub(crate) async fn with_vulnerability(aws: &Aws, id: &str) -> Result<Vec<findings::Finding>, LabError> {
    let criteria = || {
        let kind = equals(ResourceType::AwsEcrContainerImage.as_str())?;
        let (active, suppressed) = (equals("ACTIVE")?, equals("SUPPRESSED")?);
        Ok::<_, LabError>(
            FilterCriteria::builder().resource_type(kind).finding_status(active).finding_status(suppressed),
        )
    };
    let own = criteria()?.vulnerability_id(equals(id)?).build();
    let related = criteria()?.related_vulnerabilities(equals(id)?).build();
    let mut by_arn = BTreeMap::new();
    for filter in [own, related] {
        let mut pages = aws.inspector.list_findings().filter_criteria(filter).max_results(100).into_paginator().send();
        let mut paging = Paging::default();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| problem("inspector2:ListFindings", error))?;
            paging.check("inspector2:ListFindings", page.findings().len(), page.next_token())?;
            let page = page.findings().iter().map(convert::inspector::from_inspector);
            by_arn.extend(page.map(|finding| (finding.arn.clone(), finding)));
        }
    }
    Ok(by_arn.into_values().collect())
}

/// Whether an image has an open finding for a vulnerability.
pub(crate) async fn has_vulnerability(
    aws: &Aws,
    repository: &str,
    digest: &str,
    vulnerability: &str,
) -> Result<bool, LabError> {
    let filter = open_in(repository, digest)?.vulnerability_id(equals(vulnerability)?).build();
    let mut pages = aws.inspector.list_findings().filter_criteria(filter).into_paginator().send();
    // An empty page with a token is not the end.
    let mut paging = Paging::default();
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| problem("inspector2:ListFindings", error))?;
        if !page.findings().is_empty() {
            return Ok(true);
        }
        paging.check("inspector2:ListFindings", 0, page.next_token())?;
    }
    Ok(false)
}

/// The findings of an image that are open: a suppressed one is hidden, and not closed.
fn open_in(repository: &str, digest: &str) -> Result<FilterCriteriaBuilder, LabError> {
    Ok(of_image(repository, digest)?.finding_status(equals("ACTIVE")?).finding_status(equals("SUPPRESSED")?))
}

fn of_image(repository: &str, digest: &str) -> Result<FilterCriteriaBuilder, LabError> {
    Ok(FilterCriteria::builder().ecr_image_repository_name(equals(repository)?).ecr_image_hash(equals(digest)?))
}

fn equals(value: &str) -> Result<StringFilter, LabError> {
    StringFilter::builder().comparison(StringComparison::Equals).value(value).build().map_err(LabError::defect)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explained(region: &str, code: Code, details: &str) -> Code {
        explain_region(region, Problem::new(code).details(details).into()).into_problem().code
    }

    #[test]
    fn an_absent_status_is_not_taken_for_disabled() {
        let none = BatchGetAccountStatusOutput::builder().set_accounts(Some(Vec::new())).build().unwrap();
        assert_eq!(read_status(&none).unwrap_err().into_problem().code, Code::MalformedAnswer);
    }

    #[test]
    fn a_region_that_is_not_known_to_have_inspector_is_named_as_the_cause() {
        for code in [Code::NameUnknown, Code::Network, Code::ProxyFailed, Code::RegionDisabled, Code::AccessDenied] {
            assert_eq!(explained("xx-nowhere-1", code, "AccessDeniedException"), Code::RegionWithoutInspector);
            assert_eq!(explained("eu-central-1", code, "AccessDeniedException"), code);
        }
        for code in [Code::Throttled, Code::CredentialsExpired, Code::Timeout] {
            assert_eq!(explained("xx-nowhere-1", code, ""), code);
        }
        let denial = "User: x is not authorized to perform: inspector2:BatchGetAccountStatus on resource: y";
        assert_eq!(explained("xx-nowhere-1", Code::AccessDenied, denial), Code::AccessDenied);
    }
}
