//! Step 2: have the registry scan what the filter matches, continuously, by Inspector.

use i18n::Message;
use serde_json::json;

use super::{
    configuration, inspector_ready,
    inspector_switch::{Switch, turn_inspector},
    item::Item,
    lifecycle_check, preflight, record,
    registry::{self, ChangedRegistry, RegistryRead},
    removal,
    shell::{aws, line, quote},
    tag_check,
};
use crate::{
    aws::Aws,
    cloud::{configuration as cloud_configuration, inspector},
    context::{Context, Job},
    former_state::FormerState,
    model::{
        problem::LabError,
        scanning_configuration::ScanningConfiguration,
        step::{Check, CommandLine, StepId, StepState},
    },
    restoration::Restoration,
    scanning::{CONTINUOUS, ENHANCED, ON_PUSH},
    session::facts::SavedScanning,
};

pub(super) fn commands(context: &Context) -> Vec<CommandLine> {
    let saved = context.session.saved_scanning(&context.run).ok().flatten();
    let put = if let Some(saved) = saved { saved.put } else { ScanningConfiguration::of_lab(&context.plan) };
    vec![
        line("scanning-now", aws(context, "ecr get-registry-scanning-configuration")),
        line("scanning-put", put_line(context, &put)),
        line("inspector-now", aws(context, "inspector2 batch-get-account-status")),
    ]
}

/// The line that puts a configuration.
pub(super) fn put_line(context: &Context, configuration: &ScanningConfiguration) -> String {
    let filter = |text: &String| json!({ "filter": text, "filterType": "WILDCARD" });
    let rules: Vec<_> = configuration
        .rules
        .iter()
        .map(|rule| {
            let filters: Vec<_> = rule.filters.iter().map(filter).collect();
            json!({ "scanFrequency": rule.frequency, "repositoryFilters": filters })
        })
        .collect();
    let words = format!("ecr put-registry-scanning-configuration --scan-type {}", quote(&configuration.scan_type));
    // Without `--rules` the present rules would stay.
    aws(context, &format!("{words} \\\n  --rules {}", quote(&json!(rules).to_string())))
}

pub(super) async fn run(job: &Job<'_>) -> Result<(), LabError> {
    let aws = job.context.aws().await?;
    apply(job, aws).await?;
    turn_inspector(job, aws, Switch::On).await
}

/// Puts the configuration with the lab's rule, after recording what it was.
async fn apply(job: &Job<'_>, aws: &Aws) -> Result<(), LabError> {
    let context = job.context;
    let mut read = registry::read(context, aws).await?;
    let saved = context.session.saved_scanning(&context.run)?.filter(|saved| !saved.restored);
    if saved.as_ref().is_some_and(|saved| read.present.is_equivalent_to(&saved.put)) {
        job.note(Message::new("note-configuration-put").with("configuration", read.present.summary()));
        return Ok(());
    }
    preflight::require(context).await?;
    inspector_ready::require(aws, &read.inspector).await?;
    tag_check::require(context, aws).await?;
    lifecycle_check::require(context, aws).await?;
    let is_first = saved.is_none();
    let mut next = to_save(context, saved, &read, read.wanted(context)?);
    record::write(job, aws, &next).await?;
    if is_first {
        // Another run may have begun between the two: then its record holds, and it is on this run's repositories too.
        read = registry::read(context, aws).await?;
        let again = first(&read, read.wanted(context)?);
        if again != next {
            next = again;
            record::write(job, aws, &next).await?;
        }
    }
    context.session.save_scanning(&context.run, &next)?;
    if !read.present.is_equivalent_to(&next.put) {
        cloud_configuration::put(aws, &next.put).await?;
    }
    job.note(Message::new("note-configuration-put").with("configuration", next.put.summary()));
    Ok(())
}

/// What the run takes the place of, and what it puts: from what it has put before, if that still applies.
fn to_save(
    context: &Context,
    saved: Option<SavedScanning>,
    read: &RegistryRead,
    put: ScanningConfiguration,
) -> SavedScanning {
    let Some(saved) = saved else { return first(read, put) };
    let changed = ChangedRegistry::new(context, saved.clone(), read.clone());
    match changed.restoration {
        Restoration::Whole | Restoration::Shared { .. } | Restoration::FormerUnknown { .. } => {
            SavedScanning { put, restored: false, ..saved }
        }
        // What another user has put since takes the place of what was there before.
        Restoration::Merged { target }
        | Restoration::Conflict { target }
        | Restoration::FiltersGo { target }
        | Restoration::Kept { target } => {
            SavedScanning { before: target, put, restored: false, replaced: None, choice: None, ..saved }
        }
    }
}

/// Before the first put: what is read now, or what the first of the other runs has recorded.
fn first(read: &RegistryRead, put: ScanningConfiguration) -> SavedScanning {
    let replaced = FormerState { configuration: read.present.clone(), inspector: read.inspector.clone() };
    let former = read.former();
    let former_unknown = former.is_none();
    let before = former.unwrap_or_else(|| replaced.clone());
    SavedScanning {
        before: before.configuration,
        inspector_before: before.inspector,
        put,
        restored: false,
        replaced: Some(replaced),
        former_unknown,
        disabling: false,
        filters_gone: Vec::new(),
        choice: None,
    }
}

pub(super) async fn check(context: &Context) -> Vec<Check> {
    let [enhanced, rule, inspector_on] = ["enhanced", "rule", "inspector"].map(Item::new);
    let read = async {
        let aws = context.aws().await?;
        futures::try_join!(cloud_configuration::get(aws), inspector::status(aws))
    };
    let (present, status) = match read.await {
        Ok(read) => read,
        Err(error) => return vec![enhanced.unread(&error), rule.unread(&error), inspector_on.unread(&error)],
    };
    let hint = || Message::new("hint-run-scanning");
    let scan_type = Message::new("check-enhanced-detail").with("type", &present.scan_type);
    let enhanced = if present.is_enhanced() {
        enhanced.met(scan_type.with("wanted", ENHANCED))
    } else {
        enhanced.not_met(scan_type.with("wanted", ENHANCED), hint())
    };
    let detail = Message::new("check-rule-detail").with("configuration", present.summary());
    let rule = if present.serves(&context.plan) {
        rule.met(detail)
    } else {
        rule.not_met(detail, rule_hint(&present, &context.plan.filter))
    };
    let detail = Message::new("check-inspector-detail").with("status", &status.0);
    let inspector_on = if status.is_enabled() {
        inspector_on.met(detail)
    } else if status.is_on() {
        inspector_on.not_met(detail, Message::new("hint-inspector-enabling"))
    } else {
        inspector_on.not_met(detail, hint())
    };
    vec![enhanced, rule, inspector_on]
}

/// The usual mistake has a hint of its own: the right filter in the wrong rule.
fn rule_hint(present: &ScanningConfiguration, filter: &str) -> Message {
    let on_push =
        present.rules.iter().any(|rule| rule.frequency == ON_PUSH && rule.filters.iter().any(|f| f == filter));
    let id = if on_push { "hint-rule-on-push" } else { "hint-rule-missing" };
    Message::new(id).with("filter", filter).with("frequency", CONTINUOUS)
}

/// The repository that keeps the record goes too, unless the step that creates repositories has been run since.
pub(super) async fn undo(job: &Job<'_>) -> Result<(), LabError> {
    configuration::take_back(job).await?;
    let step = job.context.session.step(&job.context.run, StepId::Repositories)?;
    if matches!(step.state, StepState::Pending | StepState::Undone) {
        removal::repositories(job, None).await?;
    }
    Ok(())
}
