//! The policies of repositories and of the registry: stored, validated, and enforced.

use practice::{Policy, Role};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    permissions::assumed,
    support::{Cloud, Image, code, message},
};

const REPOSITORY: &str = "arn:aws:ecr:ap-northeast-2:123456789012:repository/";
const ROLE: &str = "arn:aws:iam::123456789012:role/Reader";

fn policy(statements: &Value) -> String {
    json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
}

fn statement(effect: &str, principal: &Value, actions: &[&str]) -> Value {
    json!({ "Sid": "One", "Effect": effect, "Principal": principal, "Action": actions })
}

impl Cloud {
    /// A client of a role that may do only this.
    async fn reader(&self, actions: &[&str]) -> aws_sdk_ecr::Client {
        let mut role = Role::new("Reader");
        let statement = json!([{ "Effect": "Allow", "Action": actions, "Resource": "*" }]);
        role.policy = Some(Policy::try_from(json!({ "Statement": statement })).unwrap());
        self.practice.permissions().change(|settings| settings.roles.push(role));
        aws_sdk_ecr::Client::new(&assumed(self, ROLE).await)
    }

    async fn set_policy(&self, name: &str, text: &str) -> Result<(), String> {
        let set = self.ecr.set_repository_policy().repository_name(name).policy_text(text).send().await;
        set.map(drop).map_err(|error| code(Err::<(), _>(error)))
    }
}

#[tokio::test]
async fn a_repositorys_policy_is_set_read_and_deleted() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    let text = policy(&json!([statement("Allow", &json!({ "AWS": "210987654321" }), &["ecr:BatchGetImage"])]));
    let set = cloud.ecr.set_repository_policy().repository_name("app").policy_text(&text).send().await.unwrap();
    assert_eq!((set.repository_name(), set.policy_text()), (Some("app"), Some(text.as_str())));
    let cloud = cloud.restart().await;
    let get = || cloud.ecr.get_repository_policy().repository_name("app").send();
    assert_eq!(get().await.unwrap().policy_text(), Some(text.as_str()));
    let delete = || cloud.ecr.delete_repository_policy().repository_name("app").send();
    assert_eq!(delete().await.unwrap().policy_text(), Some(text.as_str()));
    assert_eq!(code(delete().await), "RepositoryPolicyNotFoundException");
    assert_eq!(code(get().await), "RepositoryPolicyNotFoundException");
    for nowhere in [
        code(cloud.ecr.get_repository_policy().repository_name("nowhere").send().await),
        code(cloud.ecr.delete_repository_policy().repository_name("nowhere").send().await),
        cloud.set_policy("nowhere", &text).await.unwrap_err(),
    ] {
        assert_eq!(nowhere, "RepositoryNotFoundException");
    }
}

#[tokio::test]
async fn what_is_not_a_policy_of_a_repository_is_refused() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    let anyone = json!("*");
    let mut with_resource = statement("Allow", &anyone, &["ecr:*"]);
    with_resource["Resource"] = "*".into();
    let without_principal = json!({ "Effect": "Allow", "Action": "ecr:*" });
    let unknown_condition = json!({ "Effect": "Allow", "Principal": "*", "Action": "ecr:*",
        "Condition": { "IpAddress": { "aws:SourceIp": "10.0.0.0/8" } } });
    for text in [
        "not JSON".to_owned(),
        policy(&json!([with_resource])),
        policy(&json!([without_principal])),
        policy(&json!([unknown_condition])),
        policy(&json!([statement("Perhaps", &anyone, &["ecr:*"])])),
        format!("{}{}", policy(&json!([statement("Allow", &anyone, &["ecr:*"])])), " ".repeat(10_240)),
    ] {
        assert_eq!(cloud.set_policy("app", &text).await.unwrap_err(), "InvalidParameterException", "{text}");
    }
    let refused = cloud.ecr.set_repository_policy().repository_name("app").policy_text("{}").send().await;
    assert!(message(refused).contains("Invalid repository policy provided"));
}

#[tokio::test]
async fn a_repositorys_policy_lets_another_principal_in() {
    let cloud = Cloud::start().await;
    for name in ["app", "other"] {
        cloud.create(name).await;
        cloud.push(name, "latest", &Image::plain(1)).await;
    }
    let reader = cloud.reader(&["ecr:GetAuthorizationToken"]).await;
    let list = |name: &str| reader.list_images().repository_name(name).send();
    assert_eq!(code(list("app").await), "AccessDeniedException");
    let to = |principal: &str| {
        policy(&json!([statement("Allow", &json!({ "AWS": principal }), &["ecr:ListImages", "ecr:BatchGetImage"])]))
    };
    // The account as a principal leaves it to the policies of its own identities.
    cloud.set_policy("app", &to("arn:aws:iam::123456789012:root")).await.unwrap();
    assert_eq!(code(list("app").await), "AccessDeniedException");
    cloud.set_policy("app", &to(ROLE)).await.unwrap();
    assert_eq!(list("app").await.unwrap().image_ids().len(), 1);
    assert_eq!(code(list("other").await), "AccessDeniedException");
    let token = reader.get_authorization_token().send().await.unwrap();
    let token = format!("Basic {}", token.authorization_data()[0].authorization_token().unwrap());
    let pull = async |name: &str| {
        let url = format!("{}/v2/{name}/manifests/latest", cloud.practice.endpoint());
        cloud.http.get(url).header("authorization", &token).send().await.unwrap().status()
    };
    assert_eq!((pull("app").await, pull("other").await), (StatusCode::OK, StatusCode::FORBIDDEN));
}

#[tokio::test]
async fn a_repositorys_policy_denies_and_does_not_lock_its_owner_out_by_accident() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    cloud.push("app", "latest", &Image::plain(1)).await;
    let deny = |actions: &[&str]| policy(&json!([statement("Deny", &json!("*"), actions)]));
    cloud.set_policy("app", &deny(&["ecr:BatchGetImage"])).await.unwrap();
    let (status, body) = cloud.registry(Method::GET, "/v2/app/manifests/latest").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(body.contains("with an explicit deny in a resource-based policy"), "{body}");
    let all = deny(&["ecr:*"]);
    assert_eq!(cloud.set_policy("app", &all).await.unwrap_err(), "InvalidParameterException");
    let force = cloud.ecr.set_repository_policy().repository_name("app").policy_text(&all).force(true).send().await;
    force.unwrap();
    assert_eq!(cloud.set_policy("app", &deny(&["ecr:PutImage"])).await.unwrap_err(), "AccessDeniedException");
}

#[tokio::test]
async fn the_registrys_policy_is_put_enforced_and_deleted() {
    let cloud = Cloud::start().await;
    let deny = |resource: &str| {
        policy(
            &json!([{ "Sid": "Fixed", "Effect": "Deny", "Principal": "*", "Action": "ecr:CreateRepository", "Resource": resource }]),
        )
    };
    let put = |text: &str| cloud.ecr.put_registry_policy().policy_text(text).send();
    let text = deny(&format!("{REPOSITORY}prod/*"));
    assert_eq!(put(&text).await.unwrap().policy_text(), Some(text.as_str()));
    let cloud = cloud.restart().await;
    assert_eq!(cloud.ecr.get_registry_policy().send().await.unwrap().policy_text(), Some(text.as_str()));
    let create = |name: &str| cloud.ecr.create_repository().repository_name(name).send();
    let denied = message(create("prod/app").await);
    assert!(denied.ends_with("with an explicit deny in a resource-based policy"), "{denied}");
    create("test/app").await.unwrap();
    let deleted = cloud.ecr.delete_registry_policy().send().await.unwrap();
    assert_eq!((deleted.policy_text(), deleted.registry_id()), (Some(text.as_str()), Some("123456789012")));
    create("prod/app").await.unwrap();
    assert_eq!(code(cloud.ecr.get_registry_policy().send().await), "RegistryPolicyNotFoundException");
    assert_eq!(code(cloud.ecr.delete_registry_policy().send().await), "RegistryPolicyNotFoundException");
    // A statement of the registry's policy names its resources.
    for text in ["{}", &policy(&json!([statement("Allow", &json!("*"), &["ecr:*"])]))] {
        assert_eq!(code(cloud.ecr.put_registry_policy().policy_text(text).send().await), "InvalidParameterException");
    }
}

#[tokio::test]
async fn a_put_replaces_the_policy_that_the_practice_cloud_was_started_with() {
    let cloud = Cloud::start().await;
    let configured = json!([{ "Effect": "Deny", "Principal": "*", "Action": "ecr:CreateRepository", "Resource": "*" }]);
    let configured = Policy::try_from(json!({ "Statement": configured })).unwrap();
    cloud.practice.permissions().change(|settings| settings.registry = Some(configured));
    let create = |name: &str| cloud.ecr.create_repository().repository_name(name).send();
    assert_eq!(code(create("one").await), "AccessDeniedException");
    let other =
        policy(&json!([{ "Effect": "Deny", "Principal": "*", "Action": "ecr:DeleteRepository", "Resource": "*" }]));
    cloud.ecr.put_registry_policy().policy_text(&other).send().await.unwrap();
    create("one").await.unwrap();
    assert_eq!(code(cloud.ecr.delete_repository().repository_name("one").send().await), "AccessDeniedException");
}
