//! Step 5: what the scanner reports for the watched repository, and that it reports nothing for the other one.

use i18n::{Arg, Message};

use super::{
    item::Item,
    push,
    shell::{aws, line, quote},
    transfer,
};
use crate::{
    aws::Aws,
    cloud::{
        configuration,
        images::{self, Image},
        inspector,
        scan::{self, EcrScan},
    },
    context::{Context, Job},
    loading::{self, Loaded},
    model::{
        assessment::{self, Statement},
        code::Code,
        outcome::FindingsReason,
        problem::{LabError, Problem},
        scan_status::ScanStatus,
        step::{Check, CommandLine, Preview},
    },
    monitor,
    scanning::MANUAL,
};

pub(super) fn commands(context: &Context) -> Vec<CommandLine> {
    let plan = &context.plan;
    let findings = |name: &str, query: &str| {
        let words = format!(
            "ecr describe-image-scan-findings --repository-name {} --image-id imageTag={}{query}",
            quote(name),
            quote(&plan.tag)
        );
        aws(context, &words)
    };
    let log4shell = " \\\n  --query \"imageScanFindings.enhancedFindings[?packageVulnerabilityDetails.vulnerabilityId=='CVE-2021-44228'].[severity,title]\"";
    let filter = format!(
        "inspector2 list-findings --filter-criteria {} \\\n  --query 'findings[].[severity,title]' --output text",
        quote(&format!("{{\"ecrImageRepositoryName\":[{{\"comparison\":\"EQUALS\",\"value\":\"{}\"}}]}}", plan.prod))
    );
    let coverage = format!(
        "inspector2 list-coverage --filter-criteria {}",
        quote(&format!("{{\"ecrRepositoryName\":[{{\"comparison\":\"EQUALS\",\"value\":\"{}\"}}]}}", plan.sandbox))
    );
    let counts = " \\\n  --query '[imageScanStatus,imageScanFindings.findingSeverityCounts]'";
    vec![
        line("findings-counts", findings(&plan.prod, counts)),
        line("findings-log4shell", findings(&plan.prod, log4shell)),
        line("findings-inspector", aws(context, &filter)),
        line("findings-sandbox", findings(&plan.sandbox, "")),
        line("coverage-sandbox", aws(context, &coverage)),
    ]
}

pub(super) fn preview() -> Preview {
    Preview { cost: Some(Message::new("cost-results")), ..Preview::default() }
}

pub(super) async fn run(job: &Job<'_>) -> Result<(), LabError> {
    let context = job.context;
    let plan = &context.plan;
    let aws = context.aws().await?;
    let image = scannable(aws, &plan.prod, &plan.tag).await?;
    push::remember(context, &plan.prod, None, &image)?;
    let loaded = match watch_and_load(job, aws, &image).await {
        Ok(loaded) => loaded,
        Err(error) => {
            remember_unknown(context, &error)?;
            remember_assessed(context, aws, &image.digest).await?;
            return Err(error);
        }
    };
    remember(context, &loaded, &description(aws, &plan.prod, &image.digest).await?)?;
    let sandbox = images::tagged(aws, &plan.sandbox, &plan.tag).await?;
    sandbox.map_or(Ok(()), |image| push::remember(context, &plan.sandbox, None, &image))
}

/// The image under the tag, if it is one that can be scanned.
pub(super) async fn scannable(aws: &Aws, repository: &str, tag: &str) -> Result<Image, LabError> {
    let image = images::tagged(aws, repository, tag).await?;
    let image =
        image.ok_or_else(|| Problem::new(Code::ImageNotPushed).with("repository", repository).with("tag", tag))?;
    if image.is_index() { Err(transfer::index(repository, &image)) } else { Ok(image) }
}

/// Watches the scan of an image in the watched repository to its end, and takes its findings in.
pub(super) async fn watch_and_load(job: &Job<'_>, aws: &Aws, image: &Image) -> Result<Loaded, LabError> {
    let prod = &job.context.plan.prod;
    let watched = configuration::repository_scanning(aws, &[prod]).await?;
    if watched.get(prod).is_none_or(|watch| watch.frequency == MANUAL) {
        return Err(Problem::new(Code::ProdNotWatched).with("name", prod).into());
    }
    let counted = monitor::watch(job, &*job.context.clock, prod, &image.digest).await?;
    job.note(Message::new("note-scan-stable").with("ecr", counted.ecr).with("inspector", counted.inspector));
    loading::load(job, prod, &image.digest).await
}

/// How the scan of an image describes itself.
pub(super) async fn description(aws: &Aws, repository: &str, digest: &str) -> Result<String, LabError> {
    Ok(scan::observe(aws, repository, digest).await?.description().to_owned())
}

fn remember(context: &Context, loaded: &Loaded, description: &str) -> Result<(), LabError> {
    let mut outcome = context.session.repository_outcome(&context.run, &context.plan.prod)?;
    outcome.set_watched(true);
    outcome.set_findings(loaded.counts, loaded.log4shell);
    outcome.set_assessment(Statement::parse(description));
    context.session.put_repository_outcome(&context.run, &outcome)
}

/// Records why there are no findings, where the error states it. Findings that were read before stay.
fn remember_unknown(context: &Context, error: &LabError) -> Result<(), LabError> {
    let LabError::Problem(problem) = error else { return Ok(()) };
    let mut outcome = context.session.repository_outcome(&context.run, &context.plan.prod)?;
    let status = |name: &str| match problem.message.args.get(name) {
        Some(Arg::Text(text)) => text.clone(),
        _ => String::new(),
    };
    match problem.code {
        Code::ProdNotWatched => outcome.set_watched(false),
        Code::NoLongerWatched => outcome.set_no_longer_watched(true),
        Code::ScanStopped if outcome.findings.is_none() => {
            let by_ecr = ScanStatus::of(&status("status")).reason();
            let by_inspector = ScanStatus::of(&status("coverage")).reason();
            outcome.set_unknown(if by_ecr == FindingsReason::NotRead { by_inspector } else { by_ecr });
        }
        _ => return Ok(()),
    }
    context.session.put_repository_outcome(&context.run, &outcome)
}

/// Records what a scan without findings assessed: its description states it. That cannot be read is no reason to fail.
async fn remember_assessed(context: &Context, aws: &Aws, digest: &str) -> Result<(), LabError> {
    let prod = &context.plan.prod;
    let mut outcome = context.session.repository_outcome(&context.run, prod)?;
    let has_no_result =
        [FindingsReason::Unsupported, FindingsReason::Failed].map(Some).contains(&outcome.findings_reason);
    if has_no_result && let Ok(description) = description(aws, prod, digest).await {
        outcome.set_assessment(Statement::parse(&description));
        context.session.put_repository_outcome(&context.run, &outcome)?;
    }
    Ok(())
}

pub(super) async fn check(context: &Context) -> Result<Vec<Check>, LabError> {
    let mut checks = Box::pin(check_prod(context)).await;
    checks.extend(Box::pin(check_sandbox(context)).await);
    Ok(checks)
}

/// What Inspector counts of an image.
struct Counted {
    /// Its active findings.
    inspector: usize,
    /// Those that filters suppress. Only read where the services count differently.
    suppressed: usize,
}

async fn check_prod(context: &Context) -> Vec<Check> {
    let plan = &context.plan;
    let items = || {
        let about = |id: &str| Item::titled(id, Message::new(format!("check-{id}")).with("name", &plan.prod));
        ["prod-findings", "log4shell-ecr", "log4shell-inspector", "counts-agree"].map(about)
    };
    let read = async {
        let aws = context.aws().await?;
        let image = scannable(aws, &plan.prod, &plan.tag).await?;
        let (ecr, inspector, log4shell) = futures::try_join!(
            scan::observe(aws, &plan.prod, &image.digest),
            inspector::count(aws, &plan.prod, &image.digest),
            loading::log4shell(aws, &plan.prod, &image.digest),
        )?;
        let missing = match &ecr {
            EcrScan::Reported { .. } => None,
            EcrScan::NotFound | EcrScan::NoImage => Some(why_no_scan(aws, &plan.prod, "hint-run-results").await?),
        };
        let suppressed = match &ecr {
            EcrScan::Reported { count, .. } if *count != inspector => {
                inspector::suppressed(aws, &plan.prod, &image.digest).await?
            }
            _ => 0,
        };
        Ok::<_, LabError>((ecr, missing, Counted { inspector, suppressed }, log4shell))
    };
    let (ecr, missing, Counted { inspector, suppressed }, log4shell) = match Box::pin(read).await {
        Ok(read) => read,
        Err(error) => return items().map(|item| item.unread(&error)).into(),
    };
    if let Some(missing) = missing {
        return nothing_known(items(), missing);
    }
    let EcrScan::Reported { status, completed, count, description } = &ecr else { return Vec::new() };
    let [findings, in_ecr, in_inspector, same_count] = match still_watched(context, status, items()) {
        Ok(items) => items,
        Err(checks) => return checks,
    };
    let hint = || Message::new("hint-run-results");
    let counted = |id: &str| Message::new(id).with("ecr", *count).with("inspector", inspector);
    let named = |item: Item, named: bool, service: &str| {
        let detail = |id: &str| Message::new(id).with("service", service);
        // A scan that failed has a time of completion too, and has looked for nothing.
        match (named, *completed && ScanStatus::of(status) == ScanStatus::Ended) {
            (true, _) => item.met(detail("check-log4shell-found")),
            (false, true) if assessment::is_partial(description) => not_assessed(item, description),
            (false, true) => item.not_met(detail("check-log4shell-absent"), hint()),
            (false, false) => item.unknown(Message::new("check-scan-not-complete").with("status", status), hint()),
        }
    };
    vec![
        if *count > 0 {
            with_gaps(findings, counted("check-findings-there").with("status", status), description)
        } else {
            findings.not_met(counted("check-findings-none").with("status", status), hint())
        },
        named(in_ecr, log4shell.ecr, "Amazon ECR"),
        named(in_inspector, log4shell.inspector, "Amazon Inspector"),
        compare_counts(same_count, *count, &Counted { inspector, suppressed }),
    ]
}

/// Whether ECR and Inspector count the same findings.
fn compare_counts(item: Item, ecr: usize, Counted { inspector, suppressed }: &Counted) -> Check {
    let counted = |id: &str| Message::new(id).with("ecr", ecr).with("inspector", *inspector);
    if (ecr, *inspector) == (0, 0) {
        item.unknown(Message::new("check-nothing-to-compare"), Message::new("hint-run-results"))
    } else if ecr == *inspector {
        item.met(counted("check-counts"))
    } else if ecr == inspector + suppressed {
        // Inspector's aggregations leave out what filters suppress.
        item.met(counted("check-counts-suppressed").with("suppressed", *suppressed))
    } else {
        item.unknown(counted("check-counts"), Message::new("hint-counts-differ"))
    }
}

/// Without a scan, and of an image that is no longer watched, nothing is known of the findings: they are neither absent, nor do two
/// zeros agree.
fn nothing_known([findings, others @ ..]: [Item; 4], NoScan { why, hint }: NoScan) -> Vec<Check> {
    let others = others.map(|item| item.unknown(why.clone(), hint.clone()));
    std::iter::once(findings.not_met(why, hint)).chain(others).collect()
}

/// The items of an image that Inspector still watches; of one that it does not, their result. Records which it is.
fn still_watched(context: &Context, status: &str, items: [Item; 4]) -> Result<[Item; 4], Vec<Check>> {
    let expired = ScanStatus::of(status) == ScanStatus::Expired;
    if let Err(error) = remember_watching(context, expired) {
        return Err(items.map(|item| item.unread(&error)).into());
    }
    if expired { Err(nothing_known(items, no_longer_watched(status))) } else { Ok(items) }
}

/// Records whether Inspector still watches the image.
fn remember_watching(context: &Context, ended: bool) -> Result<(), LabError> {
    let mut outcome = context.session.repository_outcome(&context.run, &context.plan.prod)?;
    if outcome.no_longer_watched != ended {
        outcome.set_no_longer_watched(ended);
        context.session.put_repository_outcome(&context.run, &outcome)?;
    }
    Ok(())
}

/// That Inspector no longer watches an image, and what to do about it.
pub(super) fn no_longer_watched(status: &str) -> NoScan {
    let why = Message::new("check-no-longer-watched").with("status", status);
    NoScan { why, hint: Message::new("hint-no-longer-watched") }
}

/// Met, with what the scan did not assess.
pub(super) fn with_gaps(item: Item, detail: Message, description: &str) -> Check {
    match assessment::gaps(description) {
        Some(gaps) => item.met_with(detail, Message::new("hint-scan-gaps").with("description", gaps)),
        None => item.met(detail),
    }
}

/// What was not found may be in what the scan did not assess.
pub(super) fn not_assessed(item: Item, description: &str) -> Check {
    let detail = Message::new("check-log4shell-not-assessed").with("description", description);
    item.unknown(detail, Message::new("hint-not-assessed"))
}

/// Why an image has no scan, and what to do about it.
pub(super) struct NoScan {
    pub(super) why: Message,
    pub(super) hint: Message,
}

/// Reads why an image of a repository has no scan: its scanning is off, Inspector's is, or else the scan has not begun yet.
pub(super) async fn why_no_scan(aws: &Aws, repository: &str, hint: &str) -> Result<NoScan, LabError> {
    let (scanning, inspector) = futures::try_join!(
        async { configuration::repository_scanning(aws, &[repository]).await },
        inspector::status(aws)
    )?;
    let turn_on = || Message::new("hint-run-scanning");
    Ok(if scanning.get(repository).is_none_or(|watch| watch.frequency == MANUAL) {
        NoScan { why: Message::new("check-scanning-off").with("name", repository), hint: turn_on() }
    } else if !inspector.is_on() {
        NoScan { why: Message::new("check-inspector-off").with("status", &inspector.0), hint: turn_on() }
    } else {
        NoScan { why: Message::new("check-scan-not-found"), hint: Message::new(hint) }
    })
}

async fn check_sandbox(context: &Context) -> Vec<Check> {
    let plan = &context.plan;
    let items = || {
        let about = |id: &str| Item::titled(id, Message::new(format!("check-{id}")).with("name", &plan.sandbox));
        ["sandbox-same-image", "sandbox-no-scan", "sandbox-not-covered"].map(about)
    };
    let read = async {
        let aws = context.aws().await?;
        let requests = (images::tagged(aws, &plan.prod, &plan.tag), images::tagged(aws, &plan.sandbox, &plan.tag));
        let (prod, sandbox) = futures::try_join!(requests.0, requests.1)?;
        let missing = || {
            LabError::from(Problem::new(Code::ImageNotPushed).with("repository", &plan.sandbox).with("tag", &plan.tag))
        };
        let sandbox = sandbox.ok_or_else(missing)?;
        let (scan, coverage) = futures::try_join!(
            scan::observe(aws, &plan.sandbox, &sandbox.digest),
            inspector::coverage(aws, &plan.sandbox, Some(&sandbox.digest)),
        )?;
        Ok::<_, LabError>((prod, sandbox, scan, coverage))
    };
    let (prod, sandbox, scan, coverage) = match Box::pin(read).await {
        Ok(read) => read,
        Err(error) => return items().map(|item| item.unread(&error)).into(),
    };
    let [same, no_scan, not_covered] = items();
    let digest = Message::new("check-image-found-again").with("digest", &sandbox.digest);
    let watched = || Message::new("hint-sandbox-watched");
    vec![
        if prod.is_some_and(|prod| prod.digest == sandbox.digest) {
            same.met(digest)
        } else {
            same.not_met(digest, Message::new("hint-digests-differ"))
        },
        match scan {
            EcrScan::NotFound => no_scan.met(Message::new("check-sandbox-silent")),
            EcrScan::NoImage => no_scan.not_met(Message::new("check-scan-not-found"), Message::new("hint-run-push")),
            EcrScan::Reported { status, count, .. } => {
                let detail = Message::new("check-sandbox-scanned").with("status", status).with("count", count);
                no_scan.not_met(detail, watched())
            }
        },
        match coverage.as_deref() {
            // Where Inspector has no row at all it does not cover it either.
            None => not_covered.met(Message::new("check-coverage-none")),
            Some(reason @ "SCAN_FREQUENCY_MANUAL") => {
                not_covered.met(Message::new("check-coverage").with("reason", reason))
            }
            Some(reason) => not_covered.not_met(Message::new("check-coverage").with("reason", reason), watched()),
        },
    ]
}
