//! The preview of the step `scanning`: the registry's scanning configuration, Inspector, and what that means for other repositories.

use i18n::Message;

use super::{
    record,
    registry::{self, RegistryRead},
};
use crate::{
    aws::Aws,
    cloud::repositories,
    context::Context,
    filters,
    model::{
        problem::LabError,
        scanning_configuration::ScanningConfiguration,
        step::{Change, ChangeKind, MatchedRepository, Preview, ScanningPreview},
    },
    scanning::InspectorStatus,
};

pub(super) async fn preview(context: &Context) -> Result<Preview, LabError> {
    let aws = context.aws().await?;
    let read = registry::read(context, aws).await?;
    let changing = changing(context, &read)?;
    let (before, after) = (&changing.before, &changing.after);
    let same = before.is_equivalent_to(after);
    let text = |configuration: &ScanningConfiguration| {
        Some(Message::new("preview-configuration").with("configuration", configuration.summary()))
    };
    let mut changes = vec![Change {
        what: Message::new("preview-scanning-configuration"),
        kind: if same { ChangeKind::Keep } else { ChangeKind::Replace },
        before: text(before),
        after: text(after),
    }];
    let turns_on = !changing.inspector.is_enabled();
    if turns_on {
        let state = |word: &str| Some(Message::new("preview-inspector-status").with("status", word));
        changes.push(Change {
            what: Message::new("preview-inspector"),
            kind: ChangeKind::Replace,
            before: state(&changing.inspector.0),
            after: state("ENABLED"),
        });
    }
    if !changing.applied {
        changes.extend(record_change(context, aws).await?);
    }
    let mut scanning = others(context, aws, before, after).await;
    if changing.inspector.is_off() && !before.is_enhanced() {
        scanning.irreversible = inspector_is_turned_off();
    }
    let warnings = warnings(context, &read, &changing, &scanning);
    let cost = Some(Message::new("cost-scanning"));
    let scanning = Some(scanning);
    let notes = vec![Message::new("note-whole-registry")];
    Ok(Preview { changes, cost, warnings, notes, scanning, applied: changing.applied, ..Preview::default() })
}

/// What clean-up cannot undo where it turns Inspector off again.
pub(super) fn inspector_is_turned_off() -> Vec<Message> {
    vec![Message::new("warning-findings-go"), Message::new("warning-inspector-settings-go")]
}

/// The configuration and Inspector before and after the step.
struct Changing {
    before: ScanningConfiguration,
    after: ScanningConfiguration,
    inspector: InspectorStatus,
    /// The change is in place: this is what the run itself has changed.
    applied: bool,
}

fn changing(context: &Context, read: &RegistryRead) -> Result<Changing, LabError> {
    let saved = context.session.saved_scanning(&context.run)?.filter(|saved| !saved.restored);
    if let Some(saved) = saved.filter(|saved| read.present.is_equivalent_to(&saved.put)) {
        let (before, inspector) = saved.replaced();
        let (before, inspector) = (before.clone(), inspector.clone());
        return Ok(Changing { before, inspector, after: saved.put, applied: true });
    }
    let after = read.wanted(context)?;
    Ok(Changing { before: read.present.clone(), after, inspector: read.inspector.clone(), applied: false })
}

/// The repository that is created in this step already, unless it exists.
async fn record_change(context: &Context, aws: &Aws) -> Result<Option<Change>, LabError> {
    let name = record::first_name(context, aws).await?;
    if repositories::find(aws, &name).await?.is_some() {
        return Ok(None);
    }
    let is_of_plan = context.plan.repositories().contains(&name.as_str());
    let after = Message::new(if is_of_plan { "preview-record" } else { "preview-record-alone" });
    let what = Message::new("preview-repository").with("name", name);
    Ok(Some(Change { what, kind: ChangeKind::Create, before: None, after: Some(after) }))
}

/// The registry's other repositories, by what the change means for them.
async fn others(
    context: &Context,
    aws: &Aws,
    before: &ScanningConfiguration,
    after: &ScanningConfiguration,
) -> ScanningPreview {
    let names = repositories::names(aws).await.ok();
    let complete = names.is_some();
    let mut others: Vec<_> = names.unwrap_or_default();
    others.retain(|name| !context.is_of_run(name));
    others.sort();
    let kept = after.clone().without_filter(&context.plan.filter);
    let of = |configuration: &ScanningConfiguration, name: &str| {
        let (_, filters) = configuration.applied(name)?;
        let filters = filters.into_iter().map(str::to_owned).collect();
        Some(MatchedRepository { name: name.to_owned(), filters })
    };
    let collect = |matched: &dyn Fn(&str) -> Option<MatchedRepository>| {
        others.iter().filter_map(|name| matched(name)).collect::<Vec<_>>()
    };
    let filter = &context.plan.filter;
    ScanningPreview {
        before: before.clone(),
        after: after.clone(),
        matched: collect(&|name| {
            let matched = || MatchedRepository { name: name.to_owned(), filters: vec![filter.clone()] };
            filters::matches(filter, name).then(matched)
        }),
        kept: collect(&|name| if before.is_enhanced() { None } else { of(&kept, name) }),
        dropped: collect(&|name| if after.applied(name).is_some() { None } else { of(before, name) }),
        complete,
        irreversible: Vec::new(),
    }
}

fn warnings(context: &Context, read: &RegistryRead, changing: &Changing, scanning: &ScanningPreview) -> Vec<Message> {
    let plan = &context.plan;
    let Changing { before, after, .. } = changing;
    let mut warnings = Vec::new();
    if before.is_enhanced() && before.rules.is_empty() {
        warnings.push(Message::new("warning-no-rules"));
    }
    if !read.others.complete {
        warnings.push(Message::new("warning-other-runs-unknown"));
    }
    if !read.others.runs.is_empty() {
        warnings.push(Message::new("warning-other-runs").with("runs", read.others.summary()));
    }
    if !after.keeps(before) {
        warnings.push(Message::new("warning-rules-replaced").with("configuration", before.summary()));
    }
    for name in [&plan.sandbox, &plan.shared] {
        if let Some((_, filters)) = after.applied(name) {
            let warning = Message::new("warning-kept-rule-matches").with("name", name);
            warnings.push(warning.with("filters", filters.join(", ")));
        }
    }
    if !scanning.complete {
        warnings.push(Message::new("warning-others-unknown").with("filter", &plan.filter));
    }
    for (id, matched) in [
        ("warning-filter-matches-others", &scanning.matched),
        ("warning-kept-rules-cost", &scanning.kept),
        ("warning-repositories-dropped", &scanning.dropped),
    ] {
        if !matched.is_empty() {
            let names: Vec<_> = matched.iter().map(|matched| matched.name.as_str()).collect();
            let warning = Message::new(id).with("count", names.len()).with("filter", &plan.filter);
            warnings.push(warning.with("names", names.join(", ")));
        }
    }
    warnings.extend(scanning.irreversible.iter().cloned());
    warnings
}
