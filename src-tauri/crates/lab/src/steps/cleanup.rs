//! Step 7: everything as it was before, and a receipt.

use i18n::Message;

use super::{
    by_hand,
    images_read::{TagRead, TagState},
    item::Item,
    local_names, named_by_plan,
    receipt::{self, ConfigurationRead, KEPT_HOLDING, ReadBack},
    removal, scanning,
    shell::{aws, line},
    teardown,
};
use crate::{
    context::{Context, Job},
    model::{
        outcome::Deleted,
        problem::LabError,
        resource::ResourceKind,
        step::{Change, ChangeKind, Check, CommandLine, Preview, StepId},
    },
    session::ledger::RepositoryOrigin,
};

pub(super) fn commands(context: &Context) -> Vec<CommandLine> {
    let owned = context.session.owned(&context.run).unwrap_or_default();
    let mut lines = by_hand::registry(context, &owned);
    if let Ok(Some(saved)) = context.session.saved_scanning(&context.run) {
        lines.push(line("scanning-restore", scanning::put_line(context, &saved.before)));
        if teardown::turned_inspector_on(&saved) {
            lines.push(line("inspector-disable", aws(context, "inspector2 disable --resource-types ECR")));
        }
    }
    lines.extend(by_hand::engine(context, &owned));
    lines
}

pub(super) async fn preview(context: &Context) -> Result<Preview, LabError> {
    let read = receipt::read(context).await?;
    let mut changes: Vec<_> = read.left.iter().map(deletion).collect();
    changes.extend(read.tags.iter().filter(|tag| tag.state == TagState::Moved).map(restoration));
    changes.extend(read.all_kept().iter().map(|kept| Change {
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
    Ok(Preview { changes, cost: None, warnings, named_by_plan: read.named_by_plan })
}

/// What undoing one step would change: the clean-up of what that step made.
pub(super) async fn preview_undo(context: &Context, step: StepId) -> Result<Preview, LabError> {
    let read = receipt::read(context).await?;
    let (tag, source) = match step {
        StepId::Remediate => (&context.plan.fixed_tag, context.sources.fixed.to_string()),
        _ => (&context.plan.tag, context.sources.vulnerable.to_string()),
    };
    let (ending, with_digest) = (format!(":{tag}"), format!(":{tag}@"));
    let is_of_push = |name: &str| name == source || name.ends_with(&ending) || name.contains(&with_digest);
    // With a repository of this run its images go.
    let is_of_own_repository = |name: &str| {
        let repository = name.split(':').next().unwrap_or_default();
        matches!(context.session.origin(&context.run, repository), Ok(Some(origin)) if origin != RepositoryOrigin::Preexisting)
    };
    let is_image_of_step = |name: &str| match step {
        StepId::Push | StepId::Remediate => is_of_push(name),
        StepId::Repositories => is_of_own_repository(name),
        _ => false,
    };
    let is_of_step = |left: &&Deleted| match left.kind {
        ResourceKind::Repository => step == StepId::Repositories,
        ResourceKind::Image => is_image_of_step(&left.name),
        ResourceKind::LocalImage => matches!(step, StepId::Push | StepId::Remediate) && is_of_push(&left.name),
        ResourceKind::ScanningConfiguration | ResourceKind::InspectorScanning => false,
    };
    let mut preview = Preview::default();
    preview.changes.extend(read.left.iter().filter(is_of_step).map(deletion));
    let is_moved = |read: &&TagRead| read.state == TagState::Moved && is_image_of_step(&read.name);
    preview.changes.extend(read.tags.iter().filter(is_moved).map(restoration));
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

/// A tag that goes back to the image that had it before.
fn restoration(tag: &TagRead) -> Change {
    let digest = |digest: &String| Message::new("preview-image-before").with("digest", digest);
    Change {
        what: title(ResourceKind::Image, &tag.name),
        kind: ChangeKind::Restore,
        before: tag.present.as_ref().map(digest),
        after: Some(digest(&tag.before)),
    }
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
    let mut failures = Failures::default();
    failures.take(removal::images(job, |_| true).await)?;
    failures.take(named_by_plan::remove(job, ResourceKind::Image).await)?;
    failures.take(removal::repositories(job).await)?;
    failures.take(named_by_plan::remove(job, ResourceKind::Repository).await)?;
    failures.take(teardown::configuration(job).await)?;
    failures.take(local_names::all(job).await)?;
    failures.take(named_by_plan::remove(job, ResourceKind::LocalImage).await)?;
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
    let mut checks = vec![check_repositories(&read, repositories), gone(&read, images, ResourceKind::Image)];
    if !read.tags.is_empty() {
        checks.push(check_tags(&read.tags));
    }
    match &read.configuration {
        None => {
            checks.push(configuration.met(Message::new("check-configuration-untouched")));
            checks.push(inspector.met(Message::new("check-configuration-untouched")));
        }
        Some(read) => checks.extend(check_settings(read, configuration, inspector)),
    }
    checks.push(match &read.engine_unread {
        Some(error) => local.unread(error),
        None => gone(&read, local, ResourceKind::LocalImage),
    });
    let kept = read.all_kept();
    if !kept.is_empty() {
        let names: Vec<_> = kept.iter().map(|kept| kept.what.as_str()).collect();
        checks.push(Item::new("kept").met(Message::new("check-kept-detail").with("names", names.join(", "))));
    }
    Ok(checks)
}

fn gone(read: &ReadBack, item: Item, kind: ResourceKind) -> Check {
    let (left, count) = (read.left(&[kind]), read.deleted.iter().filter(|deleted| deleted.kind == kind).count());
    let kept = read.all_kept().iter().filter(|kept| kept.kind == kind).count();
    if left.is_empty() && kept > 0 {
        item.met(Message::new("check-not-made-kept").with("count", kept).with("deleted", count))
    } else if left.is_empty() {
        item.met(Message::new("check-gone").with("count", count))
    } else {
        item.not_met(Message::new("check-left").with("names", left.join(", ")), Message::new("hint-run-cleanup"))
    }
}

/// A repository that is kept because it holds images of others is never "none left".
fn check_repositories(read: &ReadBack, item: Item) -> Check {
    let holding: Vec<_> = read.kept.iter().filter(|kept| kept.why.id == KEPT_HOLDING).collect();
    if holding.is_empty() || !read.left(&[ResourceKind::Repository]).is_empty() {
        return gone(read, item, ResourceKind::Repository);
    }
    let names: Vec<_> = holding.iter().map(|kept| kept.what.as_str()).collect();
    item.met(Message::new("check-repositories-kept").with("count", names.len()).with("names", names.join(", ")))
}

/// The tags that were moved are back, each read from the repository.
fn check_tags(tags: &[TagRead]) -> Check {
    let item = Item::new("tags-restored");
    let names = |tags: &[&TagRead]| tags.iter().map(|tag| tag.name.clone()).collect::<Vec<_>>().join(", ");
    match tags.iter().find(|tag| tag.state != TagState::Restored) {
        None => {
            item.met(Message::new("check-tags-restored-met").with("names", names(&tags.iter().collect::<Vec<_>>())))
        }
        Some(tag) => {
            let id = if tag.state == TagState::Moved { "hint-run-cleanup" } else { "hint-tag-not-restored" };
            let hint = Message::new(id).with("name", &tag.name).with("saved", &tag.saved_as);
            let left: Vec<_> = tags.iter().filter(|tag| tag.state != TagState::Restored).collect();
            let detail = Message::new("check-tags-not-restored").with("names", names(&left));
            item.not_met(detail, hint)
        }
    }
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
