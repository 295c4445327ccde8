//! Taking back what a run changed in the registry's settings. Images and repositories are in `removal`, local images in `local_names`.

use i18n::Message;

use crate::{
    aws::Aws,
    cloud::{configuration as registry, inspector},
    context::Job,
    model::{
        code::Code,
        problem::{LabError, Problem},
    },
    scanning::InspectorStatus,
    session::facts::SavedScanning,
};

/// Restores the registry's scanning configuration, if the present one is the one that the lab put; and disables Inspector's
/// scanning of ECR again, if it was off.
pub(super) async fn configuration(job: &Job<'_>) -> Result<(), LabError> {
    let context = job.context;
    let Some(saved) = context.session.saved_scanning(&context.run)? else { return Ok(()) };
    let aws = context.aws().await?;
    let present = registry::get(aws).await?;
    if !present.is_equivalent_to(&saved.before) {
        if saved.restored || !present.is_equivalent_to(&saved.put) {
            // Another user has changed it since: it is theirs now.
            job.note(Message::new("note-configuration-left").with("configuration", present.summary()));
            return Ok(());
        }
        registry::put(aws, &saved.before).await?;
        job.note(Message::new("note-configuration-restored").with("configuration", saved.before.summary()));
    }
    if turned_inspector_on(&saved) {
        inspector_off(job, aws).await?;
    }
    context.session.save_scanning(&context.run, &SavedScanning { restored: true, ..saved })
}

/// Whether the run turned Inspector on. It comes with enhanced scanning: where that was on before, it stays on.
pub(super) fn turned_inspector_on(saved: &SavedScanning) -> bool {
    saved.inspector_before.is_disabled() && !saved.before.is_enhanced()
}

async fn inspector_off(job: &Job<'_>, aws: &Aws) -> Result<(), LabError> {
    let pace = job.context.access.pace;
    let clock = &job.context.clock;
    let started = clock.now();
    let mut requested = false;
    loop {
        let InspectorStatus(word) = inspector::status(aws).await?;
        match word.as_str() {
            "ENABLED" if !requested => {
                inspector::disable(aws).await?;
                job.note(Message::new("note-inspector-disabled"));
                requested = true;
                continue;
            }
            // While it is being enabled it cannot be disabled; while it is being disabled it must not be disabled again.
            "ENABLING" | "ENABLED" => {}
            _ => return Ok(()),
        }
        if clock.now().saturating_sub(started) >= pace.give_up {
            return Err(Problem::new(Code::InspectorNotDisabled).with("status", word).retryable().into());
        }
        clock.sleep(pace.poll).await;
    }
}
