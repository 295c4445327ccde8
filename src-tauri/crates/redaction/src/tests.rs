//! What is masked, what stays, and that masks agree with each other.

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn redactor() -> Redactor {
    Redactor::new(KnownValues {
        accounts: vec!["123456789012".to_owned()],
        home: Some("/home/kim".into()),
        data: Some("/home/kim/.local/share/imagelab".into()),
        kept: vec!["210987654321".to_owned(), "eks-security-prod".to_owned()],
        personal: [("li", "li-eks-security-prod"), ("soyeon", "soyeon/eks-security-prod")]
            .map(|(part, whole)| (part.to_owned(), whole.to_owned()))
            .into(),
    })
}

#[test]
fn of_a_name_with_a_personal_part_only_that_part_is_masked() {
    let (short, long) = (masked("li-eks-security-prod:latest"), masked("soyeon/eks-security-prod by soyeon"));
    assert!(short.starts_with("masked-") && short.ends_with("-eks-security-prod:latest"), "{short}");
    assert!(!long.contains("soyeon") && long.contains("/eks-security-prod by masked-"), "{long}");
    // Two letters are too likely to be a word.
    assert_eq!(masked("parola li"), "parola li");
}

fn masked(text: &str) -> String {
    redactor().text(text).into_owned()
}

#[test]
fn an_account_id_keeps_its_last_four_digits_wherever_it_is() {
    for (text, expected) in [
        ("123456789012", "••••••••9012"),
        ("123456789012.dkr.ecr.us-east-1.amazonaws.com/a/b:1", "••••••••9012.dkr.ecr.us-east-1.amazonaws.com/a/b:1"),
        ("arn:aws:ecr:us-east-1:123456789012:repository/prod", "arn:aws:ecr:us-east-1:••••••••9012:repository/prod"),
        ("AdministratorAccess-111122223333", "AdministratorAccess-••••••••3333"),
        ("123456789012_Admin", "••••••••9012_Admin"),
        ("account 1234-5678-9012", "account ••••••••9012"),
        ("x123456789012y", "x••••••••9012y"),
    ] {
        assert_eq!(masked(text), expected);
    }
}

#[test]
fn run_ids_of_twelve_digits_digests_and_longer_numbers_are_no_account_ids() {
    for text in [
        "findings-210987654321",
        "imagelab:run=210987654321",
        "sha256:111122223333abcdef",
        "1111222233334",
        "11112222333",
        "0.1111222233334444",
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn users_roles_and_sessions_are_masked_and_the_shape_of_an_arn_stays() {
    let name = |text: &str| redactor().active.unwrap().masks.name(text);
    let (user, role, session) = (name("alice"), name("Deployer"), name("kim@example.com"));
    for (text, expected) in [
        ("arn:aws:iam::123456789012:user/alice", format!("arn:aws:iam::••••••••9012:user/{user}")),
        ("arn:aws-cn:iam::123456789012:role/Deployer", format!("arn:aws-cn:iam::••••••••9012:role/{role}")),
        (
            "arn:aws:sts::123456789012:assumed-role/Deployer/kim@example.com",
            format!("arn:aws:sts::••••••••9012:assumed-role/{role}/{session}"),
        ),
        (
            "User: arn:aws:iam::123456789012:user/team-a/alice, denied.",
            format!("User: arn:aws:iam::••••••••9012:user/{}/{user}, denied.", name("team-a")),
        ),
        ("arn:aws:iam::123456789012:root", "arn:aws:iam::••••••••9012:root".to_owned()),
        (
            "arn:aws:iam::123456789012:role/aws-service-role/inspector2.amazonaws.com/AWSServiceRoleForAmazonInspector2",
            "arn:aws:iam::••••••••9012:role/aws-service-role/inspector2.amazonaws.com/AWSServiceRoleForAmazonInspector2"
                .to_owned(),
        ),
        ("mail kim@example.com", format!("mail {session}")),
    ] {
        assert_eq!(masked(text), expected);
    }
}

#[test]
fn a_name_that_an_arn_gave_away_is_masked_alone_too() {
    let mut redactor = redactor();
    assert_eq!(redactor.text("Deployer"), "Deployer");
    redactor.learn("arn:aws:sts::123456789012:assumed-role/Deployer/me");
    redactor.learn("arn:aws:iam::123456789012:role/eks-security-prod");
    let masked = redactor.text("role Deployer, ReDeployers, me, eks-security-prod").into_owned();
    let role = redactor.text("arn:aws:iam::123456789012:role/Deployer").rsplit('/').next().unwrap().to_owned();
    assert_eq!(masked, format!("role {role}, ReDeployers, me, eks-security-prod"));
}

#[test]
fn access_key_ids_and_principal_ids_keep_their_kind_only() {
    let text = masked("AKIAIOSFODNN7EXAMPLE AROADBQP57FF2AEXAMPLE:kim");
    assert!(text.starts_with("AKIA-masked-") && text.contains(" AROA-masked-"), "{text}");
    assert!(!text.contains("EXAMPLE") && text.ends_with(":kim"), "{text}");
    assert_eq!(masked("XAKIAIOSFODNN7EXAMPLE"), "XAKIAIOSFODNN7EXAMPLE");
}

#[test]
fn the_home_and_the_data_folder_are_replaced_as_paths() {
    for (text, expected) in [
        ("/home/kim/.local/share/imagelab/lab/session.db", "<data>/lab/session.db"),
        ("unix:///home/kim/.docker/run/docker.sock", "unix://~/.docker/run/docker.sock"),
        ("export DOCKER_CONFIG='/home/kim/my files'", "export DOCKER_CONFIG='~/my files'"),
        ("/home/kimberly/x", "/home/kimberly/x"),
        ("/home/kim", "~"),
    ] {
        assert_eq!(masked(text), expected);
    }
    let root = Redactor::new(KnownValues { home: Some("/".into()), ..KnownValues::default() });
    assert_eq!(root.text("/usr/bin"), "/usr/bin");
}

#[test]
fn versions_and_digests_after_an_at_sign_are_no_addresses() {
    for text in ["log4j-core@2.14.1", "neo4j@sha256:abc", "pkg@1.2.rc", "@types/node", "a@b"] {
        assert_eq!(masked(text), text);
    }
    for text in ["a.b+c@mail.example.co.kr", "me@163.com", "김철수@회사.한국"] {
        assert!(masked(text).starts_with("masked-"), "{text}");
    }
}

#[test]
fn the_same_value_has_the_same_mask_and_another_account_another_one() {
    let mail = masked("kim@example.com");
    assert_eq!(masked("to kim@example.com."), format!("to {mail}."));
    assert_ne!(masked("lee@example.com"), mail);
    let other = Redactor::new(KnownValues { accounts: vec!["999999999999".to_owned()], ..KnownValues::default() });
    assert_ne!(other.text("kim@example.com"), mail);
}

#[test]
fn json_keeps_its_members_and_its_numbers() {
    let mut value = json!({"123456789012": [{"account": "123456789012", "size": 123_456_789_012_u64}], "x": null});
    redactor().json(&mut value);
    assert_eq!(value, json!({"123456789012": [{"account": "••••••••9012", "size": 123_456_789_012_u64}], "x": null}));
}

#[test]
fn nothing_is_masked_when_it_is_off() {
    let mut redactor = Redactor::off();
    redactor.learn("arn:aws:iam::123456789012:user/alice");
    assert_eq!(redactor.text("alice 123456789012"), "alice 123456789012");
    assert!(!redactor.is_active());
}

proptest! {
    #[test]
    fn masked_text_is_not_masked_again(text in "((arn:aws:iam::[0-9]{12}:(user|role)/[a-z]{1,8}|[0-9]{10,14}|[a-z]{1,4}@[a-z]{1,4}\\.com|AKIA[A-Z]{16}|/home/kim)[ ,;]){0,12}") {
        let once = masked(&text);
        prop_assert_eq!(masked(&once), once);
    }
}

#[test]
fn of_an_address_only_scheme_host_and_port_are_shown() {
    for (url, shown) in [
        ("http://kim:secret@proxy.example:3128/?q=p@ss", "http://proxy.example:3128"),
        ("proxy:80", "http://proxy:80"),
        ("https://[::1]:8443", "https://[::1]:8443"),
    ] {
        assert_eq!(origin_of(url), shown);
    }
}
