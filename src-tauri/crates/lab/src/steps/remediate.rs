//! Step 6: a patched image in the watched repository, and which vulnerabilities are fixed.

use findings::Scope;
use i18n::{Message, format};

use super::{
    displaced,
    item::Item,
    local_names, push, removal,
    results::{self, NoScan},
    shell::{aws, line, quote},
    transfer::{self, Pusher},
};
use crate::{
    cloud::{
        images,
        scan::{self, EcrScan},
    },
    context::{Context, Job},
    loading,
    model::{
        assessment,
        code::Code,
        outcome::ComparisonOutcome,
        problem::{LabError, Problem},
        scan_status::ScanStatus,
        step::{Check, CommandLine, Preview},
    },
    session::facts::Compared,
};

pub(super) fn commands(context: &Context) -> Vec<CommandLine> {
    let plan = &context.plan;
    let source = &context.sources.fixed;
    let mut lines = vec![push::pull_line(context, source), push::login_line(context)];
    lines.extend(push::push_lines(context, source, &plan.prod, &plan.fixed_tag));
    let words = format!(
        "ecr describe-image-scan-findings --repository-name {} --image-id imageTag={} \\\n  --query '[imageScanStatus,imageScanFindings.findingSeverityCounts]'",
        quote(&plan.prod),
        quote(&plan.fixed_tag)
    );
    lines.push(line("findings-fixed", aws(context, &words)));
    lines
}

pub(super) async fn preview(context: &Context) -> Result<Preview, LabError> {
    let aws = context.aws().await?;
    let plan = &context.plan;
    let (changes, warning) = push::preview_tag(context, aws, &plan.prod, &plan.fixed_tag, &plan.fixed_image).await?;
    Ok(Preview {
        changes,
        cost: Some(Message::new("cost-push")),
        warnings: warning.into_iter().collect(),
        ..Preview::default()
    })
}

pub(super) async fn run(job: &Job<'_>) -> Result<(), LabError> {
    let context = job.context;
    let plan = &context.plan;
    let aws = context.aws().await?;
    let vulnerable = results::scannable(aws, &plan.prod, &plan.tag).await?;
    let target = transfer::target(aws, &plan.prod).await?;
    let source = &context.sources.fixed;
    let pulled = transfer::fetch(job, source).await?;
    let fixed = Pusher::default().publish(job, &pulled, &target, &plan.fixed_tag).await?;
    if fixed.digest == vulnerable.digest {
        return Err(Problem::new(Code::SameImage).with("image", &plan.fixed_image).into());
    }
    let before = match loading::loaded(context, &plan.prod, &vulnerable.digest).await? {
        Some(before) => before,
        None => results::watch_and_load(job, aws, &vulnerable).await?,
    };
    let after = results::watch_and_load(job, aws, &fixed).await?;
    let scopes = (Scope::Scan(before.scan), Scope::Scan(after.scan));
    let compared = loading::blocking(&context.findings, move |store| store.compare(&scopes.0, &scopes.1)).await?;
    let mut outcome = ComparisonOutcome::from(&compared);
    // What is not found in an image of which a part was not assessed is not known to be fixed.
    outcome.log4shell_fixed &= !assessment::is_partial(&results::description(aws, &plan.prod, &fixed.digest).await?);
    context.session.put_compared(&context.run, &Compared { digest: fixed.digest, outcome })
}

pub(super) async fn check(context: &Context) -> Result<Vec<Check>, LabError> {
    let plan = &context.plan;
    let image_item = Item::titled(
        "fixed-image",
        Message::new("check-image-there").with("repository", &plan.prod).with("tag", &plan.fixed_tag),
    );
    let [scanned, gone, compared] = ["fixed-scanned", "log4shell-gone", "compared"].map(Item::new);
    let read = async { images::tagged(context.aws().await?, &plan.prod, &plan.fixed_tag).await };
    let image = match read.await {
        Ok(Some(image)) => image,
        Ok(None) => {
            let missing = || Message::new("check-image-missing").with("repository", &plan.prod);
            let hint = || Message::new("hint-run-remediate");
            return Ok([image_item, scanned, gone, compared].map(|item| item.not_met(missing(), hint())).into());
        }
        Err(error) => return Ok([image_item, scanned, gone, compared].map(|item| item.unread(&error)).into()),
    };
    let detail = Message::new("check-image-stored").with("digest", &image.digest);
    let mut checks = vec![image_item.met(detail.with("size", format::bytes(image.size)))];
    let observed = async { scan::observe(context.aws().await?, &plan.prod, &image.digest).await };
    let observed = Box::pin(observed).await;
    checks.extend(Box::pin(check_scan(context, &image.digest, &observed, scanned, gone)).await);
    checks.push(check_compared(context, &image.digest, &observed, compared)?);
    checks.extend(displaced::checks(context, &[&plan.prod], &plan.fixed_tag).await);
    Ok(checks)
}

fn check_compared(
    context: &Context,
    digest: &str,
    observed: &Result<EcrScan, LabError>,
    compared: Item,
) -> Result<Check, LabError> {
    let recorded = context.session.compared(&context.run)?.filter(|compared| compared.digest == digest);
    let Some(Compared { outcome, .. }) = recorded else {
        return Ok(compared.not_met(Message::new("check-compared-not-met"), Message::new("hint-run-remediate")));
    };
    let vulnerabilities = outcome.vulnerabilities.unwrap_or_default();
    let detail = |id: &str| {
        let detail = Message::new(id).with("fixed", vulnerabilities.fixed);
        detail.with("new", vulnerabilities.new).with("remaining", vulnerabilities.remaining)
    };
    Ok(match observed {
        // What was not assessed may still have what is no longer found.
        Ok(scan) if assessment::is_partial(scan.description()) => {
            compared.unknown(detail("check-compared-not-assessed"), Message::new("hint-not-assessed"))
        }
        Ok(_) => compared.met(detail("check-compared-vulnerabilities")),
        Err(error) => compared.unread(error),
    })
}

/// That `CVE-2021-44228` is not among the findings says something only once there are findings to be among.
async fn check_scan(
    context: &Context,
    digest: &str,
    observed: &Result<EcrScan, LabError>,
    scanned: Item,
    gone: Item,
) -> [Check; 2] {
    let prod = &context.plan.prod;
    let scan = match observed {
        Ok(scan) => scan,
        Err(error) => return [scanned.unread(error), gone.unread(error)],
    };
    let read = async {
        let aws = context.aws().await?;
        let log4shell = loading::log4shell(aws, prod, digest).await?;
        let missing = match scan {
            EcrScan::Reported { .. } => None,
            EcrScan::NotFound | EcrScan::NoImage => Some(results::why_no_scan(aws, prod, "hint-run-remediate").await?),
        };
        Ok::<_, LabError>((missing, log4shell))
    };
    let (missing, log4shell) = match Box::pin(read).await {
        Ok(read) => read,
        Err(error) => return [scanned.unread(&error), gone.unread(&error)],
    };
    if let Some(NoScan { why, hint }) = missing {
        return [scanned.not_met(why.clone(), hint.clone()), gone.unknown(why, hint)];
    }
    let hint = || Message::new("hint-run-remediate");
    let waiting = || Message::new("check-fixed-not-scanned");
    let (status, count, description) = match scan {
        EcrScan::Reported { status, completed, count, description } => match ScanStatus::of(status) {
            ScanStatus::Ended if *completed => (status, *count, description),
            ScanStatus::Ended | ScanStatus::UnderWay => {
                return [scanned.not_met(waiting(), hint()), gone.unknown(waiting(), hint())];
            }
            ScanStatus::Expired => {
                let NoScan { why, hint } = results::no_longer_watched(status);
                return [scanned.not_met(why.clone(), hint.clone()), gone.unknown(why, hint)];
            }
            // A scan that failed has a time of completion too, and has looked for nothing.
            _ => {
                let why = || Message::new("check-fixed-scan-status").with("status", status);
                return [scanned.not_met(why(), hint()), gone.unknown(why(), hint())];
            }
        },
        EcrScan::NotFound | EcrScan::NoImage => {
            return [scanned.not_met(waiting(), hint()), gone.unknown(waiting(), hint())];
        }
    };
    let detail = Message::new("check-fixed-scanned-met").with("status", status).with("count", count);
    let scanned = results::with_gaps(scanned, detail, description);
    let gone = if log4shell.ecr || log4shell.inspector {
        gone.not_met(Message::new("check-log4shell-still"), Message::new("hint-other-image"))
    } else if assessment::is_partial(description) {
        results::not_assessed(gone, description)
    } else {
        gone.met(Message::new("check-log4shell-gone-met"))
    };
    [scanned, gone]
}

pub(super) async fn undo(job: &Job<'_>) -> Result<(), LabError> {
    let plan = &job.context.plan;
    removal::images(job, |tag| tag.tag == plan.fixed_tag).await?;
    local_names::of_source(job, &job.context.sources.fixed, &plan.fixed_tag).await
}
