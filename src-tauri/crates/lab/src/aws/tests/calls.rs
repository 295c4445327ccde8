//! Calls to the practice cloud: what is recorded of them, and which problem each injected fault becomes.

use practice::{Practice, PracticeConfig};

use super::{assert_localized, connect, unwrap};
use crate::{
    aws::{
        Aws,
        errors::{code, problem},
    },
    entry_log::EntryLog,
    model::{access::AwsAccess, code::Code},
    transcript::{Ending, Service},
};

struct Cloud {
    practice: Practice,
    aws: Aws,
    log: std::sync::Arc<EntryLog>,
    _folder: tempfile::TempDir,
}

impl Cloud {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let practice = Practice::start(PracticeConfig::new(folder.path())).await.unwrap();
        let (aws, log) = connect(&access(&practice)).await;
        Self { practice, aws, log, _folder: folder }
    }

    fn fault(&self, fault: &str) {
        self.practice.faults().add(fault.parse().unwrap());
    }

    async fn create(&self, name: &str) -> Result<(), crate::model::problem::LabError> {
        let created = self.aws.ecr.create_repository().repository_name(name).send().await;
        created.map(|_| ()).map_err(|error| problem("ecr:CreateRepository", error))
    }
}

fn access(practice: &Practice) -> AwsAccess {
    let (access_key, secret_key) = practice.credentials();
    AwsAccess::Endpoint { url: practice.endpoint(), region: practice.region().to_owned(), access_key, secret_key }
}

#[tokio::test]
async fn identity_and_credential_are_those_of_the_cloud() {
    let cloud = Cloud::start().await;
    let identity = cloud.aws.identity().await.unwrap();
    assert_eq!(identity.account, "123456789012");
    assert!(identity.arn.starts_with("arn:aws:"), "{identity:?}");
    let credential = cloud.aws.credential().await.unwrap();
    assert_eq!(credential.username, "AWS");
    assert!(credential.expires_at.is_some() && !credential.password.is_empty());
    assert!(!format!("{:?} {credential:?}", cloud.log.entries()).contains(&credential.password));
    assert_eq!(cloud.aws.region(), cloud.practice.region());
}

#[tokio::test]
async fn each_call_is_recorded_once_with_its_parameters() {
    let cloud = Cloud::start().await;
    cloud.create("app").await.unwrap();
    cloud.aws.ecr.describe_repositories().repository_names("app").max_results(5).send().await.unwrap_err();
    cloud.aws.ecr.describe_images().repository_name("app").max_results(10).send().await.unwrap();
    cloud.aws.inspector.list_findings().max_results(3).send().await.unwrap();
    cloud.aws.identity().await.unwrap();
    let recorded: Vec<_> = cloud
        .log
        .entries()
        .into_iter()
        .map(|entry| (entry.service, format!("{} {}", entry.operation, entry.detail), entry.ending == Ending::Ok))
        .collect();
    assert_eq!(
        recorded,
        [
            (Service::Ecr, "CreateRepository app".to_owned(), true),
            (Service::Ecr, "DescribeRepositories app maxResults=5".to_owned(), false),
            (Service::Ecr, "DescribeImages app maxResults=10".to_owned(), true),
            (Service::Inspector, "ListFindings maxResults=3".to_owned(), true),
            (Service::Sts, "GetCallerIdentity ".to_owned(), true),
        ]
    );
}

#[tokio::test]
async fn faults_of_each_service_become_the_same_problems() {
    let cloud = Cloud::start().await;
    let cases = [
        ("throttle*3", Code::Throttled),
        ("access-denied*1", Code::AccessDenied),
        ("expired-credentials*1", Code::CredentialsExpired),
        ("invalid-credentials*1", Code::CredentialsInvalid),
        ("server-error*3", Code::ServiceError),
        ("malformed*3", Code::MalformedAnswer),
    ];
    for (fault, expected) in cases {
        for service in ["ecr", "inspector2", "sts"] {
            cloud.practice.faults().clear();
            cloud.fault(&format!("{service}:*={fault}"));
            let reported = match service {
                "ecr" => problem("ecr:DescribeRegistry", cloud.aws.ecr.describe_registry().send().await.unwrap_err()),
                "sts" => cloud.aws.identity().await.unwrap_err(),
                _ => problem("inspector2:ListFindings", cloud.aws.inspector.list_findings().send().await.unwrap_err()),
            };
            let reported = unwrap(reported);
            assert_eq!(reported.code, expected, "{service} {fault}");
            assert_localized(&reported);
        }
    }
}

#[tokio::test]
async fn a_fault_that_ends_before_the_third_attempt_is_not_reported() {
    let cloud = Cloud::start().await;
    cloud.fault("ecr:CreateRepository=throttle*2");
    cloud.create("app").await.unwrap();
    assert_eq!(cloud.log.entries().len(), 1);
}

#[tokio::test]
async fn a_cut_connection_is_a_network_problem_or_a_malformed_answer() {
    let cloud = Cloud::start().await;
    cloud.fault("ecr:DescribeRegistry=cut*3");
    let reported = unwrap(problem("ecr:DescribeRegistry", cloud.aws.ecr.describe_registry().send().await.unwrap_err()));
    assert!([Code::Network, Code::MalformedAnswer].contains(&reported.code) && reported.retryable, "{reported:?}");
}

#[tokio::test]
async fn a_wrong_secret_is_a_signature_mismatch_and_a_wrong_key_an_invalid_credential() {
    let cloud = Cloud::start().await;
    let AwsAccess::Endpoint { url, region, access_key, secret_key } = access(&cloud.practice) else { unreachable!() };
    let cases = [
        (access_key.clone(), "wrong".to_owned(), Code::SignatureMismatch),
        ("AKIAWRONG".to_owned(), secret_key.clone(), Code::CredentialsInvalid),
    ];
    for (access_key, secret_key, expected) in cases {
        let access = AwsAccess::Endpoint { url: url.clone(), region: region.clone(), access_key, secret_key };
        let (aws, _) = connect(&access).await;
        assert_eq!(unwrap(aws.identity().await.unwrap_err()).code, expected);
        let refused = aws.ecr.describe_registry().send().await.unwrap_err();
        assert_eq!(unwrap(problem("ecr:DescribeRegistry", refused)).code, expected);
    }
}

#[tokio::test]
async fn refusals_by_the_services_own_rules_have_their_own_problems() {
    let cloud = Cloud::start().await;
    cloud.create("app").await.unwrap();
    assert_eq!(unwrap(cloud.create("app").await.unwrap_err()).code, Code::RepositoryExists);
    assert_eq!(unwrap(cloud.create("UPPER").await.unwrap_err()).code, Code::RequestInvalid);
    let gone = cloud.aws.ecr.describe_images().repository_name("gone").send().await.unwrap_err();
    assert_eq!(code(&gone), Some("RepositoryNotFoundException"));
    assert_eq!(unwrap(problem("ecr:DescribeImages", gone)).code, Code::RepositoryNotFound);
    let image = aws_sdk_ecr::types::ImageIdentifier::builder().image_tag("none").build();
    let gone = cloud.aws.ecr.describe_image_scan_findings().repository_name("app").image_id(image).send().await;
    assert_eq!(unwrap(problem("ecr:DescribeImageScanFindings", gone.unwrap_err())).code, Code::ImageNotFound);
}
