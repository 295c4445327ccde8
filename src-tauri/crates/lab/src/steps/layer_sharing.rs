//! Whether the second push reuses the layers of the first: a setting of the account, which the plan can turn on until clean-up.
//! The lab does so in the practice cloud only; elsewhere it shows the command.

use i18n::Message;

use super::{
    item::Item,
    record,
    shell::{aws, line},
};
use crate::{
    aws::Aws,
    context::{Context, Job},
    model::{
        access::Mode,
        problem::LabError,
        step::{Change, ChangeKind, Check, CommandLine},
    },
    practice_settings::{DISABLED, ENABLED, blob_mounting, set_blob_mounting},
    session::facts::SavedSetting,
};

/// The commands that turn it on, if the plan says so.
pub(super) fn commands(context: &Context) -> Vec<CommandLine> {
    if !context.plan.share_layers {
        return Vec::new();
    }
    vec![
        line("layer-sharing-now", aws(context, "ecr get-account-setting --name BLOB_MOUNTING")),
        line("layer-sharing", aws(context, &put_line(ENABLED))),
    ]
}

/// The command that puts it back, if this run has changed it. In an AWS account only a person can have done that, by the command that
/// was shown; what it was before is then not known here.
pub(super) fn restoring_command(context: &Context) -> Option<CommandLine> {
    if context.plan.share_layers && context.access.mode == Mode::Aws {
        return Some(line("layer-sharing-restore-by-hand", aws(context, &put_line(DISABLED))));
    }
    let saved = changed(context).ok()??;
    Some(line("layer-sharing-restore", aws(context, &put_line(&saved.before))))
}

fn put_line(value: &str) -> String {
    format!("ecr put-account-setting --name BLOB_MOUNTING --value {value}")
}

/// What turning it on would change.
pub(super) async fn preview(context: &Context, aws: &Aws) -> Result<Option<Change>, LabError> {
    if !is_turned_on(context) {
        return Ok(None);
    }
    let present = blob_mounting(aws).await?;
    let is_on = present == ENABLED;
    Ok(Some(Change {
        what: Message::new("preview-layer-sharing"),
        kind: if is_on { ChangeKind::Keep } else { ChangeKind::Replace },
        before: Some(value(&present)),
        after: (!is_on).then(|| value(ENABLED)),
    }))
}

/// What putting it back would change.
pub(super) async fn preview_restoration(context: &Context) -> Result<Option<Change>, LabError> {
    let Some(saved) = changed(context)? else { return Ok(None) };
    let present = blob_mounting(context.aws().await?).await?;
    let is_back = present == saved.before;
    Ok(Some(Change {
        what: Message::new("preview-layer-sharing"),
        kind: if is_back { ChangeKind::Keep } else { ChangeKind::Restore },
        before: Some(value(&present)),
        after: (!is_back).then(|| value(&saved.before)),
    }))
}

/// Turns it on, if the plan says so and it is off.
pub(super) async fn turn_on(job: &Job<'_>, aws: &Aws) -> Result<(), LabError> {
    let context = job.context;
    if !is_turned_on(context) {
        return Ok(());
    }
    let before = blob_mounting(aws).await?;
    if before == ENABLED {
        return Ok(());
    }
    // Before the change, here and in the account, so that it is put back after a kill and after a loss of the session.
    context.session.save_blob_mounting(&context.run, &SavedSetting { before, restored: false })?;
    record::write_blob_mounting(context, aws).await?;
    set_blob_mounting(aws, ENABLED).await?;
    job.note(Message::new("note-layer-sharing-on"));
    Ok(())
}

/// Puts it back, if this run has changed it. What another run or user has chosen since stays.
pub(super) async fn put_back(job: &Job<'_>) -> Result<(), LabError> {
    let context = job.context;
    let Some(saved) = changed(context)? else { return Ok(()) };
    let aws = context.aws().await?;
    if blob_mounting(aws).await? == ENABLED {
        set_blob_mounting(aws, &saved.before).await?;
        job.note(Message::new("note-layer-sharing-back").with("value", &saved.before));
    }
    context.session.save_blob_mounting(&context.run, &SavedSetting { restored: true, ..saved })?;
    record::write_blob_mounting(context, aws).await
}

/// Whether what this run has changed was put back: read from the account.
pub(super) async fn check(context: &Context) -> Result<Option<Check>, LabError> {
    let Some(saved) = context.session.saved_blob_mounting(&context.run)? else { return Ok(None) };
    let item = Item::new("layer-sharing");
    let present = match async { blob_mounting(context.aws().await?).await }.await {
        Ok(present) => present,
        Err(error) => return Ok(Some(item.unread(&error))),
    };
    let detail = Message::new("check-layer-sharing-detail").with("value", &present).with("before", &saved.before);
    // After it was put back, another user may turn it on.
    let is_met = present == saved.before || saved.restored;
    Ok(Some(if is_met { item.met(detail) } else { item.not_met(detail, Message::new("hint-run-cleanup")) }))
}

fn is_turned_on(context: &Context) -> bool {
    context.plan.share_layers && context.access.mode == Mode::Practice
}

/// What the setting was before this run changed it, if that was not put back.
fn changed(context: &Context) -> Result<Option<SavedSetting>, LabError> {
    let saved = context.session.saved_blob_mounting(&context.run)?;
    Ok(saved.filter(|saved| !saved.restored))
}

fn value(value: &str) -> Message {
    Message::new("preview-layer-sharing-value").with("value", value)
}
