//! The kinds of aggregations.

/// The property by which findings are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aggregation {
    Repository,
    AwsEcrContainer,
    ImageLayer,
    Package,
    Title,
    FindingType,
    Account,
}

impl Aggregation {
    /// The members of its request.
    pub(super) fn members(self) -> &'static [&'static str] {
        match self {
            Self::Repository => &["repositories", "sortOrder", "sortBy"],
            Self::AwsEcrContainer => &[
                "resourceIds",
                "imageShas",
                "repositories",
                "architectures",
                "imageTags",
                "lastInUseAt",
                "inUseCount",
                "sortOrder",
                "sortBy",
            ],
            Self::ImageLayer => &["repositories", "resourceIds", "layerHashes", "sortOrder", "sortBy"],
            Self::Package => &["packageNames", "sortOrder", "sortBy"],
            Self::Title => &["titles", "vulnerabilityIds", "resourceType", "findingType", "sortOrder", "sortBy"],
            Self::FindingType | Self::Account => &["findingType", "resourceType", "sortOrder", "sortBy"],
        }
    }
}

/// Each aggregation by its type, with the member of request and response that is named after it.
pub(super) const AGGREGATIONS: [(&str, &str, Aggregation); 7] = [
    ("REPOSITORY", "repositoryAggregation", Aggregation::Repository),
    ("AWS_ECR_CONTAINER", "awsEcrContainerAggregation", Aggregation::AwsEcrContainer),
    ("IMAGE_LAYER", "imageLayerAggregation", Aggregation::ImageLayer),
    ("PACKAGE", "packageAggregation", Aggregation::Package),
    ("TITLE", "titleAggregation", Aggregation::Title),
    ("FINDING_TYPE", "findingTypeAggregation", Aggregation::FindingType),
    ("ACCOUNT", "accountAggregation", Aggregation::Account),
];

/// The aggregations of resources that the practice cloud does not have: their lists are empty.
pub(super) const OTHER_RESOURCES: [&str; 8] = [
    "AMI",
    "AWS_EC2_INSTANCE",
    "AWS_LAMBDA_FUNCTION",
    "LAMBDA_LAYER",
    "CODE_REPOSITORY",
    "VM_INSTANCE",
    "CONTAINER_IMAGE",
    "SERVERLESS_FUNCTION",
];
