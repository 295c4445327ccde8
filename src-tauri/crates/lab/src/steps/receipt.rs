//! Reading back what is left of a run: what is gone, what was kept and why, and what should be gone and is not.

use i18n::Message;

use super::{
    images_read::{self, ImagesRead, TagRead},
    named_by_plan, removal,
};
use crate::{
    cloud::{configuration, inspector, repositories},
    context::Context,
    model::{
        outcome::{Deleted, Kept, Receipt},
        problem::LabError,
        resource::ResourceKind,
        step::NamedByPlan,
    },
    scanning::{InspectorStatus, ScanningConfiguration},
    session::{
        facts::SavedScanning,
        ledger::{LocalName, Owned, RepositoryOrigin},
    },
};

/// The reason of a repository that is kept because of what others have put in it.
pub(super) const KEPT_HOLDING: &str = "kept-holds-images";

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
    /// Why the names in the engine could not be read.
    pub(super) engine_unread: Option<LabError>,
    pub(super) configuration: Option<ConfigurationRead>,
}

/// The registry's scanning configuration, when the run has touched it.
#[derive(Debug)]
pub(super) struct ConfigurationRead {
    pub(super) saved: SavedScanning,
    pub(super) present: ScanningConfiguration,
    pub(super) inspector: InspectorStatus,
}

impl ConfigurationRead {
    /// Whether it is the same as before the run.
    pub(super) fn is_restored(&self) -> bool {
        self.present.is_equivalent_to(&self.saved.before)
    }

    /// Whether it is neither the previous one nor the one that the lab put.
    pub(super) fn is_someone_elses(&self) -> bool {
        !self.is_restored() && (self.saved.restored || !self.present.is_equivalent_to(&self.saved.put))
    }

    /// Inspector scans although it did not before, and no one else enabled it.
    pub(super) fn is_inspector_left_on(&self) -> bool {
        super::teardown::turned_inspector_on(&self.saved) && self.inspector.is_on() && !self.is_someone_elses()
    }
}

impl ReadBack {
    pub(super) fn receipt(self) -> Receipt {
        let restored = self.configuration.as_ref().is_none_or(ConfigurationRead::is_restored);
        let mut kept = self.all_kept();
        let Self { mut deleted, left, tags, configuration, .. } = self;
        deleted.sort();
        kept.extend(tags.into_iter().map(TagRead::into_kept));
        let still = |left: Deleted| Kept { kind: left.kind, what: left.name, why: Message::new("kept-left") };
        kept.extend(left.into_iter().map(still));
        if let Some(read) = configuration {
            kept.extend(kept_settings(&read));
        }
        Receipt { restored, deleted, kept }
    }

    /// What is kept, with what the plan names although this run did not make it.
    pub(super) fn all_kept(&self) -> Vec<Kept> {
        let mut kept = self.kept.clone();
        for NamedByPlan { kind, name, command, .. } in &self.named_by_plan {
            let is_moved_tag = *kind == ResourceKind::Image && self.tags.iter().any(|tag| tag.name == *name);
            if !is_moved_tag && !kept.iter().any(|other| other.kind == *kind && other.what == *name) {
                let why = Message::new("kept-not-made").with("command", command);
                kept.push(Kept { kind: *kind, what: name.clone(), why });
            }
        }
        kept
    }

    pub(super) fn left(&self, kinds: &[ResourceKind]) -> Vec<&str> {
        self.left.iter().filter(|left| kinds.contains(&left.kind)).map(|left| left.name.as_str()).collect()
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
        self.kept.push(Kept { kind, what: what.into(), why });
    }
}

fn kept_settings(read: &ConfigurationRead) -> Vec<Kept> {
    let mut kept = Vec::new();
    if !read.is_restored() {
        let id = if read.is_someone_elses() { "kept-configuration-changed" } else { "kept-left" };
        let why = Message::new(id).with("configuration", read.present.summary());
        kept.push(Kept { kind: ResourceKind::ScanningConfiguration, what: read.present.scan_type.clone(), why });
    }
    let was_off = read.saved.inspector_before.is_disabled();
    if was_off && read.inspector.is_on() {
        let id = if read.is_inspector_left_on() { "kept-left" } else { "kept-inspector-on" };
        kept.push(Kept { kind: ResourceKind::InspectorScanning, what: "ECR".to_owned(), why: Message::new(id) });
    }
    kept
}

/// Reads back everything that the run made or used.
pub(super) async fn read(context: &Context) -> Result<ReadBack, LabError> {
    let mut read = ReadBack::default();
    let owned = context.session.owned(&context.run)?;
    for owned in &owned {
        match owned {
            Owned::Repository { name, origin } => repository(context, &mut read, name, *origin).await?,
            Owned::Tag(tag) => read.add(images_read::read(context, tag).await?),
            Owned::Local(local) => local_name(context, &mut read, local).await?,
        }
    }
    read.named_by_plan = named_by_plan::in_registry(context).await?;
    match named_by_plan::in_engine(context).await {
        Ok(named) => read.named_by_plan.extend(named),
        // An engine that is gone does not keep the rest from being cleaned up.
        Err(error) => read.engine_unread = Some(error),
    }
    if let Some(saved) = context.session.saved_scanning(&context.run)? {
        let aws = context.aws().await?;
        let (present, inspector) = futures::try_join!(configuration::get(aws), inspector::status(aws))?;
        read.configuration = Some(ConfigurationRead { saved, present, inspector });
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
            if repositories::creating_run(aws, &present).await?.as_ref() != Some(&context.run) {
                read.keep(kind, name, Message::new("kept-made-anew"));
                return Ok(());
            }
            match removal::kept_images(context, aws, name).await?.len() {
                0 => read.still(kind, name),
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
        (None, Some(image)) if !local.is_given_to(&image.id) => {
            read.keep(kind, &local.reference, Message::new("kept-local-moved"));
        }
        (None, Some(_)) => read.still(kind, &local.reference),
        (None, None) if local.made => read.gone(kind, &local.reference),
        (_, None) => {}
    }
    Ok(())
}
