//! What clean-up, or undoing one step, would change: from the present state of the account and the engine.

use i18n::Message;

use super::{
    images_read::{TagRead, TagState},
    layer_sharing, receipt, record,
    registry::ChangedRegistry,
    scanning_preview::inspector_is_turned_off,
};
use crate::{
    context::Context,
    model::{
        configuration_choice::ConfigurationChoice,
        outcome::Deleted,
        problem::LabError,
        resource::ResourceKind,
        step::{Change, ChangeKind, Preview, StepId, StepState},
    },
    restoration::Restoration,
    session::ledger::RepositoryOrigin,
};

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
        ResourceKind::ScanningConfiguration | ResourceKind::InspectorScanning | ResourceKind::InspectorFilter => false,
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
        Restoration::Conflict { .. } | Restoration::FiltersGo { .. } => {
            vec![ConfigurationChoice::Restore, ConfigurationChoice::Keep]
        }
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
        Restoration::Whole | Restoration::Kept { .. } | Restoration::FiltersGo { .. } => Vec::new(),
        Restoration::Shared { .. } => vec![warning("warning-configuration-shared")],
        Restoration::Merged { .. } if changed.is_as_before() => Vec::new(),
        Restoration::Merged { .. } => vec![warning("warning-configuration-changed")],
        Restoration::Conflict { .. } => vec![warning("warning-configuration-conflict")],
        Restoration::FormerUnknown { .. } => vec![warning("warning-former-unknown")],
    };
    let id = match &changed.restoration {
        Restoration::Whole => Some("warning-filters-go"),
        Restoration::Conflict { .. } | Restoration::FiltersGo { .. } => Some("warning-filters-would-go"),
        _ => None,
    };
    if let Some(id) = id.filter(|_| !changed.filters.is_empty()) {
        let filters = changed.filters.join(", ");
        warnings.push(Message::new(id).with("filters", filters).with("count", changed.filters.len()));
    }
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
        let filters = changed.filters.iter().filter(|_| is_restored);
        lines.extend(filters.map(|name| Change {
            what: Message::new("preview-inspector-filter").with("name", name),
            kind: ChangeKind::Delete,
            before: None,
            after: None,
        }));
    }
    lines
}
