//! Permissions: policies of the user, of roles, of the registry and of the organization, enforced for every call and for the
//! registry protocol.

use aws_config::SdkConfig;
use aws_sdk_ecr::types::{ImageIdentifier, ScanType, Tag};
use aws_sdk_iam::types::{ContextEntry, ContextKeyTypeEnum, PolicyEvaluationDecisionType};
use aws_sdk_sts::config::{Credentials, SharedCredentialsProvider};
use practice::{DEFAULT_REGION, Policy, Role};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Cloud, Image, code, message, sdk};

const USER: &str = "arn:aws:iam::123456789012:user/practice";
const REPOSITORY: &str = "arn:aws:ecr:ap-northeast-2:123456789012:repository/";

fn policy(statements: &Value) -> Policy {
    Policy::try_from(json!({ "Version": "2012-10-17", "Statement": statements })).unwrap()
}

fn allow(actions: &[&str], resource: &str) -> Value {
    json!({ "Effect": "Allow", "Action": actions, "Resource": resource })
}

fn deny(actions: &[&str]) -> Value {
    json!({ "Effect": "Deny", "Action": actions, "Resource": "*" })
}

impl Cloud {
    fn limit_user(&self, statements: &Value) {
        let policy = policy(statements);
        self.practice.permissions().change(|settings| settings.user = Some(policy));
    }

    /// The status and the body of a request to the registry.
    pub(crate) async fn registry(&self, method: Method, path: &str) -> (StatusCode, String) {
        let request = self.http.request(method, format!("{}{path}", self.practice.endpoint()));
        let response = request.header("authorization", self.authorization().await).send().await.unwrap();
        (response.status(), response.text().await.unwrap())
    }

    fn sdk_with(&self, credentials: &aws_sdk_sts::types::Credentials) -> SdkConfig {
        let credentials = Credentials::new(
            credentials.access_key_id(),
            credentials.secret_access_key(),
            Some(credentials.session_token().to_owned()),
            None,
            "test",
        );
        let own = sdk(&self.practice, &self.practice.credentials(), DEFAULT_REGION);
        own.to_builder().credentials_provider(SharedCredentialsProvider::new(credentials)).build()
    }
}

/// The configuration of a session of this role.
pub(crate) async fn assumed(cloud: &Cloud, role: &str) -> SdkConfig {
    let assumed = cloud.sts.assume_role().role_arn(role).role_session_name("tester").send().await.unwrap();
    cloud.sdk_with(assumed.credentials().unwrap())
}

#[tokio::test]
async fn the_registrys_list_of_repositories_is_ecrs_own() {
    let cloud = Cloud::start().await;
    for name in ["app", "web"] {
        cloud.create(name).await;
    }
    let (status, body) = cloud.registry(Method::GET, "/v2/_catalog").await;
    assert_eq!(
        (status, serde_json::from_str(&body).unwrap()),
        (StatusCode::OK, json!({ "repositories": ["app", "web"] }))
    );
    cloud.limit_user(&json!([allow(&["ecr:GetAuthorizationToken"], "*")]));
    let (status, body) = cloud.registry(Method::GET, "/v2/_catalog").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(body.contains("ecr:DescribeRepositories"), "{body}");
}

#[tokio::test]
async fn a_user_without_a_policy_may_do_everything() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    cloud.watch("app").await;
    let used = cloud.practice.permissions().used();
    assert!(used.contains(&("ecr:CreateRepository".to_owned(), format!("{REPOSITORY}app"))), "{used:?}");
    assert!(used.contains(&("ecr:PutRegistryScanningConfiguration".to_owned(), "*".to_owned())), "{used:?}");
}

#[tokio::test]
async fn a_call_that_no_statement_allows_is_denied_by_name() {
    let cloud = Cloud::start().await;
    cloud.limit_user(&json!([allow(&["ecr:CreateRepository"], &format!("{REPOSITORY}app"))]));
    cloud.create("app").await;
    let refused = cloud.ecr.create_repository().repository_name("other").send().await;
    assert_eq!(
        message(refused),
        format!(
            "User: {USER} is not authorized to perform: ecr:CreateRepository on resource: {REPOSITORY}other because no \
             identity-based policy allows the ecr:CreateRepository action"
        )
    );
    assert_eq!(code(cloud.ecr.describe_registry().send().await), "AccessDeniedException");
    assert_eq!(code(cloud.inspector.list_findings().send().await), "AccessDeniedException");
    assert_eq!(code(cloud.iam.list_account_aliases().send().await), "AccessDenied");
    // No one needs a permission to read who they are.
    assert_eq!(cloud.sts.get_caller_identity().send().await.unwrap().arn(), Some(USER));
}

#[tokio::test]
async fn all_repositories_are_one_resource_and_named_ones_another() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    cloud.limit_user(&json!([allow(&["ecr:DescribeRepositories"], &format!("{REPOSITORY}app"))]));
    cloud.ecr.describe_repositories().repository_names("app").send().await.unwrap();
    let all = message(cloud.ecr.describe_repositories().send().await);
    assert!(all.contains(&format!("{REPOSITORY}* because")), "{all}");
    let both = cloud.ecr.describe_repositories().repository_names("app").repository_names("other").send().await;
    assert!(message(both).contains(&format!("{REPOSITORY}other because")));
}

#[tokio::test]
async fn tags_at_creation_and_the_first_activation_need_further_permissions() {
    let cloud = Cloud::start().await;
    cloud.limit_user(&json!([allow(&["ecr:*"], "*")]));
    let tag = Tag::builder().key("team").value("red").build().unwrap();
    cloud.ecr.create_repository().repository_name("app").tags(tag.clone()).send().await.unwrap();
    let enhanced = || cloud.ecr.put_registry_scanning_configuration().scan_type(ScanType::Enhanced).send();
    let mut actions = vec!["ecr:*"];
    for missing in ["inspector2:ListAccountPermissions", "inspector2:Enable", "iam:CreateServiceLinkedRole"] {
        let refused = message(enhanced().await);
        assert!(refused.contains(&format!("not authorized to perform: {missing} on")), "{missing}: {refused}");
        actions.push(missing);
        cloud.limit_user(&json!([allow(&actions, "*")]));
    }
    enhanced().await.unwrap();
    cloud.limit_user(&json!([allow(&["ecr:CreateRepository"], "*")]));
    let refused = message(cloud.ecr.create_repository().repository_name("second").tags(tag).send().await);
    assert!(refused.contains("not authorized to perform: ecr:TagResource on"), "{refused}");
}

#[tokio::test]
async fn conditions_read_the_region_and_the_tags() {
    let cloud = Cloud::start().await;
    let on =
        |condition: Value| json!([{ "Effect": "Allow", "Action": "ecr:*", "Resource": "*", "Condition": condition }]);
    cloud.limit_user(&on(json!({ "StringEquals": { "aws:RequestedRegion": "us-east-1" } })));
    assert_eq!(code(cloud.ecr.describe_registry().send().await), "AccessDeniedException");
    cloud.limit_user(&on(json!({ "StringEquals": { "aws:RequestedRegion": "ap-northeast-2" } })));
    cloud.ecr.describe_registry().send().await.unwrap();
    let create = |name: &str, team: &str| {
        let tag = Tag::builder().key("team").value(team).build().unwrap();
        cloud.ecr.create_repository().repository_name(name).tags(tag).send()
    };
    cloud.limit_user(&on(json!({ "StringEquals": { "aws:RequestTag/team": "red" } })));
    create("app", "red").await.unwrap();
    assert_eq!(code(create("other", "blue").await), "AccessDeniedException");
    cloud.limit_user(&on(json!({ "StringEquals": { "aws:ResourceTag/team": "red" } })));
    cloud.ecr.list_images().repository_name("app").send().await.unwrap();
    assert_eq!(code(cloud.ecr.list_images().repository_name("other").send().await), "AccessDeniedException");
}

#[tokio::test]
async fn policies_of_the_registry_and_the_organization_deny_too() {
    let cloud = Cloud::start().await;
    let registry = policy(&json!([{ "Sid": "Fixed", "Effect": "Deny", "Principal": "*",
        "Action": "ecr:PutRegistryScanningConfiguration", "Resource": "*" }]));
    let permissions = cloud.practice.permissions();
    permissions.change(|settings| settings.registry = Some(registry));
    let put = || cloud.ecr.put_registry_scanning_configuration().scan_type(ScanType::Basic).send();
    let refused = message(put().await);
    assert!(refused.ends_with("with an explicit deny in a resource-based policy"), "{refused}");
    let shown = cloud.ecr.get_registry_policy().send().await.unwrap();
    assert!(shown.policy_text().unwrap().contains("\"Sid\":\"Fixed\""), "{shown:?}");
    permissions.change(|settings| {
        settings.registry = None;
        settings.organization = Some(policy(&json!([allow(&["*"], "*"), deny(&["inspector2:*"])])));
    });
    put().await.unwrap();
    let refused = message(cloud.inspector.list_coverage().send().await);
    assert!(refused.ends_with("with an explicit deny in a service control policy"), "{refused}");
    permissions.change(|settings| settings.organization = Some(policy(&json!([allow(&["inspector2:*"], "*")]))));
    let refused = message(put().await);
    assert!(refused.contains("because no service control policy allows"), "{refused}");
}

#[tokio::test]
async fn the_registry_protocol_needs_the_same_permissions() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    let digest = cloud.push("app", "1", &Image::plain(1)).await;
    let (manifest, uploads) = (format!("/v2/app/manifests/{digest}"), "/v2/app/blobs/uploads/");
    cloud.limit_user(&json!([
        allow(&["ecr:GetAuthorizationToken"], "*"),
        allow(&["ecr:BatchGetImage"], &format!("{REPOSITORY}app")),
        allow(&["ecr:InitiateLayerUpload"], &format!("{REPOSITORY}other")),
    ]));
    assert_eq!(cloud.registry(Method::GET, "/v2/").await.0, StatusCode::OK);
    assert_eq!(cloud.registry(Method::GET, &manifest).await.0, StatusCode::OK);
    let (status, body) = cloud.registry(Method::POST, uploads).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let error: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(error["errors"][0]["code"], "DENIED");
    let text = error["errors"][0]["message"].as_str().unwrap();
    assert!(text.contains(&format!("perform: ecr:InitiateLayerUpload on resource: {REPOSITORY}app because")), "{text}");
}

#[tokio::test]
async fn a_role_is_assumed_and_has_its_own_policy() {
    let cloud = Cloud::start().await;
    let mut role = Role::new("Reader");
    role.path = "/teams/security/".to_owned();
    role.policy = Some(policy(&json!([allow(&["ecr:DescribeRegistry", "iam:GetRole"], "*")])));
    let arn = role.arn();
    assert_eq!(arn, "arn:aws:iam::123456789012:role/teams/security/Reader");
    cloud.practice.permissions().change(|settings| settings.roles.push(role));
    let assume = |arn: &str| cloud.sts.assume_role().role_arn(arn).role_session_name("tester").send();
    let assumed = assume(&arn).await.unwrap();
    let session = cloud.sdk_with(assumed.credentials().unwrap());
    let identity = aws_sdk_sts::Client::new(&session).get_caller_identity().send().await.unwrap();
    assert_eq!(identity.arn(), Some("arn:aws:sts::123456789012:assumed-role/Reader/tester"));
    let ecr = aws_sdk_ecr::Client::new(&session);
    ecr.describe_registry().send().await.unwrap();
    let refused = message(ecr.create_repository().repository_name("app").send().await);
    assert!(refused.starts_with("User: arn:aws:sts::123456789012:assumed-role/Reader/tester is not"), "{refused}");
    let read = aws_sdk_iam::Client::new(&session).get_role().role_name("Reader").send().await.unwrap();
    assert_eq!(read.role().unwrap().arn(), arn);
    assert_eq!(code(assume("arn:aws:iam::123456789012:role/Missing").await), "AccessDenied");
    cloud.limit_user(&json!([deny(&["sts:AssumeRole"])]));
    assert!(message(assume(&arn).await).contains("not authorized to perform: sts:AssumeRole on resource: arn:aws:iam"));
}

#[tokio::test]
async fn a_sessions_credentials_expire() {
    let cloud = Cloud::manual().await;
    cloud.practice.permissions().change(|settings| settings.roles.push(Role::new("Reader")));
    let role = "arn:aws:iam::123456789012:role/Reader";
    let assume = cloud.sts.assume_role().role_arn(role).role_session_name("tester").duration_seconds(900);
    let session = cloud.sdk_with(assume.send().await.unwrap().credentials().unwrap());
    let ecr = aws_sdk_ecr::Client::new(&session);
    ecr.describe_registry().send().await.unwrap();
    cloud.advance(900);
    assert_eq!(code(ecr.describe_registry().send().await), "ExpiredTokenException");
}

#[tokio::test]
async fn a_web_identity_assumes_its_role_without_credentials() {
    let cloud = Cloud::start().await;
    let mut role = Role::new("Web");
    role.web_identity_token = Some("a-token".to_owned());
    let arn = role.arn();
    cloud.practice.permissions().change(|settings| settings.roles.extend([role, Role::new("Other")]));
    let assume = |arn: &str, token: &str| {
        let assume = cloud.sts.assume_role_with_web_identity().role_arn(arn).role_session_name("tester");
        assume.web_identity_token(token).send()
    };
    let assumed = assume(&arn, "a-token").await.unwrap();
    let session = cloud.sdk_with(assumed.credentials().unwrap());
    aws_sdk_ecr::Client::new(&session).describe_registry().send().await.unwrap();
    assert_eq!(code(assume(&arn, "guessed").await), "InvalidIdentityToken");
    assert_eq!(code(assume("arn:aws:iam::123456789012:role/Other", "a-token").await), "AccessDenied");
}

#[tokio::test]
async fn the_accounts_alias_is_listed_if_it_has_one() {
    let cloud = Cloud::start().await;
    let aliases = async || cloud.iam.list_account_aliases().send().await.unwrap().account_aliases().to_vec();
    assert_eq!(aliases().await, Vec::<String>::new());
    cloud.practice.permissions().change(|settings| settings.alias = Some("acme-training".to_owned()));
    assert_eq!(aliases().await, ["acme-training"]);
}

#[tokio::test]
async fn a_simulation_agrees_with_what_is_enforced() {
    let cloud = Cloud::start().await;
    cloud.limit_user(&json!([
        allow(&["iam:SimulatePrincipalPolicy"], USER),
        { "Sid": "Make", "Effect": "Allow", "Action": "ecr:CreateRepository", "Resource": format!("{REPOSITORY}app"),
          "Condition": { "StringEquals": { "aws:RequestedRegion": "ap-northeast-2" } } },
        deny(&["ecr:DeleteRepository"]),
    ]));
    let region = ContextEntry::builder()
        .context_key_name("aws:RequestedRegion")
        .context_key_type(ContextKeyTypeEnum::String)
        .context_key_values("ap-northeast-2")
        .build();
    let simulate = |source: &str, name: &str| {
        let simulate = cloud.iam.simulate_principal_policy().policy_source_arn(source).context_entries(region.clone());
        let simulate = simulate.action_names("ecr:CreateRepository").action_names("ecr:DeleteRepository");
        simulate.resource_arns(format!("{REPOSITORY}{name}")).send()
    };
    let simulated = simulate(USER, "app").await.unwrap();
    let results: Vec<_> = simulated
        .evaluation_results()
        .iter()
        .map(|result| (result.eval_action_name(), result.eval_resource_name(), result.eval_decision()))
        .collect();
    let app = format!("{REPOSITORY}app");
    assert_eq!(
        results,
        [
            ("ecr:CreateRepository", Some(app.as_str()), &PolicyEvaluationDecisionType::Allowed),
            ("ecr:DeleteRepository", Some(app.as_str()), &PolicyEvaluationDecisionType::ExplicitDeny),
        ]
    );
    let other = simulate(USER, "other").await.unwrap();
    assert_eq!(other.evaluation_results()[0].eval_decision(), &PolicyEvaluationDecisionType::ImplicitDeny);
    let session = "arn:aws:sts::123456789012:assumed-role/Reader/tester";
    cloud.limit_user(&json!([allow(&["iam:*"], "*")]));
    assert_eq!(code(simulate(session, "app").await), "InvalidInput");
    assert_eq!(code(simulate("arn:aws:iam::123456789012:role/Missing", "app").await), "NoSuchEntity");
}

#[tokio::test]
async fn a_denied_call_changes_nothing() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    let digest = cloud.push("app", "1", &Image::plain(1)).await;
    cloud.limit_user(&json!([allow(&["ecr:Describe*"], "*")]));
    assert_eq!(
        code(cloud.ecr.delete_repository().repository_name("app").force(true).send().await),
        "AccessDeniedException"
    );
    let id = ImageIdentifier::builder().image_tag("1").build();
    let delete = cloud.ecr.batch_delete_image().repository_name("app").image_ids(id.clone());
    assert_eq!(code(delete.send().await), "AccessDeniedException");
    let images = cloud.ecr.describe_images().repository_name("app").image_ids(id).send().await.unwrap();
    assert_eq!(images.image_details()[0].image_digest(), Some(digest.as_str()));
}
