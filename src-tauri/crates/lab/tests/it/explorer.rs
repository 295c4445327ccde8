//! The read-only explorer on a registry that belongs to others: watched, unwatched, empty repositories, and an image that the
//! scanner does not support.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use aws_sdk_ecr::types::{ScanFrequency, ScanType};
use findings::{DiffStatus, Query, Scope, Store};
use lab::{
    AssessedSystem, AwsAccess, Code, Entry, ExploredImage, Explorer, FindingsOrigin, IamPolicy, ImageIdentity,
    LabError, OpenedImage, PolicyOwner, Presence, Record, ScanState, Service, Whereabouts, report,
};
use practice_images::{SyntheticImage, SyntheticLayer};
use testbed::{
    environment::TestEnvironment,
    images::{PATCHED_LOG4J, VULNERABLE_LOG4J, application},
    push::push_image,
};

use crate::support::problem;

const LOG4SHELL: &str = "CVE-2021-44228";
const WATCHED: &str = "team/prod-api";
const UNWATCHED: &str = "team/dev-api";
const EMPTY: &str = "team/prod-empty";
const UNSUPPORTED: &str = "team/prod-scratch";

/// A registry with four repositories, in which nothing waits.
async fn registry() -> TestEnvironment {
    let environment = TestEnvironment::start().await;
    let enable = environment.inspector.enable().resource_types(aws_sdk_inspector2::types::ResourceScanType::Ecr);
    enable.send().await.unwrap();
    environment.configure_scanning(ScanType::Enhanced, &[(ScanFrequency::ContinuousScan, &["prod"])]).await;
    for name in [WATCHED, UNWATCHED, EMPTY, UNSUPPORTED] {
        environment.create_repository(name).await;
    }
    let unknown =
        SyntheticLayer { os_release: Some("ID=unknown\nVERSION_ID=\"1\"\n".to_owned()), ..SyntheticLayer::default() };
    push(&environment, WATCHED, application("1.0", VULNERABLE_LOG4J, 4096)).await;
    push(&environment, WATCHED, application("1.1", PATCHED_LOG4J, 4096)).await;
    push(&environment, UNWATCHED, application("1.0", VULNERABLE_LOG4J, 4096)).await;
    let image = SyntheticImage { tag: "1.0".to_owned(), layers: vec![unknown], ..SyntheticImage::default() };
    push(&environment, UNSUPPORTED, image).await;
    environment
}

async fn push(environment: &TestEnvironment, repository: &str, image: SyntheticImage) {
    let folder = environment.folder(&format!("{}-{}", repository.replace('/', "-"), image.tag));
    let layout = practice_images::build_synthetic(&folder, &image).unwrap();
    push_image(&environment.practice, repository, &image.tag, &layout).await;
}

fn access(environment: &TestEnvironment) -> AwsAccess {
    let (access_key, secret_key) = environment.practice.credentials();
    let (url, region) = (environment.practice.endpoint(), environment.practice.region().to_owned());
    AwsAccess::Endpoint { url, region, access_key, secret_key }
}

async fn explorer(environment: &TestEnvironment) -> Explorer {
    let store = Store::open(environment.folder("explorer.db")).unwrap();
    let origin = FindingsOrigin::Named("practice".to_owned());
    Explorer::connect(&access(environment), &origin, store).await.unwrap()
}

/// An explorer of a registry in which every scan has ended.
async fn scanned() -> (TestEnvironment, Explorer) {
    let environment = registry().await;
    let explorer = explorer(&environment).await;
    let ends = |image: &ExploredImage| image.scan.state != ScanState::InProgress;
    for repository in [WATCHED, UNSUPPORTED] {
        while !explorer.images(repository).await.unwrap().iter().all(ends) {
            tokio::task::yield_now().await;
        }
    }
    (environment, explorer)
}

async fn open(explorer: &Explorer, repository: &str, tag: &str) -> OpenedImage {
    explorer.open(repository, ImageIdentity::Tag(tag), &()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_repository_and_image_has_the_state_of_its_scan() {
    let (_environment, explorer) = scanned().await;
    let registry = explorer.registry().await.unwrap();
    assert_eq!(registry.caller.account, "123456789012");
    assert_eq!((registry.scan_type.as_deref(), registry.unread.as_slice()), (Some("ENHANCED"), [].as_slice()));
    let watched: Vec<_> = registry.repositories.iter().map(|one| (one.name.as_str(), one.watched)).collect();
    assert_eq!(
        watched,
        [(UNWATCHED, Some(false)), (WATCHED, Some(true)), (EMPTY, Some(true)), (UNSUPPORTED, Some(true))]
    );
    assert_eq!(registry.repositories[1].filters, ["prod"]);

    let states = async |repository: &str| {
        let images = explorer.images(repository).await.unwrap();
        images.into_iter().map(|image| (image.tags.join(","), image.scan.state)).collect::<Vec<_>>()
    };
    let tagged = |tag: &str, state| (tag.to_owned(), state);
    let mut watched = states(WATCHED).await;
    watched.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(watched, [tagged("1.0", ScanState::Scanned), tagged("1.1", ScanState::Scanned)]);
    assert_eq!(states(UNWATCHED).await, [tagged("1.0", ScanState::NotScanned)]);
    assert_eq!(states(UNSUPPORTED).await, [tagged("1.0", ScanState::Unsupported)]);
    assert_eq!(states(EMPTY).await, []);
    let missing = explorer.images("team/none").await.unwrap_err();
    assert_eq!(problem(missing).code, Code::ExploreNoRepository);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_scanned_image_opens_with_findings() {
    let (_environment, explorer) = scanned().await;
    let opened = open(&explorer, WATCHED, "1.0").await;
    let scan = opened.findings.unwrap();
    let summary = explorer.findings().summary(&Query::of_scan(scan.id)).unwrap();
    assert!(summary.log4shell && summary.matched.findings > 1, "{:?}", summary.matched);
    assert_eq!((scan.key.repository.as_str(), scan.findings), (WATCHED, summary.matched.findings));
    let by_digest = explorer.open(WATCHED, ImageIdentity::Digest(&opened.image.digest), &()).await.unwrap();
    assert_eq!(by_digest.findings.unwrap().id, scan.id);

    for (repository, state) in [(UNWATCHED, ScanState::NotScanned), (UNSUPPORTED, ScanState::Unsupported)] {
        let opened = open(&explorer, repository, "1.0").await;
        assert_eq!((opened.image.scan.state, opened.findings), (state, None), "{repository}");
    }
    let missing = explorer.open(WATCHED, ImageIdentity::Tag("none"), &()).await.unwrap_err();
    assert_eq!(problem(missing).code, Code::ExploreNoImage);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_images_are_compared() {
    let (_environment, explorer) = scanned().await;
    let (before, after) = (open(&explorer, WATCHED, "1.0").await, open(&explorer, WATCHED, "1.1").await);
    let scope = |opened: OpenedImage| Scope::Scan(opened.findings.unwrap().id);
    let (before, after) = (scope(before), scope(after));
    let comparison = explorer.findings().compare(&before, &after).unwrap();
    assert!(comparison.log4shell_fixed && comparison.vulnerabilities.new == 0);
    let fixed = report::compared(explorer.findings(), &before, &after, DiffStatus::Fixed).unwrap();
    assert!(fixed.iter().any(|row| row.vulnerability_id.as_deref() == Some(LOG4SHELL)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vulnerability_is_found_not_found_or_not_scanned() {
    let (environment, explorer) = scanned().await;
    let presences = |whereabouts: &Whereabouts| {
        let repositories = whereabouts.repositories.iter();
        repositories.map(|one| (one.name.clone(), one.presence)).collect::<Vec<_>>()
    };
    let is = |name: &str, presence| (name.to_owned(), presence);
    let log4shell = explorer.whereabouts("cve-2021-44228").await.unwrap();
    assert_eq!(
        presences(&log4shell),
        [
            is(WATCHED, Presence::Present),
            is(UNWATCHED, Presence::NotScanned),
            is(UNSUPPORTED, Presence::NotScanned),
            is(EMPTY, Presence::NoImages),
        ]
    );
    let images: Vec<_> = log4shell.repositories[0]
        .images
        .iter()
        .map(|image| (image.image.tags.join(","), image.presence, image.packages.is_empty()))
        .collect();
    assert!(images.contains(&("1.0".to_owned(), Presence::Present, false)), "{images:?}");
    assert!(images.contains(&("1.1".to_owned(), Presence::Absent, true)), "{images:?}");

    // The built-in catalogue covers only the lab: of what no scan has found it says nothing.
    let unlisted = presences(&explorer.whereabouts("CVE-1999-0001").await.unwrap());
    for name in [WATCHED, UNWATCHED, UNSUPPORTED] {
        assert!(unlisted.contains(&is(name, Presence::NotScanned)), "{unlisted:?}");
    }
    assert!(unlisted.contains(&is(EMPTY, Presence::NoImages)), "{unlisted:?}");

    // An image of which the scanner has not assessed everything may have it.
    let application = SyntheticLayer { jars: vec![testbed::images::log4j(PATCHED_LOG4J)], ..SyntheticLayer::default() };
    let partial = SyntheticImage { tag: "1.2".to_owned(), layers: vec![application], ..SyntheticImage::default() };
    push(&environment, WATCHED, partial).await;
    environment.practice.scanner_idle().await;
    let unknown = explorer.whereabouts("CVE-1999-0001").await.unwrap();
    let watched = unknown.repositories.iter().find(|repository| repository.name == WATCHED).unwrap();
    let partial = watched.images.iter().find(|image| image.image.tags == ["1.2"]).unwrap();
    assert_eq!((watched.presence, partial.presence), (Presence::NotScanned, Presence::NotScanned));
    assert_eq!(partial.image.scan.state, ScanState::Scanned);
    assert_eq!(partial.image.scan.assessment.as_ref().unwrap().read().unwrap().system, AssessedSystem::NotIdentified);

    // Without the coverage it is not known what was scanned: nothing counts as "not found".
    environment.inject("inspector2:ListCoverage=access-denied");
    let unread = explorer.whereabouts("CVE-1999-0001").await.unwrap();
    assert_eq!(unread.unread.unwrap().code, Code::AccessDenied);
    let presences: BTreeSet<_> = unread.repositories.iter().map(|repository| repository.presence).collect();
    assert_eq!(presences, BTreeSet::from([Presence::NotScanned, Presence::NoImages]));
    let states: BTreeSet<_> = unread
        .repositories
        .iter()
        .flat_map(|one| &one.images)
        .map(|image| image.image.scan.state.message_id())
        .collect();
    assert_eq!(states, BTreeSet::from([ScanState::NotRead.message_id()]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_said_and_never_shown_as_none() {
    let (environment, explorer) = scanned().await;
    environment.inject("ecr:BatchGetRepositoryScanningConfiguration=access-denied");
    let registry = explorer.registry().await.unwrap();
    assert!(registry.repositories.iter().all(|repository| repository.watched.is_none()));
    assert_eq!(registry.unread.len(), 1);

    environment.inject("inspector2:ListFindings=access-denied");
    for error in [
        explorer.whereabouts(LOG4SHELL).await.map(drop),
        explorer.open(WATCHED, ImageIdentity::Tag("1.0"), &()).await.map(drop),
    ] {
        assert_eq!(problem(error.unwrap_err()).code, Code::AccessDenied);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_basic_scanning_found_is_not_read_rather_than_none() {
    let environment = TestEnvironment::start().await;
    environment.configure_scanning(ScanType::Basic, &[(ScanFrequency::ScanOnPush, &["prod"])]).await;
    environment.create_repository(WATCHED).await;
    push(&environment, WATCHED, application("1.0", VULNERABLE_LOG4J, 4096)).await;
    let explorer = explorer(&environment).await;
    let images = explorer.images(WATCHED).await.unwrap();
    assert_eq!((images[0].scan.state, images[0].scan.reason.as_deref()), (ScanState::NotRead, Some("BASIC_SCAN")));
    let opened = open(&explorer, WATCHED, "1.0").await;
    assert_eq!((opened.image.scan.state, opened.findings), (ScanState::NotRead, None));
    let whereabouts = explorer.whereabouts(LOG4SHELL).await.unwrap();
    assert_eq!(whereabouts.repositories[0].presence, Presence::NotScanned);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_findings_are_gone_with_the_explorer_and_those_of_runs_stay() {
    let (environment, explorer) = scanned().await;
    open(&explorer, WATCHED, "1.0").await;
    let store = explorer.findings().clone();
    let key = findings::ScanKey { run: "0123456789ab".to_owned(), ..findings::ScanKey::default() };
    store.begin_scan(&key, findings::Timestamp::from_epoch_millis(0)).unwrap();
    assert_eq!(store.scans().unwrap().len(), 2);
    let origin = FindingsOrigin::Named("practice".to_owned());
    Explorer::connect(&access(&environment), &origin, store.clone()).await.unwrap();
    let runs: Vec<_> = store.scans().unwrap().into_iter().map(|scan| scan.key.run).collect();
    assert_eq!(runs, ["0123456789ab"]);
}

/// The actions of the recorded calls.
#[derive(Debug, Default)]
struct Actions(Mutex<BTreeSet<String>>);

impl Record for Actions {
    fn record(&self, entry: Entry) {
        let service = match entry.service {
            Service::Ecr => "ecr",
            Service::Inspector => "inspector2",
            Service::Sts => "sts",
            other => panic!("the explorer calls {other:?}"),
        };
        self.0.lock().unwrap().insert(format!("{service}:{}", entry.operation));
    }
}

/// The policy that the explorer needs.
fn explorer_policy() -> IamPolicy {
    let (account, region) = (practice::ACCOUNT.to_owned(), practice::DEFAULT_REGION.to_owned());
    IamPolicy::for_explorer(&PolicyOwner { account, region, caller: None })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_explorer_changes_nothing_and_calls_what_its_policy_lists() -> Result<(), LabError> {
    let (environment, _) = scanned().await;
    let before = (environment.scanning_configuration().await, environment.repositories().await);
    let images = async || {
        let mut all = Vec::new();
        for name in environment.repositories().await {
            all.push(environment.images(&name).await);
        }
        all
    };
    let images_before = images().await;
    // It may do what its policy allows, and nothing else.
    let permissions = environment.practice.permissions();
    let policy = practice::Policy::try_from(explorer_policy().document()).unwrap();
    permissions.change(|settings| settings.user = Some(policy));
    permissions.forget_used();
    let actions = Arc::new(Actions::default());
    let store = Store::open(environment.folder("recorded.db")).unwrap();
    let origin = FindingsOrigin::AccountAndRegion;
    let explorer = Explorer::connect_recorded(&access(&environment), &origin, store, Arc::clone(&actions) as _).await?;
    explorer.registry().await?;
    explorer.images(WATCHED).await?;
    explorer.images(EMPTY).await?;
    explorer.open(WATCHED, ImageIdentity::Tag("1.0"), &()).await?;
    explorer.open(UNWATCHED, ImageIdentity::Tag("1.0"), &()).await?;
    explorer.whereabouts(LOG4SHELL).await?;
    let used: BTreeSet<_> = permissions.used().into_iter().map(|(action, _)| action).collect();
    permissions.change(|settings| settings.user = None);
    let allowed: BTreeSet<_> = explorer_policy()
        .statements()
        .iter()
        .flat_map(|statement| &statement.actions)
        .map(|action| (*action).to_owned())
        .collect();
    assert_eq!(used, allowed);
    let called = actions.0.lock().unwrap().clone();
    let page = include_str!("../../../../../docs/ACCOUNT-SAFETY.md");
    let section = page.split("## The read-only explorer").nth(1).unwrap().split("\n## ").next().unwrap();
    let listed: BTreeSet<_> =
        section.lines().filter_map(|line| line.strip_prefix("- `")?.strip_suffix('`').map(str::to_owned)).collect();
    assert_eq!(called, listed);
    let reads = ["Get", "Describe", "List", "BatchGet"];
    assert!(called.iter().all(|action| reads.iter().any(|read| action.contains(&format!(":{read}")))), "{called:?}");
    assert_eq!(before, (environment.scanning_configuration().await, environment.repositories().await));
    assert_eq!(images_before, images().await);
    Ok(())
}
