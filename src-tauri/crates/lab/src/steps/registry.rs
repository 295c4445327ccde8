//! The registry's scanning configuration, Inspector's scanning of ECR, and the other runs that use them, as they are now.

use crate::{
    aws::Aws,
    cloud::{
        configuration, inspector,
        runs::{self, OtherRuns},
    },
    context::Context,
    former_state::FormerState,
    model::{problem::LabError, scanning_configuration::ScanningConfiguration},
    restoration::{Restoration, decide},
    scanning::InspectorStatus,
    session::facts::SavedScanning,
};

/// What was read.
#[derive(Clone, Debug)]
pub(crate) struct RegistryRead {
    pub(crate) present: ScanningConfiguration,
    pub(crate) inspector: InspectorStatus,
    pub(crate) others: OtherRuns,
}

/// Reads all three.
pub(crate) async fn read(context: &Context, aws: &Aws) -> Result<RegistryRead, LabError> {
    let (present, inspector, others) =
        futures::try_join!(configuration::get(aws), inspector::status(aws), runs::others(aws, &context.run))?;
    Ok(RegistryRead { present, inspector, others })
}

impl RegistryRead {
    /// What it was before any run of the lab: what the first of the other runs has recorded, or what was read where there is no
    /// other run. `None` where another run has left no record.
    pub(crate) fn former(&self) -> Option<FormerState> {
        if self.others.runs.is_empty() {
            return Some(FormerState { configuration: self.present.clone(), inspector: self.inspector.clone() });
        }
        self.others.former().cloned()
    }

    /// What the lab would put.
    pub(crate) fn wanted(&self, context: &Context) -> Result<ScanningConfiguration, LabError> {
        // The rules of other runs are not the registry's to drop.
        let keeps = context.plan.keep_rules || !self.others.runs.is_empty();
        self.present.with_lab(&context.plan, keeps)
    }
}

/// The registry as it is read for a run that has changed its configuration.
#[derive(Debug)]
pub(super) struct ChangedRegistry {
    pub(super) saved: SavedScanning,
    pub(super) read: RegistryRead,
    /// The filters of others that would be deleted if Inspector's scanning of ECR became what it was before any run.
    pub(super) filters: Vec<String>,
    pub(super) restoration: Restoration,
}

impl ChangedRegistry {
    /// As it was read, without what would become of filters.
    pub(super) fn new(context: &Context, saved: SavedScanning, read: RegistryRead) -> Self {
        Self::with_filters(context, saved, read, Vec::new())
    }

    fn with_filters(context: &Context, saved: SavedScanning, read: RegistryRead, filters: Vec<String>) -> Self {
        let restoration = decide(&saved, &context.plan.filter, &read.present, &read.others, !filters.is_empty());
        Self { saved, read, filters, restoration }
    }

    /// `None` if the run has not changed the configuration.
    pub(super) async fn read(context: &Context) -> Result<Option<Self>, LabError> {
        let Some(saved) = context.session.saved_scanning(&context.run)? else { return Ok(None) };
        let aws = context.aws().await?;
        let read = read(context, aws).await?;
        // While other runs use it, Inspector stays on; while it is being turned off, they are gone.
        let is_turned_off = saved.turned_inspector_on() && !saved.restored && read.inspector.is_on();
        let filters = if is_turned_off && read.others.runs.is_empty() {
            inspector::filters_at_risk(aws).await?
        } else {
            Vec::new()
        };
        Ok(Some(Self::with_filters(context, saved, read, filters)))
    }

    /// Whether the configuration is the same as before any run.
    pub(super) fn is_as_before(&self) -> bool {
        !self.saved.former_unknown && self.read.present.is_equivalent_to(&self.saved.before)
    }

    /// Whether Inspector scans, or is still being turned off, although it was off before any run.
    pub(super) fn is_inspector_left_on(&self) -> bool {
        self.saved.turned_inspector_on() && self.read.inspector.is_not_off_yet()
    }

    /// Whether nothing is left to do or to choose.
    pub(super) fn is_settled(&self) -> bool {
        match &self.restoration {
            Restoration::Whole => self.is_as_before() && (self.saved.restored || !self.is_inspector_left_on()),
            Restoration::Shared { target, .. } | Restoration::Merged { target } | Restoration::Kept { target } => {
                self.read.present.is_equivalent_to(target)
            }
            Restoration::Conflict { .. } | Restoration::FiltersGo { .. } | Restoration::FormerUnknown { .. } => false,
        }
    }
}
