//! Turning Inspector's scanning of ECR on and off, and waiting until it is: every status is reported as it is read, the last one too.

use i18n::Message;

use crate::{
    aws::Aws,
    cloud::inspector,
    context::Job,
    model::{
        code::Code,
        problem::{LabError, Problem},
    },
    scanning::InspectorStatus,
};

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Switch {
    On,
    Off,
}

impl Switch {
    fn is_done(self, status: &InspectorStatus) -> bool {
        match self {
            Self::On => status.is_enabled(),
            Self::Off => !status.is_not_off_yet(),
        }
    }

    /// While it is being enabled it cannot be disabled, and the other way round; neither is requested twice.
    fn can_be_requested(self, status: &InspectorStatus) -> bool {
        match self {
            Self::On => status.is_disabled(),
            Self::Off => status.is_enabled(),
        }
    }

    async fn request(self, aws: &Aws) -> Result<(), LabError> {
        match self {
            Self::On => inspector::enable(aws).await,
            Self::Off => inspector::disable(aws).await,
        }
    }

    const fn code(self) -> Code {
        match self {
            Self::On => Code::InspectorNotEnabled,
            Self::Off => Code::InspectorNotDisabled,
        }
    }
}

/// Turns it on or off, unless it is already, and waits until it is.
pub(super) async fn turn_inspector(job: &Job<'_>, aws: &Aws, switch: Switch) -> Result<(), LabError> {
    let pace = job.context.access.pace;
    let clock = &job.context.clock;
    let started = clock.now();
    let (mut reported, mut requested) = (None, false);
    loop {
        let status = inspector::status(aws).await?;
        if reported.as_ref() != Some(&status) {
            job.note(Message::new("note-inspector-status").with("status", &status.0));
        }
        if switch.is_done(&status) {
            return Ok(());
        }
        if switch.can_be_requested(&status) && !requested {
            switch.request(aws).await?;
            requested = true;
        } else if clock.now().saturating_sub(started) >= pace.give_up {
            return Err(Problem::new(switch.code()).with("status", &status.0).retryable().into());
        } else {
            clock.sleep(pace.poll).await;
        }
        reported = Some(status);
    }
}
