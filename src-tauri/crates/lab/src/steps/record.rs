//! The record of what the registry was before any run, kept as tags of this run's repositories: written before the registry is
//! changed, and kept until it is restored. One repository is created for it where the run has none yet.

use std::collections::BTreeMap;

use i18n::Message;

use super::{
    ensure_repository::ensure,
    registry::{self, ChangedRegistry},
};
use crate::{
    aws::Aws,
    cloud::{repositories, runs},
    context::{Context, Job},
    former_state::{self, FINISHED_TAG, FormerState, ONLY_REGISTRY},
    model::problem::LabError,
    restoration::Restoration,
    session::{
        facts::SavedScanning,
        ledger::{Owned, RepositoryOrigin},
    },
};

/// The tags of the repositories that this run creates.
pub(super) async fn tags(context: &Context, aws: &Aws) -> Result<BTreeMap<String, String>, LabError> {
    let saved = context.session.saved_scanning(&context.run)?.filter(|saved| !saved.restored);
    let former = match saved {
        Some(saved) => saved.former(),
        None => registry::read(context, aws).await?.former(),
    };
    all_tags(context, former.as_ref())
}

fn all_tags(context: &Context, former: Option<&FormerState>) -> Result<BTreeMap<String, String>, LabError> {
    let mut tags = former_state::tags(&context.run, &context.plan.filter, former);
    if let Some(setting) = context.session.saved_blob_mounting(&context.run)? {
        tags.extend(former_state::blob_mounting_tag((!setting.restored).then_some(setting.before.as_str())));
    }
    Ok(tags)
}

/// Writes what the session has of `BLOB_MOUNTING` to the repositories that this run created.
pub(super) async fn write_blob_mounting(context: &Context, aws: &Aws) -> Result<(), LabError> {
    let Some(setting) = context.session.saved_blob_mounting(&context.run)? else { return Ok(()) };
    let tags = former_state::blob_mounting_tag((!setting.restored).then_some(setting.before.as_str()));
    for name in own(context)? {
        let Some(repository) = repositories::find(aws, &name).await? else { continue };
        if repositories::is_of_run(aws, &repository, &context.run).await? {
            runs::tag(aws, &repository.arn, &tags).await?;
        }
    }
    Ok(())
}

/// The name of the repository that is created first, to keep the record: one that is neither scanned nor pushed to, if it is the run's
/// own. Where all of the plan's repositories are others', one is created for the record alone: the tags of theirs are not this run's
/// to change.
pub(super) async fn first_name(context: &Context, aws: &Aws) -> Result<String, LabError> {
    let [prod, sandbox, shared] = context.plan.repositories();
    for name in [shared, sandbox, prod] {
        match repositories::find(aws, name).await? {
            None => return Ok(name.to_owned()),
            Some(repository) if repositories::is_of_run(aws, &repository, &context.run).await? => {
                return Ok(name.to_owned());
            }
            Some(_) => {}
        }
    }
    Ok(context.plan.record_repository(&context.run))
}

/// Writes the record to this run's repositories, and creates the first of them if there is none. Where that is denied, the run could
/// not be finished: it ends here, before the registry is changed.
pub(super) async fn write(job: &Job<'_>, aws: &Aws, saved: &SavedScanning) -> Result<(), LabError> {
    let context = job.context;
    let tags = all_tags(context, saved.former().as_ref())?;
    let first = first_name(context, aws).await?;
    ensure(context, aws, &first, &tags).await?;
    job.note(Message::new("note-record-written").with("name", &first));
    for name in own(context)?.into_iter().filter(|name| *name != first) {
        if repositories::find(aws, &name).await?.is_some() {
            ensure(context, aws, &name, &tags).await?;
        }
    }
    Ok(())
}

/// The repository that keeps the record while the configuration is not restored.
pub(super) fn holder(context: &Context) -> Result<Option<String>, LabError> {
    if context.session.saved_scanning(&context.run)?.is_none_or(|saved| saved.restored) {
        return Ok(None);
    }
    let own = own(context)?;
    let [prod, sandbox, shared] = context.plan.repositories();
    let is_own = |name: &&str| own.iter().any(|other| other == name);
    Ok([shared, sandbox, prod].into_iter().find(is_own).map(str::to_owned).or_else(|| own.first().cloned()))
}

/// The repository that keeps the record until a person has chosen what becomes of a configuration that others have changed.
pub(super) fn undecided(context: &Context, changed: Option<&ChangedRegistry>) -> Result<Option<String>, LabError> {
    match changed.map(|changed| &changed.restoration) {
        Some(Restoration::Conflict { .. } | Restoration::FiltersGo { .. }) => holder(context),
        _ => Ok(None),
    }
}

/// Marks the repositories that were kept: this run no longer uses the registry's configuration, and, if it is complete, is finished.
pub(super) async fn finish(context: &Context, complete: bool) -> Result<(), LabError> {
    for name in own(context)? {
        let aws = context.aws().await?;
        let Some(repository) = repositories::find(aws, &name).await? else { continue };
        if repositories::is_of_run(aws, &repository, &context.run).await? {
            let (key, finished) = FINISHED_TAG;
            let value = if complete { finished } else { ONLY_REGISTRY };
            runs::tag(aws, &repository.arn, &[(key.to_owned(), value.to_owned())].into()).await?;
        }
    }
    Ok(())
}

/// The repositories that this run created, by its records.
pub(super) fn own(context: &Context) -> Result<Vec<String>, LabError> {
    let owned = context.session.owned(&context.run)?.into_iter();
    let created = owned.filter_map(|owned| match owned {
        Owned::Repository { name, origin } if origin != RepositoryOrigin::Preexisting => Some(name),
        _ => None,
    });
    Ok(created.collect())
}
