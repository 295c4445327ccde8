//! The names of Inspector's operations by method and path, from its model in botocore 1.44.8: those too that the practice
//! cloud does not have.

use http::Method;

/// The operation, if Inspector has one at this path.
pub(super) fn operation(method: &Method, path: &str) -> Option<&'static str> {
    let path = path.strip_suffix('/').unwrap_or(path);
    let path = if path.starts_with("/tags/") { "/tags/{resourceArn}" } else { path };
    let operations = OPERATIONS.iter();
    operations.filter(|(other, ..)| method == other).find(|(.., other)| *other == path).map(|(_, name, _)| *name)
}

const OPERATIONS: &[(Method, &str, &str)] = &[
    (Method::POST, "AssociateMember", "/members/associate"),
    (Method::POST, "BatchAssociateCodeSecurityScanConfiguration", "/codesecurity/scan-configuration/batch/associate"),
    (
        Method::POST,
        "BatchDisassociateCodeSecurityScanConfiguration",
        "/codesecurity/scan-configuration/batch/disassociate",
    ),
    (Method::POST, "BatchGetAccountStatus", "/status/batch/get"),
    (Method::POST, "BatchGetCodeSnippet", "/codesnippet/batchget"),
    (Method::POST, "BatchGetFindingDetails", "/findings/details/batch/get"),
    (Method::POST, "BatchGetFreeTrialInfo", "/freetrialinfo/batchget"),
    (Method::POST, "BatchGetMemberEc2DeepInspectionStatus", "/ec2deepinspectionstatus/member/batch/get"),
    (Method::POST, "BatchUpdateMemberEc2DeepInspectionStatus", "/ec2deepinspectionstatus/member/batch/update"),
    (Method::POST, "CancelFindingsReport", "/reporting/cancel"),
    (Method::POST, "CancelSbomExport", "/sbomexport/cancel"),
    (Method::POST, "CreateCisScanConfiguration", "/cis/scan-configuration/create"),
    (Method::POST, "CreateCodeSecurityIntegration", "/codesecurity/integration/create"),
    (Method::POST, "CreateCodeSecurityScanConfiguration", "/codesecurity/scan-configuration/create"),
    (Method::POST, "CreateConnector", "/connector/create"),
    (Method::POST, "CreateFilter", "/filters/create"),
    (Method::POST, "CreateFindingsReport", "/reporting/create"),
    (Method::POST, "CreateSbomExport", "/sbomexport/create"),
    (Method::POST, "DeleteCisScanConfiguration", "/cis/scan-configuration/delete"),
    (Method::POST, "DeleteCodeSecurityIntegration", "/codesecurity/integration/delete"),
    (Method::POST, "DeleteCodeSecurityScanConfiguration", "/codesecurity/scan-configuration/delete"),
    (Method::POST, "DeleteConnector", "/connector/delete"),
    (Method::POST, "DeleteFilter", "/filters/delete"),
    (Method::POST, "DescribeOrganizationConfiguration", "/organizationconfiguration/describe"),
    (Method::POST, "Disable", "/disable"),
    (Method::POST, "DisableDelegatedAdminAccount", "/delegatedadminaccounts/disable"),
    (Method::POST, "DisassociateMember", "/members/disassociate"),
    (Method::POST, "Enable", "/enable"),
    (Method::POST, "EnableDelegatedAdminAccount", "/delegatedadminaccounts/enable"),
    (Method::POST, "GetCisScanReport", "/cis/scan/report/get"),
    (Method::POST, "GetCisScanResultDetails", "/cis/scan-result/details/get"),
    (Method::POST, "GetClustersForImage", "/cluster/get"),
    (Method::POST, "GetCodeSecurityIntegration", "/codesecurity/integration/get"),
    (Method::POST, "GetCodeSecurityScan", "/codesecurity/scan/get"),
    (Method::POST, "GetCodeSecurityScanConfiguration", "/codesecurity/scan-configuration/get"),
    (Method::POST, "GetConfiguration", "/configuration/get"),
    (Method::POST, "GetDelegatedAdminAccount", "/delegatedadminaccounts/get"),
    (Method::POST, "GetEc2DeepInspectionConfiguration", "/ec2deepinspectionconfiguration/get"),
    (Method::GET, "GetEncryptionKey", "/encryptionkey/get"),
    (Method::POST, "GetFindingsReportStatus", "/reporting/status/get"),
    (Method::POST, "GetMember", "/members/get"),
    (Method::POST, "GetOnDemandScanStatus", "/ondemand/scan/status"),
    (Method::POST, "GetSbomExport", "/sbomexport/get"),
    (Method::POST, "ListAccountPermissions", "/accountpermissions/list"),
    (Method::POST, "ListCisScanConfigurations", "/cis/scan-configuration/list"),
    (Method::POST, "ListCisScanResultsAggregatedByChecks", "/cis/scan-result/check/list"),
    (Method::POST, "ListCisScanResultsAggregatedByTargetResource", "/cis/scan-result/resource/list"),
    (Method::POST, "ListCisScans", "/cis/scan/list"),
    (Method::POST, "ListCodeSecurityIntegrations", "/codesecurity/integration/list"),
    (
        Method::POST,
        "ListCodeSecurityScanConfigurationAssociations",
        "/codesecurity/scan-configuration/associations/list",
    ),
    (Method::POST, "ListCodeSecurityScanConfigurations", "/codesecurity/scan-configuration/list"),
    (Method::POST, "ListConnectorScanConfigurations", "/connectorscanconfigurations/list"),
    (Method::POST, "ListConnectors", "/connector/list"),
    (Method::POST, "ListCoverage", "/coverage/list"),
    (Method::POST, "ListCoverageStatistics", "/coverage/statistics/list"),
    (Method::POST, "ListDelegatedAdminAccounts", "/delegatedadminaccounts/list"),
    (Method::POST, "ListFilters", "/filters/list"),
    (Method::POST, "ListFindingAggregations", "/findings/aggregation/list"),
    (Method::POST, "ListFindings", "/findings/list"),
    (Method::POST, "ListMembers", "/members/list"),
    (Method::POST, "ListOnDemandScans", "/ondemand/scans"),
    (Method::GET, "ListTagsForResource", "/tags/{resourceArn}"),
    (Method::POST, "ListUsageTotals", "/usage/list"),
    (Method::PUT, "ResetEncryptionKey", "/encryptionkey/reset"),
    (Method::POST, "SearchVulnerabilities", "/vulnerabilities/search"),
    (Method::PUT, "SendCisSessionHealth", "/cissession/health/send"),
    (Method::PUT, "SendCisSessionTelemetry", "/cissession/telemetry/send"),
    (Method::PUT, "StartCisSession", "/cissession/start"),
    (Method::POST, "StartCodeSecurityScan", "/codesecurity/scan/start"),
    (Method::POST, "StartOnDemandScan", "/ondemand/scan"),
    (Method::PUT, "StopCisSession", "/cissession/stop"),
    (Method::POST, "TagResource", "/tags/{resourceArn}"),
    (Method::DELETE, "UntagResource", "/tags/{resourceArn}"),
    (Method::POST, "UpdateCisScanConfiguration", "/cis/scan-configuration/update"),
    (Method::POST, "UpdateCodeSecurityIntegration", "/codesecurity/integration/update"),
    (Method::POST, "UpdateCodeSecurityScanConfiguration", "/codesecurity/scan-configuration/update"),
    (Method::POST, "UpdateConfiguration", "/configuration/update"),
    (Method::POST, "UpdateConnector", "/connector/update"),
    (Method::POST, "UpdateConnectorScanConfiguration", "/connectorscanconfiguration/update"),
    (Method::POST, "UpdateEc2DeepInspectionConfiguration", "/ec2deepinspectionconfiguration/update"),
    (Method::PUT, "UpdateEncryptionKey", "/encryptionkey/update"),
    (Method::POST, "UpdateFilter", "/filters/update"),
    (Method::POST, "UpdateOrgEc2DeepInspectionConfiguration", "/ec2deepinspectionconfiguration/org/update"),
    (Method::POST, "UpdateOrganizationConfiguration", "/organizationconfiguration/update"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::Service;

    #[test]
    fn the_operations_of_the_practice_cloud_are_among_inspectors() {
        assert_eq!(operation(&Method::POST, "/members/list/"), Some("ListMembers"));
        assert_eq!(operation(&Method::GET, "/members/list"), None);
        assert_eq!(operation(&Method::DELETE, "/tags/arn%3Aaws%3Ainspector2"), Some("UntagResource"));
        for name in Service::Inspector2.operations() {
            assert!(OPERATIONS.iter().any(|(_, other, _)| *other == name), "{name}");
        }
    }
}
