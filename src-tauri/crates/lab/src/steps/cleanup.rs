//! Step 7: everything as it was before, and a receipt.

use i18n::Message;

use super::{
    by_hand, configuration,
    images_read::{TagRead, TagState},
    item::Item,
    layer_sharing, local_names, named_by_plan,
    receipt::{self, KEPT_HOLDING, KEPT_RECORD, ReadBack},
    record,
    registry::ChangedRegistry,
    removal, scanning,
    scanning_preview::inspector_is_turned_off,
    shell::{aws, line},
};
use crate::{
    context::{Context, Job},
    model::{
        configuration_choice::ConfigurationChoice,
        outcome::{Deleted, Kept},
        problem::LabError,
        resource::ResourceKind,
        step::{Change, ChangeKind, Check, CommandLine, Preview, StepId, StepState},
    },
    restoration::Restoration,
    session::ledger::RepositoryOrigin,
};

pub(super) fn commands(context: &Context) -> Vec<CommandLine> {
    let owned = context.session.owned(&context.run).unwrap_or_default();
    let mut lines = by_hand::registry(context, &owned);
    if let Ok(Some(saved)) = context.session.saved_scanning(&context.run) {
        // In this order: turning Inspector off selects basic scanning by itself.
        if saved.turned_inspector_on() {
            lines.push(line("inspector-disable", aws(context, "inspector2 disable --resource-types ECR")));
        }
        if !saved.former_unknown {
            lines.push(line("scanning-restore", scanning::put_line(context, &saved.before)));
        }
    }
    lines.extend(layer_sharing::restoring_command(context));
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
        warnings.extend(settings_warnings(read));
    }
    changes.extend(layer_sharing::preview_restoration(context).await?);
    if changes.iter().any(|change| change.kind == ChangeKind::Delete) {
        warnings.push(Message::new("warning-no-undo"));
    }
    let choices = read.configuration.as_ref().map(|read| choices(&read.restoration)).unwrap_or_default();
    Ok(Preview { changes, warnings, choices, named_by_plan: read.named_by_plan, ..Preview::default() })
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
    let creates = context.session.step(&context.run, StepId::Repositories)?.state;
    let record = record::holder(context)?;
    let is_repository_of_step = |name: &str| match step {
        StepId::Repositories => record.as_deref() != Some(name),
        StepId::Scanning => matches!(creates, StepState::Pending | StepState::Undone),
        _ => false,
    };
    let is_of_step = |left: &&Deleted| match left.kind {
        ResourceKind::Repository => is_repository_of_step(&left.name),
        ResourceKind::Image => is_image_of_step(&left.name),
        ResourceKind::LocalImage => matches!(step, StepId::Push | StepId::Remediate) && is_of_push(&left.name),
        ResourceKind::ScanningConfiguration | ResourceKind::InspectorScanning => false,
    };
    let mut preview = Preview::default();
    preview.changes.extend(read.left.iter().filter(is_of_step).map(deletion));
    let is_moved = |read: &&TagRead| read.state == TagState::Moved && is_image_of_step(&read.name);
    preview.changes.extend(read.tags.iter().filter(is_moved).map(restoration));
    if step == StepId::Push {
        preview.changes.extend(layer_sharing::preview_restoration(context).await?);
    }
    if let Some(read) = read.configuration.as_ref().filter(|_| step == StepId::Scanning) {
        preview.changes.extend(preview_settings(read));
        preview.warnings.extend(settings_warnings(read));
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

/// What a person can choose to become of the configuration. One that is not known cannot be restored.
fn choices(restoration: &Restoration) -> Vec<ConfigurationChoice> {
    match restoration {
        Restoration::Conflict { .. } => vec![ConfigurationChoice::Restore, ConfigurationChoice::Keep],
        Restoration::FormerUnknown { .. } => vec![ConfigurationChoice::Keep],
        Restoration::Whole | Restoration::Shared { .. } | Restoration::Merged { .. } | Restoration::Kept { .. } => {
            Vec::new()
        }
    }
}

/// What a person should know about the configuration and Inspector before they are undone.
fn settings_warnings(changed: &ChangedRegistry) -> Vec<Message> {
    let read = &changed.read;
    let warning = |id: &str| {
        let warning = Message::new(id).with("configuration", read.present.summary());
        warning.with("before", changed.saved.before.summary()).with("runs", read.others.summary())
    };
    let mut warnings = match &changed.restoration {
        Restoration::Whole if changed.is_inspector_left_on() && !changed.saved.restored => inspector_is_turned_off(),
        Restoration::Whole | Restoration::Kept { .. } => Vec::new(),
        Restoration::Shared { .. } => vec![warning("warning-configuration-shared")],
        Restoration::Merged { .. } if changed.is_as_before() => Vec::new(),
        Restoration::Merged { .. } => vec![warning("warning-configuration-changed")],
        Restoration::Conflict { .. } => vec![warning("warning-configuration-conflict")],
        Restoration::FormerUnknown { .. } => vec![warning("warning-former-unknown")],
    };
    if !read.others.complete && !changed.saved.restored {
        warnings.push(Message::new("warning-other-runs-unknown"));
    }
    warnings
}

fn preview_settings(changed: &ChangedRegistry) -> Vec<Change> {
    let text = |summary: String| Some(Message::new("preview-configuration").with("configuration", summary));
    let present = &changed.read.present;
    let becomes = changed.restoration.target().unwrap_or(&changed.saved.before);
    let kept = present.is_equivalent_to(becomes);
    let mut lines = vec![Change {
        what: Message::new("preview-scanning-configuration"),
        kind: if kept { ChangeKind::Keep } else { ChangeKind::Restore },
        before: text(present.summary()),
        after: if kept { None } else { text(becomes.summary()) },
    }];
    if changed.is_inspector_left_on() && !changed.saved.restored {
        let state = |word: &str| Some(Message::new("preview-inspector-status").with("status", word));
        let is_restored = changed.restoration == Restoration::Whole;
        lines.push(Change {
            what: Message::new("preview-inspector"),
            kind: if is_restored { ChangeKind::Restore } else { ChangeKind::Keep },
            before: state(&changed.read.inspector.0),
            after: if is_restored { state(&changed.saved.inspector_before.0) } else { None },
        });
    }
    lines
}

/// Continues after a failure, so that one refusal does not leave everything else behind; then returns the first.
pub(super) async fn run(job: &Job<'_>) -> Result<(), LabError> {
    let context = job.context;
    let mut failures = Failures::default();
    failures.take(removal::images(job, |_| true).await)?;
    failures.take(named_by_plan::remove(job, ResourceKind::Image).await)?;
    failures.take(layer_sharing::put_back(job).await)?;
    let are_images_left = failures.first.is_some();
    // Before the repositories, which keep the record of what the registry was.
    let restored = configuration::take_back(job).await;
    let is_restored = restored.is_ok();
    failures.take(restored)?;
    let mut record = record::holder(context)?;
    if is_restored {
        match ChangedRegistry::read(context).await {
            Ok(changed) => record = record::undecided(context, changed.as_ref())?,
            Err(error) => failures.take(Err(error))?,
        }
    }
    if record.is_none() && are_images_left {
        // A repository that names the run stays.
        record = record::own(context)?.into_iter().next();
    }
    failures.take(removal::repositories(job, record.as_deref()).await)?;
    failures.take(named_by_plan::remove(job, ResourceKind::Repository).await)?;
    if is_restored {
        // Another run may have left the rest to this one, while this one left it to the other.
        failures.take(configuration::take_back(job).await)?;
    }
    failures.take(local_names::all(job).await)?;
    failures.take(named_by_plan::remove(job, ResourceKind::LocalImage).await)?;
    failures.first.map_or(Ok(()), Err)?;
    let read = receipt::read(context).await?.with_chosen(context).await?;
    let is_undecided = record::undecided(context, read.configuration.as_ref())?.is_some();
    let receipt = read.receipt();
    if !is_undecided {
        // Other runs do not wait for what is open apart from the registry.
        record::finish(context, receipt.is_complete()).await?;
    }
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
    let read = match async { receipt::read(context).await?.with_chosen(context).await }.await {
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
        Some(changed) => {
            checks.extend([check_configuration(changed, configuration), check_inspector(changed, inspector)]);
        }
    }
    checks.extend(layer_sharing::check(context).await?);
    checks.push(match &read.engine_unread {
        Some(error) => local.unread(error),
        None => gone(&read, local, ResourceKind::LocalImage),
    });
    checks.extend(read.chosen.first().map(|kept| check_open(kept, "chosen-removed", "hint-chosen-kept")));
    checks.extend(read.displaced.first().map(|kept| check_open(kept, "displaced-settled", "hint-displaced-kept")));
    let kept: Vec<_> = read.all_kept().into_iter().filter(|kept| !kept.open).collect();
    if !kept.is_empty() {
        let names: Vec<_> = kept.iter().map(|kept| kept.what.as_str()).collect();
        checks.push(Item::new("kept").met(Message::new("check-kept-detail").with("names", names.join(", "))));
    }
    Ok(checks)
}

fn gone(read: &ReadBack, item: Item, kind: ResourceKind) -> Check {
    let (left, count) = (read.left(&[kind]), read.deleted.iter().filter(|deleted| deleted.kind == kind).count());
    let undecided = read.undecided(kind);
    if left.is_empty()
        && let Some(first) = undecided.first()
    {
        let names: Vec<_> = undecided.iter().map(|kept| kept.what.as_str()).collect();
        let hint = if first.why.id == KEPT_RECORD { "hint-configuration-changed" } else { "hint-unknown-origin" };
        return item.not_met(Message::new("check-undecided").with("names", names.join(", ")), Message::new(hint));
    }
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
    let kind = ResourceKind::Repository;
    let holding: Vec<_> = read.kept.iter().filter(|kept| kept.why.id == KEPT_HOLDING).collect();
    let is_open = !read.left(&[kind]).is_empty() || !read.undecided(kind).is_empty();
    if holding.is_empty() || is_open {
        return gone(read, item, kind);
    }
    let names: Vec<_> = holding.iter().map(|kept| kept.what.as_str()).collect();
    item.met(Message::new("check-repositories-kept").with("count", names.len()).with("names", names.join(", ")))
}

/// The first of what is still open: what a person has chosen to be removed, or an image of others that has lost its tag to this run.
/// The receipt has all of them.
fn check_open(kept: &Kept, id: &str, hint: &str) -> Check {
    Item::new(id).not_met(kept.why.clone(), Message::new(hint).with("name", &kept.what))
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

fn check_configuration(changed: &ChangedRegistry, item: Item) -> Check {
    let read = &changed.read;
    let detail = |id: &str| {
        let detail = Message::new(id).with("configuration", read.present.summary());
        detail.with("before", changed.saved.before.summary()).with("runs", read.others.summary())
    };
    let titled = |id: &str| Item::titled("configuration-restored", Message::new(id));
    let not_done = || Message::new("hint-run-cleanup");
    let settled = changed.is_settled();
    let (item, id) = match &changed.restoration {
        Restoration::Whole if !changed.is_as_before() => (item, "check-configuration-not-met"),
        Restoration::Whole if read.present.is_enhanced() && read.present.rules.is_empty() => {
            (item, "check-configuration-no-rules")
        }
        Restoration::Whole => (item, "check-configuration-restored-met"),
        Restoration::Shared { .. } => (titled("check-filter-gone"), "check-configuration-shared"),
        Restoration::Merged { .. } if changed.is_as_before() => (item, "check-configuration-restored-met"),
        Restoration::Merged { .. } => (titled("check-filter-gone"), "check-configuration-merged"),
        Restoration::Kept { .. } => (titled("check-filter-gone"), "check-configuration-kept"),
        Restoration::Conflict { .. } => {
            return item.not_met(detail("check-configuration-changed"), Message::new("hint-configuration-changed"));
        }
        Restoration::FormerUnknown { .. } => {
            return item.not_met(detail("check-former-unknown"), Message::new("hint-former-unknown"));
        }
    };
    let is_met = changed.is_as_before() || (settled && changed.restoration != Restoration::Whole);
    if is_met { item.met(detail(id)) } else { item.not_met(detail(id), not_done()) }
}

fn check_inspector(changed: &ChangedRegistry, item: Item) -> Check {
    let status = |id: &str| {
        let detail = Message::new(id).with("status", &changed.read.inspector.0);
        let detail = detail.with("before", &changed.saved.inspector_before.0);
        detail.with("runs", changed.read.others.summary())
    };
    let titled = || Item::titled("inspector-restored", Message::new("check-inspector-left"));
    if changed.saved.former_unknown && changed.saved.choice.is_none() {
        return item.not_met(status("check-inspector-unknown"), Message::new("hint-former-unknown"));
    }
    if !changed.is_inspector_left_on() {
        return item.met(status("check-inspector-detail"));
    }
    match &changed.restoration {
        Restoration::Whole if changed.saved.restored => titled().met(status("check-inspector-on-again")),
        Restoration::Whole => item.not_met(status("check-inspector-before"), Message::new("hint-run-cleanup")),
        Restoration::Shared { .. } => titled().met(status("check-inspector-shared")),
        Restoration::Merged { .. } | Restoration::Kept { .. } => titled().met(status("check-inspector-before")),
        Restoration::Conflict { .. } | Restoration::FormerUnknown { .. } => {
            item.not_met(status("check-inspector-before"), Message::new("hint-configuration-changed"))
        }
    }
}
