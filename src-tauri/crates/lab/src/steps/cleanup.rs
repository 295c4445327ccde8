//! Step 7: everything as it was before, and a receipt.

use super::{
    by_hand, configuration, layer_sharing, local_names, named_by_plan, receipt, record,
    registry::ChangedRegistry,
    removal, scanning,
    shell::{aws, line},
};
use crate::{
    context::{Context, Job},
    model::{problem::LabError, resource::ResourceKind, step::CommandLine},
};

pub(super) fn commands(context: &Context) -> Vec<CommandLine> {
    let owned = context.session.owned(&context.run).unwrap_or_default();
    let mut lines = by_hand::registry(context, &owned);
    if let Ok(Some(saved)) = context.session.saved_scanning(&context.run) {
        // In this order: turning Inspector off selects basic scanning by itself.
        if saved.turned_inspector_on() {
            // They are deleted with the last thing that Inspector scans, also those of others.
            lines.push(line("inspector-filters", aws(context, "inspector2 list-filters")));
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

/// Continues after a failure, so that one refusal does not leave everything else behind; then returns the first.
pub(super) async fn run(job: &Job<'_>) -> Result<(), LabError> {
    let context = job.context;
    let mut failures = Failures::default();
    failures.take(named_by_plan::remember_uris(context).await)?;
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
