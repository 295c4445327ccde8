//! Whether everything is as it was before a run: read back, and judged item by item.

use i18n::Message;

use super::{
    images_read::{TagRead, TagState},
    item::Item,
    layer_sharing,
    receipt::{self, KEPT_HOLDING, KEPT_RECORD, ReadBack},
    registry::ChangedRegistry,
};
use crate::{
    context::Context,
    model::{outcome::Kept, problem::LabError, resource::ResourceKind, step::Check},
    restoration::Restoration,
};

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
    let kept = read.all_kept().into_iter().filter(|kept| !kept.open);
    let (unknown, others): (Vec<_>, Vec<_>) = kept.partition(ReadBack::is_of_unknown_origin);
    for (id, kept) in [("kept", others), ("kept-unknown", unknown)] {
        if !kept.is_empty() {
            let names: Vec<_> = kept.iter().map(|kept| kept.what.as_str()).collect();
            checks.push(Item::new(id).met(Message::new("check-kept-detail").with("names", names.join(", "))));
        }
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
    let kept: Vec<_> = read.all_kept().into_iter().filter(|kept| kept.kind == kind).collect();
    let unknown = kept.iter().filter(|kept| ReadBack::is_of_unknown_origin(kept)).count();
    let kept = kept.len() - unknown;
    if left.is_empty() && unknown > 0 {
        let detail = Message::new("check-unknown-origin-kept").with("unknown", unknown).with("count", kept);
        item.met(detail.with("deleted", count))
    } else if left.is_empty() && kept > 0 {
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
        Restoration::FiltersGo { .. } => {
            let detail = Message::new("check-filters-would-go").with("filters", changed.filters.join(", "));
            return item.not_met(detail, Message::new("hint-filters-would-go"));
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
        Restoration::FiltersGo { .. } => {
            item.not_met(status("check-inspector-before"), Message::new("hint-filters-would-go"))
        }
        Restoration::Conflict { .. } | Restoration::FormerUnknown { .. } => {
            item.not_met(status("check-inspector-before"), Message::new("hint-configuration-changed"))
        }
    }
}
