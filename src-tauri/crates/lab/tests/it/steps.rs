//! Each step by itself: run twice, checked before it is run, and checked after the learner did it by hand.

use std::collections::BTreeSet;

use aws_sdk_ecr::types::{ScanFrequency, ScanType};
use i18n::{Lang, Localizer, Message};
use lab::{
    ChangeKind::{Create, Delete, Keep, Replace, Restore},
    CheckStatus, Code, StepId, StepState,
};

use crate::support::{LabEnvironment, assert_met, item, refused, run_step};

#[tokio::test(flavor = "multi_thread")]
async fn every_step_done_twice_is_as_done_once() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run().await;
    for step in StepId::ALL {
        run_step(&run, step).await.unwrap();
        let (repositories, names) = (environment.repositories().await, environment.local_names().await);
        let outcome = run.outcome().await.unwrap();
        run_step(&run, step).await.unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
        assert_met(&run, step).await;
        assert_eq!(
            (environment.repositories().await, environment.local_names().await),
            (repositories, names),
            "{step:?}"
        );
        let again = run.outcome().await.unwrap();
        assert_eq!((again.repositories, again.receipt), (outcome.repositories, outcome.receipt), "{step:?}");
    }
    assert!(run.outcome().await.unwrap().ok);
}

#[tokio::test(flavor = "multi_thread")]
async fn before_a_step_is_done_its_check_says_what_to_do() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run().await;
    for step in [StepId::Scanning, StepId::Repositories, StepId::Push, StepId::Results, StepId::Remediate] {
        let checks = run.check(step).await.unwrap();
        let others: Vec<_> = checks.iter().filter(|check| check.outcome != CheckStatus::Met).collect();
        assert!(!others.is_empty(), "{step:?}");
        assert!(others.iter().all(|check| check.hint.is_some()), "{step:?}: {others:#?}");
        assert_eq!(run.info().unwrap().steps[step as usize].state, StepState::Pending);
    }
    assert!(!run.outcome().await.unwrap().ok);
    assert!(environment.repositories().await.is_empty() && environment.scanning_configuration().await == "BASIC");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_without_the_one_before_it_says_which_that_is() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run().await;
    assert_eq!(refused(&run, StepId::Push).await.code, Code::RepositoryNotMade);
    assert_eq!(refused(&run, StepId::Results).await.code, Code::ImageNotPushed);
    run_step(&run, StepId::Repositories).await.unwrap();
    run_step(&run, StepId::Push).await.unwrap();
    assert_eq!(refused(&run, StepId::Results).await.code, Code::ProdNotWatched);
    run_step(&run, StepId::Scanning).await.unwrap();
    run_step(&run, StepId::Results).await.unwrap();
    assert_met(&run, StepId::Results).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_learner_did_in_a_terminal_is_met_too() {
    let environment = LabEnvironment::start().await;
    environment.configure_scanning(ScanType::Enhanced, &[(ScanFrequency::ContinuousScan, &["prod"])]).await;
    for name in environment.plan.repositories() {
        environment.create_repository(name).await;
    }
    let (_lab, run) = environment.run().await;
    assert_met(&run, StepId::Scanning).await;
    assert_met(&run, StepId::Repositories).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_usual_mistakes_have_hints_of_their_own() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    environment.configure_scanning(ScanType::Enhanced, &[(ScanFrequency::ScanOnPush, &["prod"])]).await;
    let rule = item(&run, StepId::Scanning, "rule").await;
    assert_eq!((rule.outcome, rule.hint.unwrap().id.as_str()), (CheckStatus::NotMet, "hint-rule-on-push"));
    let prod = item(&run, StepId::Repositories, "prod-watched").await;
    assert_eq!((prod.outcome, prod.hint.unwrap().id.as_str()), (CheckStatus::NotMet, "hint-prod-unwatched"));
    environment.configure_scanning(ScanType::Enhanced, &[(ScanFrequency::ContinuousScan, &["*"])]).await;
    let sandbox = item(&run, StepId::Repositories, "sandbox-unwatched").await;
    assert_eq!((sandbox.outcome, sandbox.hint.unwrap().id.as_str()), (CheckStatus::NotMet, "hint-watched-by-others"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sandbox_that_is_watched_is_no_proof() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Push).await;
    environment.configure_scanning(ScanType::Enhanced, &[(ScanFrequency::ContinuousScan, &["prod", "sandbox"])]).await;
    environment.practice.scanner_idle().await;
    let scan = item(&run, StepId::Results, "sandbox-no-scan").await;
    assert_eq!((scan.outcome, scan.detail.id.as_str()), (CheckStatus::NotMet, "check-sandbox-scanned"));
    assert_eq!(item(&run, StepId::Results, "sandbox-not-covered").await.outcome, CheckStatus::NotMet);
}

#[tokio::test(flavor = "multi_thread")]
async fn previews_say_what_will_change_and_change_nothing() {
    let environment = LabEnvironment::start().await;
    environment.create_repository("reproduction").await;
    let (_lab, run) = environment.run().await;
    let mut kinds = Vec::new();
    for step in StepId::ALL {
        let (repositories, configuration) =
            (environment.repositories().await, environment.scanning_configuration().await);
        let preview = run.preview(step).await.unwrap();
        assert_eq!(
            (environment.repositories().await, environment.scanning_configuration().await),
            (repositories, configuration)
        );
        kinds.push(preview.changes.iter().map(|change| change.kind).collect::<Vec<_>>());
        if step == StepId::Scanning {
            let warned = preview.warnings.iter().find(|warning| warning.id == "warning-filter-matches-others");
            assert!(format!("{:?}", warned.unwrap()).contains("reproduction"));
        }
        if step < StepId::Cleanup {
            run_step(&run, step).await.unwrap();
        }
    }
    // One repository is created together with the configuration, and keeps the record of what that was.
    let expected =
        [vec![], vec![Replace, Replace, Create], vec![Create, Create, Keep], vec![Create; 2], vec![], vec![Create]];
    assert_eq!(kinds[..6], expected);
    let of = |kind| kinds[6].iter().filter(|k| **k == kind).count();
    assert_eq!((of(Delete), of(Restore)), (11, 2), "{:?}", kinds[6]);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_message_is_translated_in_both_languages() {
    let environment = LabEnvironment::start().await;
    environment.create_repository(&environment.plan.shared).await;
    let (_lab, run) = environment.run().await;
    let mut messages = Vec::new();
    for step in StepId::ALL {
        messages.extend(run.check(step).await.unwrap().into_iter().flat_map(words_of_check));
        messages.extend(words_of_preview(run.preview(step).await.unwrap()));
        messages.extend(run.commands(step).into_iter().map(|command| command.title));
        let (result, events) = crate::support::run_and_collect_events(&run, step).await;
        result.unwrap();
        messages.extend(events.into_iter().filter_map(|event| match event {
            lab::Event::Note { message } => Some(message),
            _ => None,
        }));
        messages.extend(run.check(step).await.unwrap().into_iter().flat_map(words_of_check));
    }
    messages.extend(run.outcome().await.unwrap().receipt.unwrap().kept.into_iter().map(|kept| kept.why));
    assert!(messages.len() > 100);
    for lang in Lang::ALL {
        let words = Localizer::new(lang);
        for message in &messages {
            assert!(words.has(&message.id), "{} has no words", message.id);
            let text = words.text(message);
            assert!(!text.contains('{'), "{text}");
        }
    }
}

fn words_of_check(check: lab::Check) -> Vec<Message> {
    [Some(check.title), Some(check.detail), check.hint].into_iter().flatten().collect()
}

fn words_of_preview(preview: lab::Preview) -> Vec<Message> {
    let changes = preview.changes.into_iter().flat_map(|change| [Some(change.what), change.before, change.after]);
    changes.flatten().chain(preview.cost).chain(preview.notes).chain(preview.warnings).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_in_the_repository_is_reported_and_not_waited_for() {
    let mut environment = LabEnvironment::start().await;
    environment.plan.move_tags = true;
    let (_lab, run) = environment.run_to(StepId::Push).await;
    let prod = &environment.plan.prod;
    let digest = environment.digest(prod, "latest").await.unwrap();
    let index = format!(
        r#"{{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{digest}","size":{},"platform":{{"architecture":"amd64","os":"linux"}}}}]}}"#,
        manifest_size(&environment, prod, &digest).await
    );
    let put = environment.ecr.put_image().repository_name(prod).image_tag("latest").image_manifest(index);
    put.image_manifest_media_type("application/vnd.oci.image.index.v1+json").send().await.unwrap();
    let check = item(&run, StepId::Push, "single-image").await;
    assert_eq!((check.outcome, check.hint.unwrap().id.as_str()), (CheckStatus::NotMet, "hint-index"));
    assert_eq!(refused(&run, StepId::Results).await.code, Code::IndexPushed);
    run_step(&run, StepId::Push).await.unwrap();
    run_step(&run, StepId::Results).await.unwrap();
    assert_met(&run, StepId::Results).await;
}

async fn manifest_size(environment: &LabEnvironment, repository: &str, digest: &str) -> usize {
    let id = aws_sdk_ecr::types::ImageIdentifier::builder().image_digest(digest).build();
    let response = environment.ecr.batch_get_image().repository_name(repository).image_ids(id).send().await.unwrap();
    response.images()[0].image_manifest().unwrap().len()
}

/// Covers all message ids in the source, including those of problems that no test causes.
#[test]
fn every_message_id_in_the_code_is_translated_in_both_languages() {
    let mut ids = Vec::new();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
                let source = std::fs::read_to_string(path).unwrap();
                let code = source.split("#[cfg(test)]").next().unwrap();
                ids.extend(named(code, "Message::new(\"").map(str::to_owned));
            }
        }
    }
    ids.extend(Code::ALL.iter().flat_map(|code| [format!("problem-{code}"), format!("problem-{code}-hint")]));
    assert!(ids.len() > 200, "{}", ids.len());
    for lang in Lang::ALL {
        let words = Localizer::new(lang);
        let missing: Vec<_> = ids.iter().filter(|id| !words.has(id)).collect();
        assert!(missing.is_empty(), "{lang:?}: {missing:?}");
    }
}

/// Headings that are shown beside a problem's texts.
const LABELS: [&str; 2] = ["problem-details", "problem-what-to-do"];

#[test]
fn every_text_of_a_problem_belongs_to_a_code() {
    let expected: BTreeSet<_> =
        Code::ALL.iter().flat_map(|code| [format!("problem-{code}"), format!("problem-{code}-hint")]).collect();
    for lang in Lang::ALL {
        let variables = i18n::message_variables(lang);
        let of_problems = variables.keys().filter(|id| id.starts_with("problem-") && !LABELS.contains(&id.as_str()));
        let unused: Vec<_> = of_problems.filter(|id| !expected.contains(*id)).collect();
        assert!(unused.is_empty(), "{lang:?}: {unused:?}");
    }
}

#[test]
fn every_code_is_reported_by_some_crate() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut folders: Vec<_> =
        ["crates/lab/src", "crates/launcher/src", "crates/cli/src", "src"].map(|of| root.join(of)).into();
    let mut sources = String::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                sources += &std::fs::read_to_string(path).unwrap();
            }
        }
    }
    let is_reported = |code: &&Code| {
        let name = format!("Code::{code:?}");
        sources
            .match_indices(&name)
            .any(|(at, _)| !sources[at + name.len()..].starts_with(|c: char| c.is_alphanumeric()))
    };
    // Read from a session of another version only.
    let unused: Vec<_> = Code::ALL.iter().filter(|code| **code != Code::Unknown && !is_reported(code)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

fn named<'a>(code: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    code.split(before).skip(1).filter_map(|rest| rest.split('"').next())
}
