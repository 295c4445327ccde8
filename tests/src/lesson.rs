//! The commands of the lab, as a learner types them. They do not differ from those for AWS.

/// Turns on enhanced scanning for repositories with `prod` in their names.
pub const CONFIGURE: &str = r#"aws ecr put-registry-scanning-configuration \
    --scan-type ENHANCED \
    --rules '[{"repositoryFilters" : [{"filter":"prod","filterType" : "WILDCARD"}],"scanFrequency" : "CONTINUOUS_SCAN"}]' \
    --region $AWS_REGION"#;

/// Reads the account id, and derives the registry's name.
pub const IDENTITY: &str = r"export ACCOUNT_ID=$(aws sts get-caller-identity --query Account --output text)
export REGISTRY=$ACCOUNT_ID.dkr.ecr.$AWS_REGION.amazonaws.com";

/// Creates one of the three repositories.
pub fn create(name: &str) -> String {
    format!("aws ecr create-repository --repository-name eks-security-{name} --region $AWS_REGION")
}

/// Pulls the image with CVE-2021-44228 in it.
pub const PULL: &str = "docker pull public.ecr.aws/docker/library/neo4j:4.4.0";

/// Tags it for both repositories, as `latest`.
pub const TAG: &str = r"docker tag public.ecr.aws/docker/library/neo4j:4.4.0 $REGISTRY/eks-security-prod
docker tag public.ecr.aws/docker/library/neo4j:4.4.0 $REGISTRY/eks-security-sandbox";

/// Logs in to the registry.
pub const LOGIN: &str =
    "aws ecr get-login-password --region $AWS_REGION | docker login --username AWS --password-stdin $REGISTRY";

/// Pushes to the scanned repository.
pub const PUSH_PROD: &str = "docker push $REGISTRY/eks-security-prod";

/// Pushes to the repository that is not scanned.
pub const PUSH_SANDBOX: &str = "docker push $REGISTRY/eks-security-sandbox";

/// Lists the findings of an image, by ECR.
pub fn findings(name: &str, tag: &str) -> String {
    format!(
        "aws ecr describe-image-scan-findings --repository-name eks-security-{name} --image-id imageTag={tag} --region $AWS_REGION"
    )
}

/// Lists the findings of the scanned repository, by Inspector.
pub const LIST_FINDINGS: &str = r#"aws inspector2 list-findings --region $AWS_REGION \
    --filter-criteria '{"ecrImageRepositoryName":[{"comparison":"EQUALS","value":"eks-security-prod"}]}'"#;

/// Lists Inspector's coverage.
pub const LIST_COVERAGE: &str = "aws inspector2 list-coverage --region $AWS_REGION";

/// Waits for the scan of an image, by polling until it has completed.
pub fn wait_for_scan(name: &str, tag: &str) -> String {
    let describe = findings(name, tag);
    format!(
        "until {describe} --query imageScanFindings.imageScanCompletedAt --output text 2>/dev/null | grep -q '^[0-9]'; do :; done"
    )
}

/// Pushes the patched image beside the vulnerable one.
pub const REMEDIATE: &str = r"docker pull public.ecr.aws/docker/library/neo4j:4.4.48
docker tag public.ecr.aws/docker/library/neo4j:4.4.48 $REGISTRY/eks-security-prod:4.4.48
docker push $REGISTRY/eks-security-prod:4.4.48";

/// Deletes what the commands have created.
pub const CLEAN_UP: &str = r"for name in prod sandbox shared; do
    aws ecr delete-repository --repository-name eks-security-$name --force --region $AWS_REGION
done
aws ecr put-registry-scanning-configuration --scan-type BASIC --rules '[]' --region $AWS_REGION
docker rmi $REGISTRY/eks-security-prod $REGISTRY/eks-security-sandbox $REGISTRY/eks-security-prod:4.4.48
docker rmi public.ecr.aws/docker/library/neo4j:4.4.0 public.ecr.aws/docker/library/neo4j:4.4.48";

/// All commands, from the first to the last.
pub fn whole() -> String {
    let mut lines = vec![IDENTITY.to_owned(), CONFIGURE.to_owned()];
    lines.extend(["prod", "sandbox", "shared"].map(create));
    lines.extend([PULL, TAG, LOGIN, PUSH_PROD, PUSH_SANDBOX].map(str::to_owned));
    lines.extend([wait_for_scan("prod", "latest"), findings("prod", "latest")]);
    lines.extend([LIST_FINDINGS, LIST_COVERAGE, REMEDIATE].map(str::to_owned));
    lines.extend([wait_for_scan("prod", "4.4.48"), findings("prod", "4.4.48"), CLEAN_UP.to_owned()]);
    lines.join("\n")
}
