//! Step 7: everything as it was before, and a receipt.

use i18n::Message;

use super::{
    affected,
    item::Item,
    receipt::{self, ConfigurationRead},
    scanning,
    shell::{aws, docker, line, line_about, quote},
    teardown,
};
use crate::{
    context::{Context, Job},
    model::{
        outcome::{Deleted, ResourceKind},
        problem::LabError,
        step::{Change, ChangeKind, Check, CommandLine, Preview, StepId},
    },
    session::ledger::{Owned, RepositoryOrigin},
};

pub(super) fn commands(context: &Context) -> Vec<CommandLine> {
    let owned = context.session.owned(&context.run).unwrap_or_default();
    let mut lines = Vec::new();
    for owned in &owned {
        match owned {
            Owned::Repository { name, origin: RepositoryOrigin::Created | RepositoryOrigin::Intended } => {
                let words = format!("ecr delete-repository --force --repository-name {}", quote(name));
                lines.push(line_about("repository-delete", name, aws(context, &words)));
            }
            Owned::Tag(tag) if !tag.digest.as_ref().is_some_and(|digest| tag.preexisting.contains(digest)) => {
                if let (Ok(Some(RepositoryOrigin::Preexisting)), Some(digest)) =
                    (context.session.origin(&context.run, &tag.repository), &tag.digest)
                {
                    let words = format!(
                        "ecr batch-delete-image --repository-name {} --image-ids imageDigest={digest}",
                        quote(&tag.repository)
                    );
                    lines.push(line_about("image-delete", &tag.repository, aws(context, &words)));
                }
            }
            Owned::Repository { .. } | Owned::Tag(_) | Owned::Local(_) => {}
        }
    }
    if let Ok(Some(saved)) = context.session.saved_scanning(&context.run) {
        lines.push(line("scanning-restore", scanning::put_line(context, &saved.before)));
        if teardown::turned_inspector_on(&saved) {
            lines.push(line("inspector-disable", aws(context, "inspector2 disable --resource-types ECR")));
        }
    }
    for owned in owned {
        if let Owned::Local(local) = owned
            && local.before.is_none()
        {
            let words = format!("rmi {}", quote(&local.reference));
            lines.push(line_about("local-remove", &local.reference, docker(context, &words)));
        }
    }
    lines
}

pub(super) async fn preview(context: &Context) -> Result<Preview, LabError> {
    let read = receipt::read(context).await?;
    let mut changes: Vec<_> = read.left.iter().map(deletion).collect();
    changes.extend(foreign_deletions(context).await?);
    changes.extend(read.kept.iter().map(|kept| Change {
        what: title(kept.kind, &kept.what),
        kind: ChangeKind::Keep,
        before: Some(kept.why.clone()),
        after: None,
    }));
    let mut warnings = Vec::new();
    if let Some(read) = &read.configuration {
        changes.extend(preview_settings(read));
        warnings.extend(changed_by_others(read));
    }
    if changes.iter().any(|change| change.kind == ChangeKind::Delete) {
        warnings.push(Message::new("warning-no-undo"));
    }
    Ok(Preview { changes, cost: None, warnings })
}

/// What undoing one step would change: the clean-up of what that step made.
pub(super) async fn preview_undo(context: &Context, step: StepId) -> Result<Preview, LabError> {
    let read = receipt::read(context).await?;
    let (tag, source) = match step {
        StepId::Remediate => (&context.plan.fixed_tag, context.sources.fixed.to_string()),
        _ => (&context.plan.tag, context.sources.vulnerable.to_string()),
    };
    let is_of_push = |name: &str| name == source || name.ends_with(&format!(":{tag}"));
    let is_of_step = |left: &&Deleted| match left.kind {
        ResourceKind::Repository => step == StepId::Repositories,
        ResourceKind::Image | ResourceKind::LocalImage => {
            matches!(step, StepId::Push | StepId::Remediate) && is_of_push(&left.name)
        }
        ResourceKind::ScanningConfiguration | ResourceKind::InspectorScanning => false,
    };
    let mut preview = Preview::default();
    preview.changes.extend(read.left.iter().filter(is_of_step).map(deletion));
    if step == StepId::Repositories {
        preview.changes.extend(foreign_deletions(context).await?);
    }
    if let Some(read) = read.configuration.as_ref().filter(|_| step == StepId::Scanning) {
        preview.changes.extend(preview_settings(read));
        preview.warnings.extend(changed_by_others(read));
    }
    Ok(preview)
}

fn title(kind: ResourceKind, name: &str) -> Message {
    match kind {
        ResourceKind::Repository => Message::new("preview-repository").with("name", name),
        ResourceKind::Image => Message::new("preview-pushed-image").with("name", name),
        _ => Message::new("preview-local-image").with("name", name),
    }
}

fn deletion(left: &Deleted) -> Change {
    Change { what: title(left.kind, &left.name), kind: ChangeKind::Delete, before: None, after: None }
}

/// Images that another user has pushed to repositories of this run: they are deleted with the repository.
async fn foreign_deletions(context: &Context) -> Result<Vec<Change>, LabError> {
    let tags = affected::foreign_tags(context).await?;
    Ok(tags.into_iter().map(|name| deletion(&Deleted { kind: ResourceKind::Image, name })).collect())
}

fn changed_by_others(read: &ConfigurationRead) -> Option<Message> {
    let warning = || Message::new("warning-configuration-changed").with("configuration", read.present.summary());
    read.is_someone_elses().then(warning)
}

fn preview_settings(read: &ConfigurationRead) -> Vec<Change> {
    let text = |summary: String| Some(Message::new("preview-configuration").with("configuration", summary));
    let kept = read.is_restored() || read.is_someone_elses();
    let mut changes = vec![Change {
        what: Message::new("preview-scanning-configuration"),
        kind: if kept { ChangeKind::Keep } else { ChangeKind::Restore },
        before: text(read.present.summary()),
        after: if kept { None } else { text(read.saved.before.summary()) },
    }];
    if read.is_inspector_left_on() {
        let state = |word: &str| Some(Message::new("preview-inspector-status").with("status", word));
        changes.push(Change {
            what: Message::new("preview-inspector"),
            kind: ChangeKind::Restore,
            before: state(&read.inspector.0),
            after: state(&read.saved.inspector_before.0),
        });
    }
    changes
}

/// Continues after a failure, so that one refusal does not leave everything else behind; then returns the first.
pub(super) async fn run(job: &Job<'_>) -> Result<(), LabError> {
    let context = job.context;
    let preexisting: Vec<_> = context
        .session
        .owned(&context.run)?
        .into_iter()
        .filter_map(|owned| match owned {
            Owned::Repository { name, origin: RepositoryOrigin::Preexisting } => Some(name),
            _ => None,
        })
        .collect();
    let mut failures = Failures::default();
    // Images in the run's own repositories are deleted with them.
    failures.take(teardown::images(job, |tag| preexisting.contains(&tag.repository)).await)?;
    failures.take(teardown::repositories(job).await)?;
    failures.take(teardown::configuration(job).await)?;
    failures.take(teardown::all_local_names(job).await)?;
    failures.first.map_or(Ok(()), Err)?;
    let receipt = receipt::read(context).await?.receipt();
    context.session.put_receipt(&context.run, &receipt)
}

#[derive(Default)]
struct Failures {
    first: Option<LabError>,
}

impl Failures {
    /// Keeps the first failure; a cancellation ends the clean-up.
    fn take(&mut self, result: Result<(), LabError>) -> Result<(), LabError> {
        match result {
            Err(LabError::Cancelled) => return Err(LabError::Cancelled),
            Err(error) => self.first = self.first.take().or(Some(error)),
            Ok(()) => {}
        }
        Ok(())
    }
}

pub(super) async fn check(context: &Context) -> Result<Vec<Check>, LabError> {
    let items = || {
        ["repositories-gone", "images-gone", "configuration-restored", "inspector-restored", "local-gone"]
            .map(Item::new)
    };
    let read = match receipt::read(context).await {
        Ok(read) => read,
        Err(error) => return Ok(items().map(|item| item.unread(&error)).into()),
    };
    let [repositories, images, configuration, inspector, local] = items();
    let gone = |item: Item, kind: ResourceKind| {
        let (left, count) = (read.left(&[kind]), read.deleted.iter().filter(|deleted| deleted.kind == kind).count());
        if left.is_empty() {
            item.met(Message::new("check-gone").with("count", count))
        } else {
            item.not_met(Message::new("check-left").with("names", left.join(", ")), Message::new("hint-run-cleanup"))
        }
    };
    let mut checks = vec![gone(repositories, ResourceKind::Repository), gone(images, ResourceKind::Image)];
    match &read.configuration {
        None => {
            checks.push(configuration.met(Message::new("check-configuration-untouched")));
            checks.push(inspector.met(Message::new("check-configuration-untouched")));
        }
        Some(read) => checks.extend(check_settings(read, configuration, inspector)),
    }
    checks.push(gone(local, ResourceKind::LocalImage));
    if !read.kept.is_empty() {
        let names: Vec<_> = read.kept.iter().map(|kept| kept.what.as_str()).collect();
        checks.push(Item::new("kept").met(Message::new("check-kept-detail").with("names", names.join(", "))));
    }
    Ok(checks)
}

fn check_settings(read: &ConfigurationRead, configuration: Item, inspector: Item) -> [Check; 2] {
    let detail = |id: &str| {
        let detail = Message::new(id).with("configuration", read.present.summary());
        detail.with("before", read.saved.before.summary())
    };
    let configuration = if read.is_restored() {
        configuration.met(detail("check-configuration-restored-met"))
    } else if read.is_someone_elses() {
        configuration.not_met(detail("check-configuration-changed"), Message::new("hint-configuration-changed"))
    } else {
        configuration.not_met(detail("check-configuration-not-met"), Message::new("hint-run-cleanup"))
    };
    let status = Message::new("check-inspector-detail").with("status", &read.inspector.0);
    let inspector = if read.is_inspector_left_on() {
        inspector.not_met(status, Message::new("hint-run-cleanup"))
    } else {
        inspector.met(status)
    };
    [configuration, inspector]
}
