//! Undoes a run's changes to the scanning configuration and to Inspector's scanning of ECR. `crate::restoration` decides what they
//! become.

use i18n::Message;

use super::{
    inspector_switch::{Switch, turn_inspector},
    registry::{self, ChangedRegistry},
};
use crate::{
    aws::Aws,
    cloud::configuration,
    context::{Context, Job},
    model::problem::LabError,
    restoration::Restoration,
    session::facts::SavedScanning,
};

/// Restores the configuration and Inspector, or removes only this run's filter where others use them now.
pub(super) async fn take_back(job: &Job<'_>) -> Result<(), LabError> {
    let context = job.context;
    let Some(changed) = ChangedRegistry::read(context).await? else { return Ok(()) };
    if changed.saved.restored {
        return Ok(());
    }
    let aws = context.aws().await?;
    let present = &changed.read.present;
    let Some(target) = changed.restoration.target() else { return restore(job, aws, changed).await };
    if !present.is_equivalent_to(target) {
        configuration::put(aws, target).await?;
        job.note(Message::new("note-filter-removed").with("configuration", target.summary()));
    }
    let note = |id: &str| Message::new(id).with("configuration", target.summary());
    match &changed.restoration {
        Restoration::Whole => {}
        Restoration::Shared { .. } => {
            job.note(note("note-configuration-shared").with("runs", changed.read.others.summary()));
        }
        Restoration::Merged { .. } | Restoration::Kept { .. } => {
            job.note(note("note-configuration-left"));
            save_restored(context, changed.saved)?;
        }
        Restoration::FiltersGo { .. } => {
            job.note(Message::new("note-filters-stay").with("filters", changed.filters.join(", ")));
        }
        Restoration::Conflict { .. } => job.note(note("note-configuration-conflict")),
        Restoration::FormerUnknown { .. } => job.note(note("note-former-unknown")),
    }
    Ok(())
}

/// Makes everything what it was. Inspector first: turning its scanning of ECR off selects basic scanning by itself.
async fn restore(job: &Job<'_>, aws: &Aws, changed: ChangedRegistry) -> Result<(), LabError> {
    let context = job.context;
    let is_left_on = changed.is_inspector_left_on();
    let ChangedRegistry { mut saved, read, filters, .. } = changed;
    let mut present = read.present;
    if is_left_on {
        saved.disabling = true;
        // A person has chosen it, and the receipt names them.
        saved.filters_gone = filters;
        context.session.save_scanning(&context.run, &saved)?;
        turn_inspector(job, aws, Switch::Off).await?;
        let read = registry::read(context, aws).await?;
        present = read.present.clone();
        let changed = ChangedRegistry::new(context, saved.clone(), read);
        if changed.restoration != Restoration::Whole {
            // Another user has changed it while Inspector was being turned off.
            job.note(Message::new("note-configuration-conflict").with("configuration", present.summary()));
            return Ok(());
        }
    }
    if !present.is_equivalent_to(&saved.before) {
        configuration::put(aws, &saved.before).await?;
        job.note(Message::new("note-configuration-restored").with("configuration", saved.before.summary()));
    }
    save_restored(context, saved)
}

fn save_restored(context: &Context, saved: SavedScanning) -> Result<(), LabError> {
    let restored = SavedScanning { restored: true, disabling: false, ..saved };
    context.session.save_scanning(&context.run, &restored)
}
