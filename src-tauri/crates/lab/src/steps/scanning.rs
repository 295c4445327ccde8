//! Step 2: have the registry scan what the filter matches, continuously, by Inspector.

use i18n::Message;
use serde_json::json;

use super::{
    item::Item,
    preflight,
    shell::{aws, line, quote},
    teardown,
};
use crate::{
    aws::Aws,
    cloud::{configuration, inspector, repositories},
    context::{Context, Job},
    filters,
    model::{
        code::Code,
        problem::{LabError, Problem},
        step::{Change, ChangeKind, Check, CommandLine, Preview},
    },
    scanning::{CONTINUOUS, ENHANCED, ON_PUSH, ScanningConfiguration},
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
    let mut words = format!("ecr put-registry-scanning-configuration --scan-type {}", quote(&configuration.scan_type));
    if !rules.is_empty() {
        words = format!("{words} \\\n  --rules {}", quote(&json!(rules).to_string()));
    }
    aws(context, &words)
}

pub(super) async fn preview(context: &Context) -> Result<Preview, LabError> {
    let aws = context.aws().await?;
    let (present, status) = futures::try_join!(configuration::get(aws), inspector::status(aws))?;
    let wanted = present.with_lab(&context.plan)?;
    let same = present.is_equivalent_to(&wanted);
    let text = |configuration: &ScanningConfiguration| {
        Some(Message::new("preview-configuration").with("configuration", configuration.summary()))
    };
    let mut changes = vec![Change {
        what: Message::new("preview-scanning-configuration"),
        kind: if same { ChangeKind::Keep } else { ChangeKind::Replace },
        before: text(&present),
        after: text(&wanted),
    }];
    if !status.is_enabled() {
        let state = |word: &str| Some(Message::new("preview-inspector-status").with("status", word));
        changes.push(Change {
            what: Message::new("preview-inspector"),
            kind: ChangeKind::Replace,
            before: state(&status.0),
            after: state("ENABLED"),
        });
    }
    let warnings = warnings(context, aws, &present, &wanted).await;
    Ok(Preview { changes, cost: Some(Message::new("cost-scanning")), warnings, ..Preview::default() })
}

async fn warnings(
    context: &Context,
    aws: &Aws,
    present: &ScanningConfiguration,
    wanted: &ScanningConfiguration,
) -> Vec<Message> {
    let plan = &context.plan;
    let mut warnings = vec![Message::new("warning-whole-registry")];
    if !present.is_equivalent_to(wanted) && !plan.keep_rules && !present.rules.is_empty() {
        warnings.push(Message::new("warning-rules-replaced").with("configuration", present.summary()));
    }
    for name in [&plan.sandbox, &plan.shared] {
        if let Some((_, filters)) = wanted.applied(name) {
            let warning = Message::new("warning-kept-rule-matches").with("name", name);
            warnings.push(warning.with("filters", filters.join(", ")));
        }
    }
    match repositories::names(aws).await {
        Ok(names) => {
            let others = names.iter().filter(|name| !plan.repositories().contains(&name.as_str()));
            let matched: Vec<_> = others.filter(|name| filters::matches(&plan.filter, name)).cloned().collect();
            if !matched.is_empty() {
                let warning = Message::new("warning-filter-matches-others").with("count", matched.len());
                warnings.push(warning.with("filter", &plan.filter).with("names", matched.join(", ")));
            }
        }
        // To list all repositories may not be permitted, and is not needed.
        Err(_) => warnings.push(Message::new("warning-others-unknown").with("filter", &plan.filter)),
    }
    warnings
}

pub(super) async fn run(job: &Job<'_>) -> Result<(), LabError> {
    let context = job.context;
    let aws = context.aws().await?;
    let (present, status) = futures::try_join!(configuration::get(aws), inspector::status(aws))?;
    let saved = context.session.saved_scanning(&context.run)?.filter(|saved| !saved.restored);
    let wanted = present.with_lab(&context.plan)?;
    let is_put = saved.as_ref().is_some_and(|saved| present.is_equivalent_to(&saved.put));
    if !is_put {
        preflight::require(context).await?;
        context.session.save_scanning(&context.run, &to_save(saved, present.clone(), status, wanted.clone()))?;
        if !present.is_equivalent_to(&wanted) {
            configuration::put(aws, &wanted).await?;
        }
    }
    job.note(Message::new("note-configuration-put"));
    enable_inspector(job, aws).await
}

/// The previous configuration is saved before the put, and not again when the step is repeated: that would save the lab's own.
/// Only what another user has put since replaces it.
fn to_save(
    saved: Option<SavedScanning>,
    present: ScanningConfiguration,
    status: crate::scanning::InspectorStatus,
    put: ScanningConfiguration,
) -> SavedScanning {
    match saved {
        Some(saved) => {
            let before = if saved.before.is_equivalent_to(&present) { saved.before } else { present };
            SavedScanning { before, inspector_before: saved.inspector_before, put, restored: false }
        }
        None => SavedScanning { before: present, inspector_before: status, put, restored: false },
    }
}

/// Waits until Inspector scans ECR. Enhanced scanning enables it by itself; where it does not, this does.
async fn enable_inspector(job: &Job<'_>, aws: &Aws) -> Result<(), LabError> {
    let pace = job.context.access.pace;
    let clock = &job.context.clock;
    let started = clock.now();
    let (mut reported, mut requested) = (None, false);
    loop {
        let status = inspector::status(aws).await?;
        if status.is_enabled() {
            return Ok(());
        }
        if reported.as_ref() != Some(&status) {
            job.note(Message::new("note-inspector-status").with("status", &status.0));
        }
        if status.is_disabled() && !requested {
            inspector::enable(aws).await?;
            requested = true;
            continue;
        }
        if clock.now().saturating_sub(started) >= pace.give_up {
            return Err(Problem::new(Code::InspectorNotEnabled).with("status", &status.0).retryable().into());
        }
        reported = Some(status);
        clock.sleep(pace.poll).await;
    }
}

pub(super) async fn check(context: &Context) -> Vec<Check> {
    let [enhanced, rule, inspector_on] = ["enhanced", "rule", "inspector"].map(Item::new);
    let read = async {
        let aws = context.aws().await?;
        futures::try_join!(configuration::get(aws), inspector::status(aws))
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

pub(super) async fn undo(job: &Job<'_>) -> Result<(), LabError> {
    teardown::configuration(job).await
}
