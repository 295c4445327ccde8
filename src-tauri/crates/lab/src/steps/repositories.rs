//! Step 3: three repositories, tagged with the run.

use std::collections::BTreeMap;

use i18n::Message;

use super::{
    ensure_repository::ensure,
    item::Item,
    record, removal,
    shell::{aws, line, line_about, quote},
};
use crate::{
    cloud::{
        configuration::{self, RepositoryScanning},
        repositories,
    },
    context::{Context, Job},
    former_state::RUN_TAG,
    model::{
        problem::LabError,
        step::{Change, ChangeKind, Check, CommandLine, Preview},
    },
    scanning::{CONTINUOUS, MANUAL},
    session::ledger::RepositoryOrigin,
};

pub(super) fn commands(context: &Context) -> Vec<CommandLine> {
    let create = |name: &str| {
        let words = format!(
            "ecr create-repository --repository-name {} --tags Key={RUN_TAG},Value={}",
            quote(name),
            context.run
        );
        line_about("repository-create", name, aws(context, &words))
    };
    let names = context.plan.repositories();
    let mut lines: Vec<_> = names.iter().map(|name| create(name)).collect();
    let all = names.map(quote).join(" ");
    let words = format!("ecr batch-get-repository-scanning-configuration --repository-names {all}");
    lines.push(line("repositories-scanning", aws(context, &words)));
    lines
}

pub(super) async fn preview(context: &Context) -> Result<Preview, LabError> {
    let aws = context.aws().await?;
    let (mut changes, mut warnings) = (Vec::new(), Vec::new());
    for name in context.plan.repositories() {
        let what = Message::new("preview-repository").with("name", name);
        match repositories::find(aws, name).await? {
            None => changes.push(Change {
                what,
                kind: ChangeKind::Create,
                before: None,
                after: Some(Message::new("preview-repository-new").with("run", &context.run.0)),
            }),
            Some(repository) => {
                let ours = repositories::is_of_run(aws, &repository, &context.run).await?;
                if !ours {
                    warnings.push(Message::new("warning-repository-stands").with("name", name));
                }
                let existing = Some(Message::new("preview-repository-stands").with("uri", repository.uri));
                changes.push(Change { what, kind: ChangeKind::Keep, before: existing, after: None });
            }
        }
    }
    Ok(Preview { changes, cost: Some(Message::new("cost-repositories")), warnings, ..Preview::default() })
}

pub(super) async fn run(job: &Job<'_>) -> Result<(), LabError> {
    let context = job.context;
    let aws = context.aws().await?;
    let tags = record::tags(context, aws).await?;
    for name in context.plan.repositories() {
        let (repository, origin) = ensure(context, aws, name, &tags).await?;
        let id =
            if origin == RepositoryOrigin::Preexisting { "note-repository-stands" } else { "note-repository-made" };
        job.note(Message::new(id).with("name", name));
        let mut outcome = context.session.repository_outcome(&context.run, name)?;
        outcome.uri = Some(repository.uri);
        context.session.put_repository_outcome(&context.run, &outcome)?;
    }
    let watched = configuration::repository_scanning(aws, &context.plan.repositories()).await?;
    remember_watched(context, &watched)
}

/// Records which repositories the registry scans.
fn remember_watched(context: &Context, scanning: &BTreeMap<String, RepositoryScanning>) -> Result<(), LabError> {
    for name in context.plan.repositories() {
        // Of a repository that does not exist, nothing is known.
        let Some(watch) = scanning.get(name) else { continue };
        let mut outcome = context.session.repository_outcome(&context.run, name)?;
        outcome.set_watched(watch.frequency != MANUAL);
        context.session.put_repository_outcome(&context.run, &outcome)?;
    }
    Ok(())
}

pub(super) async fn check(context: &Context) -> Result<Vec<Check>, LabError> {
    let plan = &context.plan;
    let names = [("prod", &plan.prod), ("sandbox", &plan.sandbox), ("shared", &plan.shared)];
    let exists = |role: &str, name: &str| {
        Item::titled(format!("{role}-exists"), Message::new("check-repository-exists").with("name", name))
    };
    let watched = |role: &str, name: &str| {
        let (id, title) = match role {
            "prod" => ("prod-watched".to_owned(), "check-repository-watched"),
            _ => (format!("{role}-unwatched"), "check-repository-unwatched"),
        };
        Item::titled(id, Message::new(title).with("name", name))
    };
    let read = async { configuration::repository_scanning(context.aws().await?, &plan.repositories()).await };
    let scanning = match read.await {
        Ok(scanning) => scanning,
        Err(error) => {
            let items = names.iter().flat_map(|(role, name)| [exists(role, name), watched(role, name)]);
            return Ok(items.map(|item| item.unread(&error)).collect());
        }
    };
    remember_watched(context, &scanning)?;
    let mut checks = Vec::new();
    for (role, name) in names {
        let watch = scanning.get(name.as_str());
        let there = exists(role, name);
        let (item, missing) = (watched(role, name), || Message::new("hint-run-repositories"));
        match watch {
            None => {
                let gone = || Message::new("check-repository-missing").with("name", name);
                checks.extend([there.not_met(gone(), missing()), item.not_met(gone(), missing())]);
            }
            Some(watch) => {
                checks.push(there.met(Message::new("check-repository-there").with("name", name)));
                checks.push(scanned(context, role, item, watch));
            }
        }
    }
    Ok(checks)
}

fn scanned(context: &Context, role: &str, item: Item, watch: &RepositoryScanning) -> Check {
    let detail = if watch.filters.is_empty() {
        Message::new("check-frequency-no-filter").with("frequency", &watch.frequency)
    } else {
        Message::new("check-frequency").with("frequency", &watch.frequency).with("filters", watch.filters.join(", "))
    };
    if role == "prod" {
        let right = watch.frequency == CONTINUOUS && watch.filters.contains(&context.plan.filter);
        let hint = || Message::new("hint-prod-unwatched").with("filter", &context.plan.filter);
        if right { item.met(detail) } else { item.not_met(detail, hint()) }
    } else if watch.frequency == MANUAL && watch.filters.is_empty() {
        item.met(detail)
    } else {
        item.not_met(detail, Message::new("hint-watched-by-others"))
    }
}

pub(super) async fn undo(job: &Job<'_>) -> Result<(), LabError> {
    let (session, run) = (&job.context.session, &job.context.run);
    let is_own = |name: &str| !matches!(session.origin(run, name), Ok(Some(RepositoryOrigin::Preexisting)));
    removal::images(job, |tag| is_own(&tag.repository)).await?;
    // While the configuration is the run's, the record of what it was stays too, as after step 2.
    removal::repositories(job, record::holder(job.context)?.as_deref()).await
}
