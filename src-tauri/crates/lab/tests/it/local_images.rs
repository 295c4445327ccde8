//! Names of local images that another user of the engine gives: what is pushed is what was pulled, and their names stay theirs.

use std::sync::Arc;

use lab::{CheckStatus, Code, Direction, Event, ResourceKind, StepId};
use testbed::http_client::http_client;
use tokio_util::sync::CancellationToken;

use crate::support::{LabEnvironment, assert_met, item, problem, refused, run_and_collect_events, run_step};

/// Gives a name to an image of the engine, as another user of it would.
async fn tag_locally(environment: &LabEnvironment, image: &str, name: &str) {
    let (repository, tag) = name.rsplit_once(':').unwrap();
    let url = format!("{}/images/{image}/tag?repo={repository}&tag={tag}", environment.engine_url());
    assert_eq!(http_client().post(url).send().await.unwrap().status(), 201);
}

async fn pull_locally(environment: &LabEnvironment, image: &str) {
    let (name, tag) = image.rsplit_once(':').unwrap();
    let url = format!("{}/images/create?fromImage={name}&tag={tag}", environment.engine_url());
    assert!(http_client().post(url).send().await.unwrap().text().await.unwrap().contains("sha256:"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_given_to_another_image_after_the_pull_does_not_change_what_is_pushed() {
    let environment = LabEnvironment::start().await;
    let (image, other) = (environment.plan.image.clone(), environment.plan.fixed_image.clone());
    pull_locally(&environment, &other).await;
    let (_lab, run) = environment.run_to(StepId::Push).await;
    let pulled = environment.digest(&environment.plan.prod, "latest").await.unwrap();
    // The name of the pulled image, and the one that was pushed by, now belong to another image.
    tag_locally(&environment, &other, &image).await;
    let names = environment.local_names().await;
    let pushed = names.iter().find(|name| name.ends_with("eks-security-prod:latest")).unwrap().clone();
    tag_locally(&environment, &other, &pushed).await;
    // The next push pulls and pins again, and pushes the pulled image.
    let (result, events) = run_and_collect_events(&run, StepId::Push).await;
    result.unwrap();
    assert!(events.iter().any(|event| matches!(event, Event::TransferDone { .. })), "{events:?}");
    assert_eq!(environment.digest(&environment.plan.prod, "latest").await.unwrap(), pulled);
    assert_met(&run, StepId::Push).await;
}

/// The ids of all images of the engine.
async fn ids(environment: &LabEnvironment) -> Vec<String> {
    let url = format!("{}/images/json?all=1", environment.engine_url());
    let images: Vec<serde_json::Value> = http_client().get(url).send().await.unwrap().json().await.unwrap();
    let mut ids: Vec<_> = images.iter().map(|image| image["Id"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    ids
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_another_image_had_is_put_back_and_what_the_pull_brought_goes() {
    let environment = LabEnvironment::start().await;
    let (image, other) = (environment.plan.image.clone(), environment.plan.fixed_image.clone());
    pull_locally(&environment, &other).await;
    tag_locally(&environment, &other, &image).await;
    let before = (ids(&environment).await, environment.local_names().await);
    let (_lab, run) = environment.run_to(StepId::Push).await;
    assert_eq!(ids(&environment).await.len(), 2);
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_met(&run, StepId::Cleanup).await;
    assert_eq!((ids(&environment).await, environment.local_names().await), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_without_a_name_that_was_there_before_the_pull_stays() {
    let environment = LabEnvironment::start().await;
    let (image, other) = (environment.plan.image.clone(), environment.plan.fixed_image.clone());
    pull_locally(&environment, &image).await;
    pull_locally(&environment, &other).await;
    // The image of the lab has lost its name to the other one.
    tag_locally(&environment, &other, &image).await;
    let before = ids(&environment).await;
    assert_eq!(before.len(), 2);
    let (_lab, run) = environment.run_to(StepId::Push).await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_met(&run, StepId::Cleanup).await;
    assert_eq!(ids(&environment).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_another_user_gave_to_their_image_is_theirs() {
    let environment = LabEnvironment::start().await;
    let (image, other) = (environment.plan.image.clone(), "127.0.0.1:1/mine:1".to_owned());
    pull_locally(&environment, &environment.plan.fixed_image).await;
    tag_locally(&environment, &environment.plan.fixed_image, &other).await;
    let (_lab, run) = environment.run_to(StepId::Push).await;
    tag_locally(&environment, &other, &image).await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    let mut names = environment.local_names().await;
    names.sort();
    let mut expected = [image.clone(), environment.plan.fixed_image.clone(), other];
    expected.sort();
    assert_eq!(names, expected);
    let receipt = run.outcome().await.unwrap().receipt.unwrap();
    let kept = receipt.kept.iter().find(|kept| kept.kind == ResourceKind::LocalImage && kept.what == image);
    assert_eq!(kept.unwrap().why.id, "kept-local-moved");
}

#[tokio::test(flavor = "multi_thread")]
async fn work_by_hand_is_listed_with_its_commands_and_kept_unless_it_is_chosen_by_name() {
    let environment = LabEnvironment::start().await;
    let (prod, sandbox, image) =
        (environment.plan.prod.clone(), environment.plan.sandbox.clone(), environment.plan.image.clone());
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    // Instead of the step, by hand: pull, tag, push. The pushes are another client's, as far as the lab can see.
    pull_locally(&environment, &image).await;
    let uri = environment.repository_uri(&prod).await;
    tag_locally(&environment, &image, &format!("{uri}:latest")).await;
    let in_prod = environment.push_foreign_image(&prod, "latest").await;
    let in_sandbox = environment.push_foreign_image(&sandbox, "latest").await;

    let preview = run.preview(StepId::Cleanup).await.unwrap();
    let listed: Vec<_> = preview.named_by_plan.iter().map(|named| (named.kind, named.name.as_str())).collect();
    let local = [image.clone(), format!("{uri}:latest")];
    let expected = [
        (ResourceKind::Image, "eks-security-prod:latest"),
        (ResourceKind::Image, "eks-security-sandbox:latest"),
        (ResourceKind::LocalImage, local[0].as_str()),
        (ResourceKind::LocalImage, local[1].as_str()),
    ];
    assert_eq!(listed, expected);
    let command = |name: &str| preview.named_by_plan.iter().find(|named| named.name == name).unwrap().command.clone();
    assert!(command(&image).contains(&format!("rmi {image}")), "{}", command(&image));
    let untag = "ecr batch-delete-image --repository-name eks-security-prod --image-ids imageTag=latest";
    assert!(command("eks-security-prod:latest").contains(untag));
    assert!(preview.named_by_plan.iter().all(|named| !named.chosen && !named.command.contains("--force")));

    run_step(&run, StepId::Cleanup).await.unwrap();
    let mut names = environment.local_names().await;
    names.sort();
    let mut both = local.clone();
    both.sort();
    assert_eq!(names, both);
    let check = item(&run, StepId::Cleanup, "local-gone").await;
    let detail = i18n::Message::new("check-not-made-kept").with("count", 2).with("deleted", 0);
    assert_eq!((check.outcome, check.detail), (CheckStatus::Met, detail));
    assert_eq!(environment.images(&prod).await, [(in_prod, vec!["latest".to_owned()])]);

    // Chosen by name: these are removed, the others are kept.
    run.choose_removals(&[image.clone(), "eks-security-prod:latest".to_owned()]).unwrap();
    assert!(run.preview(StepId::Cleanup).await.unwrap().named_by_plan.iter().any(|named| named.chosen));
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(environment.local_names().await, [local[1].as_str()]);
    assert_eq!(environment.repositories().await, [sandbox.as_str()]);
    assert_eq!(environment.images(&sandbox).await, [(in_sandbox, vec!["latest".to_owned()])]);
    assert_met(&run, StepId::Cleanup).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_that_a_person_pulls_after_the_labs_pull_failed_is_theirs() {
    let mut environment = LabEnvironment::start().await;
    let image = environment.plan.image.replace("4.4.0", "4.4.1");
    environment.plan.image.clone_from(&image);
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    // By hand, the person gets what the name says, from somewhere else.
    assert_eq!(refused(&run, StepId::Push).await.code, Code::ImageNotInRegistry);
    pull_locally(&environment, &environment.plan.fixed_image).await;
    tag_locally(&environment, &environment.plan.fixed_image, &image).await;
    let preview = run.preview(StepId::Cleanup).await.unwrap();
    assert!(preview.named_by_plan.iter().any(|named| named.name == image && !named.chosen));
    assert!(!run.commands(StepId::Cleanup).iter().any(|command| command.line.contains(&image)));
    run_step(&run, StepId::Cleanup).await.unwrap();
    let mut names = environment.local_names().await;
    names.sort();
    assert_eq!(names, [image, environment.plan.fixed_image.clone()]);
    assert_met(&run, StepId::Cleanup).await;
}

/// Gives a name to an image of the engine at once, from a callback.
fn tag_now(engine: &str, image: &str, name: &str) {
    use std::io::{Read as _, Write as _};

    let (repository, tag) = name.rsplit_once(':').unwrap();
    let mut stream = std::net::TcpStream::connect(engine.strip_prefix("http://").unwrap()).unwrap();
    let request = format!(
        "POST /images/{image}/tag?repo={repository}&tag={tag} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    assert!(response.starts_with("HTTP/1.1 201"), "{response}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_that_is_exchanged_between_pull_and_push_is_never_reported_as_pushed() {
    let environment = LabEnvironment::start().await;
    let other = "127.0.0.1:1/mine:1".to_owned();
    pull_locally(&environment, &environment.plan.fixed_image).await;
    tag_locally(&environment, &environment.plan.fixed_image, &other).await;
    let (engine, sandbox) = (environment.engine_url(), environment.plan.sandbox.clone());
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    // After the pull, the source's name: the id is pinned, so that this has no effect.
    let (url, mine) = (engine.clone(), other.clone());
    let exchange = move |event: Event| {
        if let Event::TransferDone { direction: Direction::Pull, reference, .. } = event {
            tag_now(&url, &mine, &reference);
        }
    };
    run.run(StepId::Push, Arc::new(exchange), CancellationToken::new()).await.unwrap();
    let pushed = environment.digest(&sandbox, "latest").await.unwrap();
    assert_met(&run, StepId::Push).await;
    assert_eq!(environment.digest(&environment.plan.prod, "latest").await.unwrap(), pushed);

    // Before the push, the target's name: the wrong image arrives, and the step says so.
    let (url, mine) = (engine, other.clone());
    let exchange = move |event: Event| {
        if let Event::TransferStarted { direction: Direction::Push, reference } = event {
            tag_now(&url, &mine, &reference);
        }
    };
    let failed = run.run(StepId::Push, Arc::new(exchange), CancellationToken::new()).await.unwrap_err();
    assert_eq!(problem(failed).code, Code::OtherImagePushed);
    assert_ne!(environment.digest(&environment.plan.prod, "latest").await.unwrap(), pushed);
    // It was this run's push all the same, and is removed.
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert!(environment.repositories().await.is_empty());
    assert!(environment.local_names().await.contains(&other));
}
