//! Every fault is reported as its own problem, and the run continues afterwards.

use lab::{CheckStatus, Code, StepId, StepState};

use crate::support::{LabEnvironment, assert_met, item, problem, refused, run_step};

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_is_reported_and_the_step_succeeds_afterwards() {
    let cases = [
        (StepId::Prepare, "sts:GetCallerIdentity=invalid-credentials*1", Code::CredentialsInvalid),
        (StepId::Prepare, "sts:GetCallerIdentity=expired-credentials*1", Code::CredentialsExpired),
        (StepId::Scanning, "ecr:PutRegistryScanningConfiguration=throttle*3", Code::Throttled),
        (StepId::Scanning, "ecr:PutRegistryScanningConfiguration=access-denied*1", Code::AccessDenied),
        (StepId::Scanning, "inspector2:BatchGetAccountStatus=server-error*3", Code::ServiceError),
        (StepId::Repositories, "ecr:CreateRepository=access-denied*1", Code::AccessDenied),
        (StepId::Repositories, "ecr:CreateRepository=expired-credentials*1", Code::CredentialsExpired),
        (StepId::Repositories, "ecr:DescribeRepositories=malformed*3", Code::MalformedAnswer),
        (StepId::Push, "ecr:GetAuthorizationToken=access-denied*1", Code::AccessDenied),
        (StepId::Push, "ecr:DescribeImages=server-error*3", Code::ServiceError),
        (StepId::Push, "registry:PutManifest=access-denied*1", Code::AccessDenied),
        (StepId::Results, "ecr:DescribeImages=throttle*3", Code::Throttled),
        (StepId::Results, "inspector2:ListFindings=access-denied*1", Code::AccessDenied),
        (StepId::Results, "ecr:DescribeImageScanFindings=expired-credentials*1", Code::CredentialsExpired),
        (StepId::Remediate, "registry:StartUpload=access-denied*1", Code::AccessDenied),
        (StepId::Cleanup, "inspector2:Disable=throttle*3", Code::Throttled),
    ];
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run().await;
    for step in StepId::ALL {
        for (_, fault, code) in cases.iter().filter(|(of, ..)| *of == step) {
            environment.inject(fault);
            let result = run_step(&run, step).await;
            let problem = problem(result.expect_err(fault));
            assert_eq!(problem.code, *code, "{fault}: {problem:?}");
            let record = run.info().unwrap().steps[step as usize].clone();
            assert_eq!((record.state, record.problem), (StepState::Failed, Some(problem)), "{fault}");
            environment.practice.faults().clear();
        }
        run_step(&run, step).await.unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
        assert_met(&run, step).await;
    }
    assert!(run.outcome().await.unwrap().ok);
    assert_eq!(
        (environment.scanning_configuration().await.as_str(), environment.inspector_status().await.as_str()),
        ("BASIC", "DISABLED")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_denial_names_the_permission() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Scanning).await;
    environment.inject("ecr:CreateRepository=access-denied*1");
    let problem = refused(&run, StepId::Repositories).await;
    assert_eq!(problem.message.args["action"], i18n::Arg::from("ecr:CreateRepository"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_response_does_not_lose_what_was_created() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run().await;
    // The operation succeeds but the connection is cut in the middle of the response: the SDK retries.
    for fault in [
        "ecr:CreateRepository=cut*1",
        "ecr:PutRegistryScanningConfiguration=cut*1",
        "inspector2:Disable=cut*1",
        "ecr:DeleteRepository=cut*1",
    ] {
        environment.inject(fault);
    }
    for step in StepId::ALL {
        run_step(&run, step).await.unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
        assert_met(&run, step).await;
    }
    assert!(environment.practice.faults().list().is_empty(), "{:?}", environment.practice.faults().list());
    let outcome = run.outcome().await.unwrap();
    assert!(outcome.ok && outcome.receipt.unwrap().kept.is_empty());
    assert!(environment.repositories().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registry_token_that_expires_during_a_push_is_renewed_once() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    environment.inject("registry:PutManifest=expired-token*1");
    let (result, events) = crate::support::run_and_collect_events(&run, StepId::Push).await;
    result.unwrap();
    let renewed =
        |event: &lab::Event| matches!(event, lab::Event::Note { message } if message.id == "note-token-expired");
    assert_eq!(events.iter().filter(|event| renewed(event)).count(), 1);
    assert_met(&run, StepId::Push).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registry_whose_tokens_always_expire_is_reported() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    environment.inject("registry:PutManifest=expired-token");
    let problem = refused(&run, StepId::Push).await;
    assert!(problem.code == Code::TokenExpired && problem.retryable, "{problem:?}");
    environment.practice.faults().clear();
    run_step(&run, StepId::Push).await.unwrap();
    assert_met(&run, StepId::Push).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn findings_load_without_permission_to_read_their_details() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Push).await;
    environment.inject("inspector2:BatchGetFindingDetails=access-denied");
    let (result, events) = crate::support::run_and_collect_events(&run, StepId::Results).await;
    result.unwrap();
    assert!(
        events.iter().any(|event| matches!(event, lab::Event::Note { message } if message.id == "note-no-details"))
    );
    assert_met(&run, StepId::Results).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_that_cannot_be_read_is_unknown_and_says_why() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    environment.inject("ecr:BatchGetRepositoryScanningConfiguration=access-denied");
    let check = item(&run, StepId::Repositories, "prod-watched").await;
    assert_eq!((check.outcome, check.detail.id.as_str()), (CheckStatus::Unknown, "problem-access-denied"));
    environment.practice.faults().clear();
    assert_met(&run, StepId::Repositories).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_refusal_at_cleanup_does_not_leave_the_rest_behind() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Push).await;
    environment.inject("ecr:DeleteRepository=access-denied");
    assert_eq!(refused(&run, StepId::Cleanup).await.code, Code::AccessDenied);
    assert_eq!(environment.scanning_configuration().await, "BASIC");
    assert!(environment.local_names().await.is_empty());
    assert!(!run.info().unwrap().finished);
    let check = item(&run, StepId::Cleanup, "repositories-gone").await;
    assert_eq!((check.outcome, check.detail.id.as_str()), (CheckStatus::NotMet, "check-left"));
    environment.practice.faults().clear();
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_met(&run, StepId::Cleanup).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_in_the_folder_or_the_transcript() {
    let environment = LabEnvironment::start().await;
    let (lab, run) = environment.run().await;
    for step in StepId::ALL {
        run_step(&run, step).await.unwrap();
        run.check(step).await.unwrap();
    }
    let token = environment.ecr.get_authorization_token().send().await.unwrap();
    let token = token.authorization_data()[0].authorization_token().unwrap().to_owned();
    let (_, secret) = environment.practice.credentials();
    let output = format!("{:?} {:?}", lab.transcript(&run.info().unwrap().id).unwrap(), run.info().unwrap());
    assert!(!output.contains(&secret) && !output.contains(&token[..40]));
    for file in std::fs::read_dir(environment.folder("lab")).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()));
    }
}
