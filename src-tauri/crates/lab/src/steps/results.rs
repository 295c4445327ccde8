//! Step 5: what the scanner reports for the watched repository, and that it reports nothing for the other one.

use i18n::Message;

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
        code::Code,
        problem::{LabError, Problem},
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
    let loaded = watch_and_load(job, aws, &image).await?;
    push::remember(context, &plan.prod, None, &image)?;
    remember(context, &loaded)?;
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

fn remember(context: &Context, loaded: &Loaded) -> Result<(), LabError> {
    let mut outcome = context.session.repository_outcome(&context.run, &context.plan.prod)?;
    outcome.watched = true;
    outcome.findings = loaded.counts;
    outcome.log4shell = loaded.log4shell;
    context.session.put_repository_outcome(&context.run, &outcome)
}

pub(super) async fn check(context: &Context) -> Result<Vec<Check>, LabError> {
    let mut checks = Box::pin(check_prod(context)).await;
    checks.extend(Box::pin(check_sandbox(context)).await);
    Ok(checks)
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
        Ok::<_, LabError>((ecr, inspector, log4shell))
    };
    let (ecr, inspector, log4shell) = match Box::pin(read).await {
        Ok(read) => read,
        Err(error) => return items().map(|item| item.unread(&error)).into(),
    };
    let [findings, in_ecr, in_inspector, same_count] = items();
    let count = if let EcrScan::Reported { count, .. } = &ecr { *count } else { 0 };
    let counted = |id: &str| Message::new(id).with("ecr", count).with("inspector", inspector);
    let named = |item: Item, named: bool, service: &str| {
        let detail = |id: &str| Message::new(id).with("service", service);
        if named {
            item.met(detail("check-log4shell-found"))
        } else {
            item.not_met(detail("check-log4shell-absent"), Message::new("hint-run-results"))
        }
    };
    vec![
        match &ecr {
            EcrScan::Reported { status, .. } if count > 0 => {
                findings.met(counted("check-findings-there").with("status", status))
            }
            EcrScan::Reported { status, .. } => {
                let detail = counted("check-findings-none").with("status", status);
                findings.not_met(detail, Message::new("hint-run-results"))
            }
            EcrScan::NotFound | EcrScan::NoImage => {
                findings.not_met(Message::new("check-scan-not-found"), Message::new("hint-run-results"))
            }
        },
        named(in_ecr, log4shell.ecr, "Amazon ECR"),
        named(in_inspector, log4shell.inspector, "Amazon Inspector"),
        if count == inspector {
            same_count.met(counted("check-counts"))
        } else {
            same_count.unknown(counted("check-counts"), Message::new("hint-counts-differ"))
        },
    ]
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
