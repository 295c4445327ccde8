//! What the transcript records of each operation: the service, a description of the input, and the error. Only listed members of an
//! input are recorded, so that no secret gets in; outputs are never read.

use aws_sdk_ecr::types::ScanningRepositoryFilter;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::detail::Detail;
use crate::transcript::Service;

/// A service's error response.
pub(super) struct Refusal {
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
}

/// The service of a call, from the SDK's name for it.
pub(super) fn service(name: &str) -> Service {
    match name {
        "Inspector2" => Service::Inspector,
        "IAM" => Service::Iam,
        "STS" => Service::Sts,
        _ => Service::Ecr,
    }
}

/// Defines for each operation its module, its input and error types, and which members of the input are recorded.
macro_rules! operations {
    ($($sdk:ident::$module:ident: $input:ident, $error:ident, |$it:ident, $to:ident| $describe:expr;)+) => {
        /// A short description of a call's input.
        pub(super) fn detail(input: &Input) -> String {
            let mut detail = Detail::default();
            $(
                if let Some($it) = input.downcast_ref::<$sdk::operation::$module::$input>() {
                    let $to = &mut detail;
                    $describe;
                    return detail.into_string();
                }
            )+
            detail.into_string()
        }

        /// The code and message of a service's error, whether the SDK models it or not.
        pub(super) fn refusal(error: &Error) -> Option<Refusal> {
            $(
                if let Some(error) = error.downcast_ref::<$sdk::operation::$module::$error>() {
                    return Some(Refusal {
                        code: error.code().map(ToOwned::to_owned),
                        message: error.message().map(ToOwned::to_owned),
                    });
                }
            )+
            None
        }
    };
}

operations! {
    aws_sdk_ecr::get_registry_scanning_configuration:
        GetRegistryScanningConfigurationInput, GetRegistryScanningConfigurationError, |_it, _to| {};
    aws_sdk_ecr::put_registry_scanning_configuration:
        PutRegistryScanningConfigurationInput, PutRegistryScanningConfigurationError, |it, to| {
            to.word(it.scan_type().map(aws_sdk_ecr::types::ScanType::as_str));
            for rule in it.rules() {
                let filters: Vec<_> = rule.repository_filters().iter().map(ScanningRepositoryFilter::filter).collect();
                to.value(rule.scan_frequency().as_str(), Some(filters.join(",")));
            }
        };
    aws_sdk_ecr::batch_get_repository_scanning_configuration:
        BatchGetRepositoryScanningConfigurationInput, BatchGetRepositoryScanningConfigurationError, |it, to| {
            to.words(it.repository_names());
        };
    aws_sdk_ecr::create_repository: CreateRepositoryInput, CreateRepositoryError, |it, to| {
        to.word(it.repository_name());
        for tag in it.tags() {
            to.value(tag.key(), Some(tag.value()));
        }
    };
    aws_sdk_ecr::describe_repositories: DescribeRepositoriesInput, DescribeRepositoriesError, |it, to| {
        to.words(it.repository_names());
        to.page(it.max_results(), it.next_token());
    };
    aws_sdk_ecr::delete_repository: DeleteRepositoryInput, DeleteRepositoryError, |it, to| {
        to.word(it.repository_name());
        to.value("force", it.force().filter(|force| *force));
    };
    aws_sdk_ecr::tag_resource: TagResourceInput, TagResourceError, |it, to| {
        to.word(it.resource_arn());
        for tag in it.tags() {
            to.value(tag.key(), Some(tag.value()));
        }
    };
    aws_sdk_ecr::untag_resource: UntagResourceInput, UntagResourceError, |it, to| {
        to.word(it.resource_arn());
        to.words(it.tag_keys());
    };
    aws_sdk_ecr::list_tags_for_resource: ListTagsForResourceInput, ListTagsForResourceError, |it, to| {
        to.word(it.resource_arn());
    };
    aws_sdk_ecr::put_image_tag_mutability: PutImageTagMutabilityInput, PutImageTagMutabilityError, |it, to| {
        to.word(it.repository_name());
        to.word(it.image_tag_mutability().map(aws_sdk_ecr::types::ImageTagMutability::as_str));
    };
    aws_sdk_ecr::describe_images: DescribeImagesInput, DescribeImagesError, |it, to| {
        to.word(it.repository_name());
        to.images(it.image_ids());
        to.page(it.max_results(), it.next_token());
    };
    aws_sdk_ecr::batch_check_layer_availability:
        BatchCheckLayerAvailabilityInput, BatchCheckLayerAvailabilityError, |it, to| {
            to.word(it.repository_name());
            to.words(it.layer_digests());
        };
    aws_sdk_ecr::list_images: ListImagesInput, ListImagesError, |it, to| {
        to.word(it.repository_name());
        to.page(it.max_results(), it.next_token());
    };
    aws_sdk_ecr::batch_get_image: BatchGetImageInput, BatchGetImageError, |it, to| {
        to.word(it.repository_name());
        to.images(it.image_ids());
    };
    aws_sdk_ecr::batch_delete_image: BatchDeleteImageInput, BatchDeleteImageError, |it, to| {
        to.word(it.repository_name());
        to.images(it.image_ids());
    };
    aws_sdk_ecr::put_image: PutImageInput, PutImageError, |it, to| {
        to.word(it.repository_name());
        to.word(it.image_tag());
        to.word(it.image_digest());
    };
    aws_sdk_ecr::get_authorization_token: GetAuthorizationTokenInput, GetAuthorizationTokenError, |_it, _to| {};
    aws_sdk_ecr::describe_image_scan_findings:
        DescribeImageScanFindingsInput, DescribeImageScanFindingsError, |it, to| {
            to.word(it.repository_name());
            to.images(it.image_id());
            to.page(it.max_results(), it.next_token());
        };
    aws_sdk_ecr::describe_registry: DescribeRegistryInput, DescribeRegistryError, |_it, _to| {};
    aws_sdk_ecr::start_image_scan: StartImageScanInput, StartImageScanError, |it, to| {
        to.word(it.repository_name());
        to.images(it.image_id());
    };
    aws_sdk_ecr::get_account_setting: GetAccountSettingInput, GetAccountSettingError, |it, to| {
        to.word(it.name());
    };
    aws_sdk_ecr::put_account_setting: PutAccountSettingInput, PutAccountSettingError, |it, to| {
        to.word(it.name());
        to.word(it.value());
    };
    aws_sdk_ecr::get_registry_policy: GetRegistryPolicyInput, GetRegistryPolicyError, |_it, _to| {};
    aws_sdk_ecr::get_lifecycle_policy: GetLifecyclePolicyInput, GetLifecyclePolicyError, |it, to| {
        to.word(it.repository_name());
    };
    aws_sdk_inspector2::enable: EnableInput, EnableError, |it, to| {
        to.words(it.resource_types().iter().map(aws_sdk_inspector2::types::ResourceScanType::as_str));
    };
    aws_sdk_inspector2::disable: DisableInput, DisableError, |it, to| {
        to.words(it.resource_types().iter().map(aws_sdk_inspector2::types::ResourceScanType::as_str));
    };
    aws_sdk_inspector2::batch_get_account_status: BatchGetAccountStatusInput, BatchGetAccountStatusError, |it, to| {
        to.words(it.account_ids());
    };
    aws_sdk_inspector2::list_account_permissions: ListAccountPermissionsInput, ListAccountPermissionsError, |it, to| {
        to.page(it.max_results(), it.next_token());
    };
    aws_sdk_inspector2::list_filters: ListFiltersInput, ListFiltersError, |it, to| {
        to.page(it.max_results(), it.next_token());
    };
    aws_sdk_inspector2::list_findings: ListFindingsInput, ListFindingsError, |it, to| {
        if let Some(filter) = it.filter_criteria() {
            to.filters("repository", filter.ecr_image_repository_name());
            to.filters("digest", filter.ecr_image_hash());
            to.filters("status", filter.finding_status());
            to.filters("severity", filter.severity());
            to.filters("vulnerability", filter.vulnerability_id());
        }
        to.page(it.max_results(), it.next_token());
    };
    aws_sdk_inspector2::list_finding_aggregations:
        ListFindingAggregationsInput, ListFindingAggregationsError, |it, to| {
            to.word(it.aggregation_type().map(aws_sdk_inspector2::types::AggregationType::as_str));
            to.page(it.max_results(), it.next_token());
        };
    aws_sdk_inspector2::list_coverage: ListCoverageInput, ListCoverageError, |it, to| {
        to.coverage(it.filter_criteria());
        to.page(it.max_results(), it.next_token());
    };
    aws_sdk_inspector2::list_coverage_statistics: ListCoverageStatisticsInput, ListCoverageStatisticsError, |it, to| {
        to.word(it.group_by().map(aws_sdk_inspector2::types::GroupKey::as_str));
        to.coverage(it.filter_criteria());
    };
    aws_sdk_inspector2::batch_get_finding_details:
        BatchGetFindingDetailsInput, BatchGetFindingDetailsError, |it, to| {
            to.value("findings", Some(it.finding_arns().len()));
        };
    aws_sdk_inspector2::get_configuration: GetConfigurationInput, GetConfigurationError, |_it, _to| {};
    aws_sdk_inspector2::update_configuration: UpdateConfigurationInput, UpdateConfigurationError, |_it, _to| {};
    aws_sdk_iam::list_account_aliases: ListAccountAliasesInput, ListAccountAliasesError, |_it, _to| {};
    aws_sdk_iam::get_role: GetRoleInput, GetRoleError, |it, to| {
        to.word(it.role_name());
    };
    aws_sdk_iam::simulate_principal_policy:
        SimulatePrincipalPolicyInput, SimulatePrincipalPolicyError, |it, to| {
            to.word(it.policy_source_arn());
            to.value("actions", Some(it.action_names().len()));
            to.value("resources", Some(it.resource_arns().len()));
        };
    aws_sdk_sts::get_caller_identity: GetCallerIdentityInput, GetCallerIdentityError, |_it, _to| {};
}
