//! Every operation through its SDK: the result of a call without input, and of each fault.

use std::fmt::Debug;

use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use crate::support::Cloud;

/// The code of a call that failed.
fn outcome<T: Debug, E: ProvideErrorMetadata>(result: Result<T, E>) -> String {
    result.map_or_else(|error| error.code().unwrap_or("none").to_owned(), |_| "ok".to_owned())
}

const FAULTS: [(&str, [&str; 4]); 5] = [
    ("throttle", ["ThrottlingException", "ThrottlingException", "Throttling", "Throttling"]),
    ("access-denied", ["AccessDeniedException", "AccessDeniedException", "AccessDenied", "AccessDenied"]),
    ("expired-credentials", ["ExpiredTokenException", "ExpiredTokenException", "ExpiredToken", "ExpiredToken"]),
    (
        "invalid-credentials",
        ["UnrecognizedClientException", "UnrecognizedClientException", "InvalidClientTokenId", "InvalidClientTokenId"],
    ),
    ("server-error", ["ServerException", "InternalServerException", "InternalFailure", "ServiceFailure"]),
];

/// Calls each operation of a service without input: without a fault, with each fault, and without a fault again.
macro_rules! operations {
    ($test:ident, $client:ident, $service:literal, $spelling:literal, $($operation:literal $call:ident => $empty:literal,)*) => {
        #[tokio::test]
        async fn $test() {
            let cloud = Cloud::start().await;
            // On the heap, each by itself: together their futures are larger than a stack.
            $( Box::pin(async {
                let call = || cloud.$client.$call().send();
                assert_eq!(outcome(call().await), $empty, $operation);
                for (kind, codes) in FAULTS {
                    let fault = format!("{}:{}={kind}*1", $service, $operation);
                    cloud.practice.faults().add(fault.parse().unwrap());
                    assert_eq!(outcome(call().await), codes[$spelling], "{fault}");
                    assert!(cloud.practice.faults().list().is_empty(), "{fault}");
                }
                cloud.practice.faults().add(format!("{}:{}=cut*1", $service, $operation).parse().unwrap());
                assert_eq!(outcome(call().await), "none", "{}, cut", $operation);
                cloud.practice.faults().add(format!("{}:{}=malformed*1", $service, $operation).parse().unwrap());
                // The headers of an error have its code, and the body of a response without output is not read.
                let malformed = outcome(call().await);
                let unread = $empty != "ok" || $operation == "UpdateConfiguration";
                assert!(malformed == "none" || (unread && malformed == $empty), "{}: {malformed}", $operation);
                assert_eq!(outcome(call().await), $empty, $operation);
            }).await; )*
        }
    };
}

operations! { every_operation_of_ecr_has_its_errors_and_its_faults, ecr, "ecr", 0,
    "BatchCheckLayerAvailability" batch_check_layer_availability => "InvalidParameterException",
    "BatchDeleteImage" batch_delete_image => "InvalidParameterException",
    "BatchGetImage" batch_get_image => "InvalidParameterException",
    "BatchGetRepositoryScanningConfiguration" batch_get_repository_scanning_configuration => "InvalidParameterException",
    "CompleteLayerUpload" complete_layer_upload => "InvalidParameterException",
    "CreatePullThroughCacheRule" create_pull_through_cache_rule => "InvalidParameterException",
    "CreateRepository" create_repository => "InvalidParameterException",
    "DeleteLifecyclePolicy" delete_lifecycle_policy => "InvalidParameterException",
    "DeletePullThroughCacheRule" delete_pull_through_cache_rule => "InvalidParameterException",
    "DeleteRegistryPolicy" delete_registry_policy => "RegistryPolicyNotFoundException",
    "DeleteRepository" delete_repository => "InvalidParameterException",
    "DeleteRepositoryPolicy" delete_repository_policy => "InvalidParameterException",
    "DescribeImageReplicationStatus" describe_image_replication_status => "InvalidParameterException",
    "DescribeImageScanFindings" describe_image_scan_findings => "InvalidParameterException",
    "DescribeImages" describe_images => "InvalidParameterException",
    "DescribePullThroughCacheRules" describe_pull_through_cache_rules => "ok",
    "DescribeRegistry" describe_registry => "ok",
    "DescribeRepositories" describe_repositories => "ok",
    "DescribeRepositoryCreationTemplates" describe_repository_creation_templates => "ok",
    "GetAccountSetting" get_account_setting => "InvalidParameterException",
    "GetAuthorizationToken" get_authorization_token => "ok",
    "GetDownloadUrlForLayer" get_download_url_for_layer => "InvalidParameterException",
    "GetLifecyclePolicy" get_lifecycle_policy => "InvalidParameterException",
    "GetLifecyclePolicyPreview" get_lifecycle_policy_preview => "InvalidParameterException",
    "GetRegistryPolicy" get_registry_policy => "RegistryPolicyNotFoundException",
    "GetRegistryScanningConfiguration" get_registry_scanning_configuration => "ok",
    "GetRepositoryPolicy" get_repository_policy => "InvalidParameterException",
    "InitiateLayerUpload" initiate_layer_upload => "InvalidParameterException",
    "ListImages" list_images => "InvalidParameterException",
    "ListTagsForResource" list_tags_for_resource => "InvalidParameterException",
    "PutAccountSetting" put_account_setting => "InvalidParameterException",
    "PutImage" put_image => "InvalidParameterException",
    "PutImageScanningConfiguration" put_image_scanning_configuration => "InvalidParameterException",
    "PutImageTagMutability" put_image_tag_mutability => "InvalidParameterException",
    "PutLifecyclePolicy" put_lifecycle_policy => "InvalidParameterException",
    "PutRegistryPolicy" put_registry_policy => "InvalidParameterException",
    "PutRegistryScanningConfiguration" put_registry_scanning_configuration => "ok",
    "PutReplicationConfiguration" put_replication_configuration => "InvalidParameterException",
    "SetRepositoryPolicy" set_repository_policy => "InvalidParameterException",
    "StartImageScan" start_image_scan => "InvalidParameterException",
    "StartLifecyclePolicyPreview" start_lifecycle_policy_preview => "InvalidParameterException",
    "TagResource" tag_resource => "InvalidParameterException",
    "UntagResource" untag_resource => "InvalidParameterException",
    "UpdateImageStorageClass" update_image_storage_class => "InvalidParameterException",
    "UpdatePullThroughCacheRule" update_pull_through_cache_rule => "InvalidParameterException",
    "UploadLayerPart" upload_layer_part => "InvalidParameterException",
    "ValidatePullThroughCacheRule" validate_pull_through_cache_rule => "InvalidParameterException",
}

operations! { every_operation_of_inspector_has_its_errors_and_its_faults, inspector, "inspector2", 1,
    "BatchGetAccountStatus" batch_get_account_status => "ok",
    "BatchGetFindingDetails" batch_get_finding_details => "ValidationException",
    "BatchGetFreeTrialInfo" batch_get_free_trial_info => "ValidationException",
    "CreateFilter" create_filter => "ValidationException",
    "DeleteFilter" delete_filter => "ValidationException",
    "Disable" disable => "ok",
    "Enable" enable => "ValidationException",
    "GetClustersForImage" get_clusters_for_image => "ValidationException",
    "GetConfiguration" get_configuration => "ok",
    "ListAccountPermissions" list_account_permissions => "ok",
    "ListCoverage" list_coverage => "ok",
    "ListCoverageStatistics" list_coverage_statistics => "ok",
    "ListFilters" list_filters => "ok",
    "ListFindingAggregations" list_finding_aggregations => "ValidationException",
    "ListFindings" list_findings => "ok",
    "ListUsageTotals" list_usage_totals => "ok",
    "SearchVulnerabilities" search_vulnerabilities => "ValidationException",
    "UpdateConfiguration" update_configuration => "ok",
    "UpdateFilter" update_filter => "ValidationException",
}

operations! { every_operation_of_iam_has_its_errors_and_its_faults, iam, "iam", 3,
    "GetRole" get_role => "NoSuchEntity",
    "ListAccountAliases" list_account_aliases => "ok",
    "SimulatePrincipalPolicy" simulate_principal_policy => "InvalidInput",
}

operations! { every_operation_of_sts_has_its_errors_and_its_faults, sts, "sts", 2,
    "AssumeRole" assume_role => "ValidationError",
    "GetCallerIdentity" get_caller_identity => "ok",
    "GetSessionToken" get_session_token => "ok",
}
