//! Reading back what is left of a run: what is gone, what was kept and why, and what should be gone and is not.

use i18n::Message;

use super::{
    displaced,
    images_read::{self, ImagesRead, TagRead},
    local_names, named_by_plan, record,
    registry::ChangedRegistry,
    removal,
    shell::{docker, quote},
    unknown_origin,
};
use crate::{
    cloud::repositories,
    context::Context,
    model::{
        outcome::{Deleted, Kept, Receipt},
        problem::LabError,
        resource::ResourceKind,
        step::NamedByPlan,
    },
    restoration::Restoration,
    session::ledger::{LocalName, Owned, RepositoryOrigin},
};

/// The reason of a repository that is kept because of what others have put in it.
pub(super) const KEPT_HOLDING: &str = "kept-holds-images";
/// The reason of a repository that is kept because of images of which it is not known who made them.
pub(super) const KEPT_UNKNOWN: &str = "kept-holds-unknown";
/// The reason of what the plan names, where it is not known who made it.
const KEPT_UNKNOWN_ORIGIN: &str = "kept-unknown-origin";
/// The reason of a name in the engine of which it is not known who gave it.
const KEPT_LOCAL_UNKNOWN: &str = "kept-local-unknown";
/// The reason of a repository that keeps the record of the registry's former state.
pub(super) const KEPT_RECORD: &str = "kept-record";

/// What was read back.
#[derive(Debug, Default)]
pub(super) struct ReadBack {
    pub(super) deleted: Vec<Deleted>,
    pub(super) kept: Vec<Kept>,
    /// Resources of this run that still exist.
    pub(super) left: Vec<Deleted>,
    /// The tags of other users' images that this run moved.
    pub(super) tags: Vec<TagRead>,
    /// What the plan names and this run did not make.
    pub(super) named_by_plan: Vec<NamedByPlan>,
    /// What a person has chosen to be removed and what is there all the same.
    pub(super) chosen: Vec<Kept>,
    /// Images of others that have lost their tag to a push of this run.
    pub(super) displaced: Vec<Kept>,
    /// Why the names in the engine could not be read.
    pub(super) engine_unread: Option<LabError>,
    /// When the run has changed the registry's configuration.
    pub(super) configuration: Option<ChangedRegistry>,
}

impl ReadBack {
    pub(super) fn receipt(self) -> Receipt {
        let restored = self.configuration.as_ref().is_none_or(ChangedRegistry::is_as_before);
        let mut kept = self.all_kept();
        let Self { mut deleted, chosen, displaced, left, tags, configuration, .. } = self;
        // They are gone once it is off.
        let turned_off = configuration.iter().filter(|changed| changed.read.inspector.is_off());
        let filters = turned_off.flat_map(|changed| &changed.saved.filters_gone);
        deleted.extend(filters.map(|name| Deleted { kind: ResourceKind::InspectorFilter, name: name.clone() }));
        deleted.sort();
        kept.extend(chosen.into_iter().chain(displaced));
        kept.extend(tags.into_iter().map(TagRead::into_kept));
        let still =
            |left: Deleted| Kept { kind: left.kind, what: left.name, why: Message::new("kept-left"), open: true };
        kept.extend(left.into_iter().map(still));
        if let Some(read) = configuration {
            kept.extend(kept_settings(&read));
        }
        Receipt { restored, deleted, kept }
    }

    /// What is kept, with what the plan names although this run did not make it.
    pub(super) fn all_kept(&self) -> Vec<Kept> {
        let mut kept = self.kept.clone();
        for NamedByPlan { kind, name, command, unknown_origin, .. } in &self.named_by_plan {
            let is_moved_tag = *kind == ResourceKind::Image && self.tags.iter().any(|tag| tag.name == *name);
            let is_listed = kept.iter().chain(&self.chosen).any(|other| other.kind == *kind && other.what == *name);
            if !is_moved_tag && !is_listed {
                let why = if *unknown_origin { KEPT_UNKNOWN_ORIGIN } else { "kept-not-made" };
                let why = Message::new(why).with("command", command);
                kept.push(Kept { kind: *kind, what: name.clone(), why, open: false });
            }
        }
        kept
    }

    /// Whether it is not known who made something that is kept.
    pub(super) fn is_of_unknown_origin(kept: &Kept) -> bool {
        [KEPT_UNKNOWN_ORIGIN, KEPT_LOCAL_UNKNOWN].contains(&kept.why.id.as_str())
    }

    pub(super) fn left(&self, kinds: &[ResourceKind]) -> Vec<&str> {
        self.left.iter().filter(|left| kinds.contains(&left.kind)).map(|left| left.name.as_str()).collect()
    }

    /// What is kept although it may have to go: a person has to decide.
    pub(super) fn undecided(&self, kind: ResourceKind) -> Vec<&Kept> {
        self.kept.iter().filter(|kept| kept.kind == kind && kept.open).collect()
    }

    /// After a clean-up: what a person has chosen to be removed and what is there all the same is open.
    pub(super) async fn with_chosen(mut self, context: &Context) -> Result<Self, LabError> {
        for chosen in named_by_plan::chosen_and_kept(context, &self.named_by_plan).await? {
            self.kept.retain(|kept| kept.kind != chosen.kind || kept.what != chosen.what);
            self.chosen.push(chosen);
        }
        Ok(self)
    }

    fn add(&mut self, images: ImagesRead) {
        self.deleted.extend(images.deleted);
        self.kept.extend(images.kept);
        self.left.extend(images.left);
        self.tags.extend(images.tag);
    }

    fn gone(&mut self, kind: ResourceKind, name: impl Into<String>) {
        self.deleted.push(Deleted { kind, name: name.into() });
    }

    fn still(&mut self, kind: ResourceKind, name: impl Into<String>) {
        self.left.push(Deleted { kind, name: name.into() });
    }

    fn keep(&mut self, kind: ResourceKind, what: impl Into<String>, why: Message) {
        self.kept.push(Kept { kind, what: what.into(), why, open: false });
    }

    fn keep_open(&mut self, kind: ResourceKind, what: impl Into<String>, why: Message) {
        self.kept.push(Kept { kind, what: what.into(), why, open: true });
    }
}

/// What is left as it is of the configuration and of Inspector, and why.
fn kept_settings(changed: &ChangedRegistry) -> Vec<Kept> {
    let read = &changed.read;
    let why = |id: &str| {
        let why = Message::new(id).with("configuration", read.present.summary());
        let why = why.with("before", changed.saved.before.summary()).with("runs", read.others.summary());
        why.with("filters", changed.filters.join(", ")).with("count", changed.filters.len())
    };
    let configuration = |id: &str, open: bool| Kept {
        kind: ResourceKind::ScanningConfiguration,
        what: read.present.scan_type.clone(),
        why: why(id),
        open,
    };
    let settled = changed.is_settled();
    let kept = match &changed.restoration {
        Restoration::Whole if !changed.is_as_before() => Some(configuration("kept-left", true)),
        Restoration::Whole if read.present.is_enhanced() && read.present.rules.is_empty() => {
            Some(configuration("kept-no-rules", false))
        }
        Restoration::Whole => None,
        Restoration::Shared { .. } => Some(configuration("kept-for-other-runs", !settled)),
        Restoration::Merged { .. } if changed.is_as_before() => None,
        Restoration::Merged { .. } => Some(configuration("kept-changed-by-others", !settled)),
        Restoration::Kept { .. } => Some(configuration("kept-by-choice", !settled)),
        Restoration::Conflict { .. } => Some(configuration("kept-configuration-changed", true)),
        Restoration::FiltersGo { .. } => Some(configuration("kept-for-filters", true)),
        Restoration::FormerUnknown { .. } => Some(configuration("kept-former-unknown", true)),
    };
    let inspector = changed.is_inspector_left_on().then(|| {
        let (id, open) = match &changed.restoration {
            Restoration::Whole if changed.saved.restored => ("kept-inspector-on", false),
            Restoration::Whole => ("kept-left", true),
            Restoration::Shared { .. } => ("kept-for-other-runs", false),
            Restoration::Conflict { .. } => ("kept-inspector-on", true),
            Restoration::FiltersGo { .. } => ("kept-inspector-filters", true),
            _ => ("kept-inspector-on", false),
        };
        Kept { kind: ResourceKind::InspectorScanning, what: "ECR".to_owned(), why: why(id), open }
    });
    kept.into_iter().chain(inspector).collect()
}

/// Reads back everything that the run made or used.
pub(super) async fn read(context: &Context) -> Result<ReadBack, LabError> {
    let mut read = ReadBack { configuration: ChangedRegistry::read(context).await?, ..ReadBack::default() };
    read.kept = unknown_origin::read(context).await?;
    let owned = context.session.owned(&context.run)?;
    for owned in &owned {
        match owned {
            Owned::Repository { name, origin } => repository(context, &mut read, name, *origin).await?,
            Owned::Tag(tag) => {
                read.add(images_read::read(context, tag).await?);
                read.displaced.extend(displaced::kept(context, &tag.repository, &tag.tag).await?);
            }
            Owned::Local(local) => local_name(context, &mut read, local).await?,
        }
    }
    read.named_by_plan = named_by_plan::in_registry(context).await?;
    match named_by_plan::in_engine(context).await {
        Ok(named) => read.named_by_plan.extend(named),
        // An engine that is gone does not keep the rest from being cleaned up.
        Err(error) => read.engine_unread = Some(error),
    }
    Ok(read)
}

async fn repository(
    context: &Context,
    read: &mut ReadBack,
    name: &str,
    origin: RepositoryOrigin,
) -> Result<(), LabError> {
    let aws = context.aws().await?;
    let kind = ResourceKind::Repository;
    match (repositories::find(aws, name).await?, origin) {
        (Some(_), RepositoryOrigin::Preexisting) => read.keep(kind, name, Message::new("kept-stood")),
        (Some(present), _) => {
            if !repositories::is_of_run(aws, &present, &context.run).await? {
                read.keep(kind, name, Message::new("kept-made-anew"));
                return Ok(());
            }
            let keeps_record = record::undecided(context, read.configuration.as_ref())?.as_deref() == Some(name);
            match removal::kept_images(context, aws, name).await?.len() {
                0 if keeps_record => read.keep_open(kind, name, Message::new(KEPT_RECORD)),
                0 => read.still(kind, name),
                count if unknown_origin::is_in(&read.kept, name) => {
                    read.keep_open(kind, name, Message::new(KEPT_UNKNOWN).with("count", count));
                }
                count => read.keep(kind, name, Message::new(KEPT_HOLDING).with("count", count)),
            }
        }
        (None, RepositoryOrigin::Created) => read.gone(kind, name),
        (None, RepositoryOrigin::Intended | RepositoryOrigin::Preexisting) => {}
    }
    Ok(())
}

async fn local_name(context: &Context, read: &mut ReadBack, local: &LocalName) -> Result<(), LabError> {
    let kind = ResourceKind::LocalImage;
    let present = context.images().await?.inspect(&local.reference).await?;
    match (&local.before, present) {
        (Some(_), Some(_)) => read.keep(kind, &local.reference, Message::new("kept-local-stood")),
        // Whether this run gave the name is not known: it is listed, and left to a person.
        (before, Some(image)) if local.is_unknown() && before.as_ref() != Some(&image.id) => {
            let line = docker(context, &format!("rmi {}", quote(&local.reference)));
            read.keep(kind, &local.reference, Message::new(KEPT_LOCAL_UNKNOWN).with("command", line));
        }
        (None, Some(image)) if !local.is_given_to(&image.id) => {
            read.keep(kind, &local.reference, Message::new("kept-local-moved"));
        }
        (None, Some(_)) => read.still(kind, &local.reference),
        (None, None) if local.made => read.gone(kind, &local.reference),
        (_, None) => {}
    }
    if let Some(id) = local_names::nameless(context, local).await? {
        read.still(kind, id);
    }
    Ok(())
}
