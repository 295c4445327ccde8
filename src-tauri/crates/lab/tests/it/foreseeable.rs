//! What can be known to fail is said by the first step, and refused before the registry's configuration is replaced.

use aws_sdk_ecr::types::{EncryptionConfiguration, EncryptionType, ImageTagMutability};
use lab::{AwsAccess, CheckStatus, Code, Run, RunOptions, StepId};
use testbed::scripted_server::{ReceivedRequest, ScriptedResponse, ScriptedServer};

use crate::support::{LabEnvironment, assert_met, item, refused, run_step};

/// The state of the account that a refused step must leave as it is.
async fn account(environment: &LabEnvironment) -> (String, String, Vec<String>) {
    (environment.scanning_configuration().await, environment.inspector_status().await, environment.repositories().await)
}

/// Step 1 reports it, and step 2 fails with nothing changed.
async fn assert_refused_before_any_change(environment: &LabEnvironment, run: &Run, id: &str, code: Code) {
    let before = account(environment).await;
    run_step(run, StepId::Prepare).await.unwrap();
    assert_eq!(item(run, StepId::Prepare, id).await.outcome, CheckStatus::NotMet);
    assert_eq!(refused(run, StepId::Scanning).await.code, code);
    assert_eq!(account(environment).await, before);
}

/// An existing repository whose tags are immutable, with this tag.
async fn immutable(environment: &LabEnvironment, name: &str, tag: &str) -> String {
    let create = environment.ecr.create_repository().repository_name(name);
    create.image_tag_mutability(ImageTagMutability::Immutable).send().await.unwrap();
    environment.push_foreign_image(name, tag).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_that_is_immutable_is_refused_even_where_moving_is_allowed() {
    for (fixed, move_tags) in [(false, false), (false, true), (true, true)] {
        let mut environment = LabEnvironment::start().await;
        environment.plan.move_tags = move_tags;
        let plan = environment.plan.clone();
        let tag = if fixed { &plan.fixed_tag } else { &plan.tag };
        let theirs = immutable(&environment, &plan.prod, tag).await;
        let (_lab, run) = environment.run().await;
        assert_refused_before_any_change(&environment, &run, "tags-free", Code::TagTaken).await;
        let check = item(&run, StepId::Prepare, "tags-free").await;
        assert_eq!(check.detail.id, "check-tags-free-immutable");
        assert_eq!(check.detail.args["immutable"], i18n::Arg::from(format!("{}:{tag}", plan.prod)));
        assert_eq!(check.hint.unwrap().id, "check-tags-free-immutable-hint");
        assert_eq!(environment.images(&plan.prod).await, [(theirs, vec![tag.clone()])]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lifecycle_policy_of_others_is_refused_before_any_change_and_before_a_push() {
    let policy = r#"{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan",
        "countNumber":1},"action":{"type":"expire"}}]}"#;
    for later in [false, true] {
        let environment = LabEnvironment::start().await;
        let prod = environment.plan.prod.clone();
        environment.create_repository(&prod).await;
        let theirs = environment.push_foreign_image(&prod, "theirs").await;
        let (_lab, run) = environment.run().await;
        run_step(&run, StepId::Prepare).await.unwrap();
        let before = environment.scanning_configuration().await;
        if later {
            run_step(&run, StepId::Scanning).await.unwrap();
            run_step(&run, StepId::Repositories).await.unwrap();
        }
        let put = environment.ecr.put_lifecycle_policy().repository_name(&prod).lifecycle_policy_text(policy);
        put.send().await.unwrap();
        let step = if later { StepId::Push } else { StepId::Scanning };
        let refused = run_step(&run, step).await.unwrap_err().into_problem();
        assert_eq!(refused.code, Code::LifecyclePolicy);
        run_step(&run, StepId::Cleanup).await.unwrap();
        assert_eq!(environment.scanning_configuration().await, before);
        assert_eq!(environment.images(&prod).await, [(theirs, vec!["theirs".to_owned()])]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn immutable_tags_are_no_obstacle_as_long_as_the_plans_are_free() {
    let environment = LabEnvironment::start().await;
    let theirs = immutable(&environment, &environment.plan.prod, "theirs").await;
    let (_lab, run) = environment.run().await;
    for step in StepId::ALL {
        run_step(&run, step).await.unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
        assert_met(&run, step).await;
    }
    assert_eq!(environment.images(&environment.plan.prod).await, [(theirs, vec!["theirs".to_owned()])]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_with_a_kms_key_is_named_with_what_is_not_known() {
    let environment = LabEnvironment::start().await;
    let key = "arn:aws:kms:ap-northeast-2:123456789012:key/11111111-2222-3333-4444-555555555555";
    for (name, kind, key) in [
        (&environment.plan.prod, EncryptionType::Kms, Some(key)),
        (&environment.plan.sandbox, EncryptionType::KmsDsse, None),
    ] {
        let encryption =
            EncryptionConfiguration::builder().encryption_type(kind).set_kms_key(key.map(str::to_owned)).build();
        let create = environment.ecr.create_repository().repository_name(name);
        create.encryption_configuration(encryption.unwrap()).send().await.unwrap();
    }
    let (_lab, run) = environment.run().await;
    let check = item(&run, StepId::Prepare, "encryption").await;
    assert_eq!((check.outcome, check.detail.id.as_str()), (CheckStatus::Met, "check-encryption-kms"));
    let names = format!("eks-security-prod ({key}), eks-security-sandbox (aws/ecr)");
    assert_eq!(check.detail.args["names"], i18n::Arg::from(names));
    // What cannot be read is not "none".
    environment.inject("ecr:DescribeRepositories=access-denied");
    assert_eq!(item(&run, StepId::Prepare, "encryption").await.outcome, CheckStatus::Unknown);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_whose_organization_manages_inspector_is_refused_until_it_is_on() {
    let environment = LabEnvironment::start().await;
    let permissions = environment.practice.permissions();
    permissions.change(|settings| settings.inspector_managed = true);
    let (_lab, run) = environment.run().await;
    assert_refused_before_any_change(&environment, &run, "inspector-ready", Code::InspectorManaged).await;
    let check = item(&run, StepId::Prepare, "inspector-ready").await;
    assert_eq!(check.detail.args["operations"], i18n::Arg::from("ENABLE_SCANNING, DISABLE_SCANNING"));
    // The administrator turns it on: the lab uses it, and leaves it on.
    permissions.change(|settings| settings.inspector_managed = false);
    let enable = environment.inspector.enable().resource_types(aws_sdk_inspector2::types::ResourceScanType::Ecr);
    enable.send().await.unwrap();
    permissions.change(|settings| settings.inspector_managed = true);
    let before = account(&environment).await;
    assert_eq!(before.1, "ENABLED");
    for step in StepId::ALL {
        run_step(&run, step).await.unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
        assert_met(&run, step).await;
    }
    assert_eq!(account(&environment).await, before);
}

/// AWS in a Region without Inspector: ECR answers, and Inspector refuses without naming a permission.
fn without_inspector(request: &ReceivedRequest) -> ScriptedResponse {
    let of_ecr = |operation| request.header("x-amz-target").is_some_and(|target| target.ends_with(operation));
    if request.is("POST", "/status/batch/get") || request.is("POST", "/accountpermissions/list") {
        let refused = ScriptedResponse::new(403, r#"{"message":"Not available here"}"#);
        refused.header("content-type", "application/json").header("x-amzn-errortype", "AccessDeniedException")
    } else if of_ecr("GetRegistryScanningConfiguration") {
        ScriptedResponse::new(200, r#"{"registryId":"1","scanningConfiguration":{"scanType":"BASIC","rules":[]}}"#)
    } else if of_ecr("DescribeRepositories") {
        ScriptedResponse::new(200, r#"{"repositories":[]}"#)
    } else {
        let identity = "<Arn>arn:aws:iam::1:user/me</Arn><UserId>me</UserId><Account>1</Account>";
        let result = format!("<GetCallerIdentityResult>{identity}</GetCallerIdentityResult>");
        ScriptedResponse::new(200, format!("<GetCallerIdentityResponse>{result}</GetCallerIdentityResponse>"))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_region_without_inspector_is_named_as_the_cause() {
    let environment = LabEnvironment::start().await;
    let cloud = ScriptedServer::start(without_inspector).await;
    let mut access = environment.access();
    if let AwsAccess::Endpoint { url, region, .. } = &mut access.aws {
        *url = cloud.url("http");
        "xx-nowhere-1".clone_into(region);
    }
    let lab = environment.lab().await;
    let run = lab.start(environment.plan.clone(), access, &RunOptions::default()).await.unwrap();
    assert_eq!(item(&run, StepId::Prepare, "region").await.outcome, CheckStatus::Met);
    let check = item(&run, StepId::Prepare, "inspector-ready").await;
    assert_eq!((check.outcome, check.detail.id.as_str()), (CheckStatus::NotMet, "problem-region-without-inspector"));
    assert_eq!(refused(&run, StepId::Scanning).await.code, Code::RegionWithoutInspector);
    let changes = ["PutRegistryScanningConfiguration", "CreateRepository"];
    let is_change = |target: &str| changes.iter().any(|change| target.ends_with(change));
    assert!(!cloud.requests().iter().any(|request| request.header("x-amz-target").is_some_and(is_change)));
}
