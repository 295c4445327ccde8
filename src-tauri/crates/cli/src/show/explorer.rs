//! What the explorer reads: repositories, images, a comparison, and which images have a vulnerability; as tables and as JSON.

use findings::{ComparedRow, Comparison, DiffStatus};
use i18n::{
    Localizer, Message,
    format::{NONE, moment, or_none},
};
use lab::{
    ExploredImage, ExploredRegistry, FindingsReason, ImagePresence, ImageScan, Presence, Problem, ScanState,
    Whereabouts, report,
};
use serde_json::{Value, json};

use super::tables::{short, table};

/// The registry and its repositories.
pub(crate) fn registry(localizer: &Localizer, registry: &ExploredRegistry) -> String {
    let caller = &registry.caller;
    let head = Message::new("explore-registry")
        .with("account", caller.account.as_str())
        .with("region", caller.region.as_str())
        .with("scanning", registry.scan_type.clone().unwrap_or_else(|| localizer.text_by_id(NOT_READ)));
    let mut text = localizer.text(&head) + "\n";
    if let Some(endpoint) = &caller.endpoint {
        text += &(localizer.text(&Message::new("explore-endpoint").with("endpoint", endpoint)) + "\n");
    }
    if registry.repositories.is_empty() {
        return text + &localizer.text_by_id("explore-no-repositories") + "\n";
    }
    let rows = registry.repositories.iter().map(|repository| {
        let watched = match repository.watched {
            Some(true) => "report-yes",
            Some(false) => "report-no",
            None => NOT_READ,
        };
        let filters = if repository.filters.is_empty() { NONE.to_owned() } else { repository.filters.join(", ") };
        vec![
            repository.name.clone(),
            localizer.text_by_id(watched),
            or_none(repository.scan_frequency.clone(), |frequency| frequency),
            filters,
        ]
    });
    let headings = ["report-repository", "report-watched", "explore-frequency", "explore-filters"];
    text += &table(localizer, &headings, &[], &[1], rows.collect());
    text + "\n"
}

/// The images of a repository.
pub(crate) fn images(localizer: &Localizer, repository: &str, images: &[ExploredImage]) -> String {
    if images.is_empty() {
        return localizer.text(&Message::new("explore-empty").with("name", repository)) + "\n";
    }
    let rows = images
        .iter()
        .map(|image| vec![tags(image), short(&image.digest), pushed(image), state(localizer, &image.scan)]);
    let headings = ["explore-tags", "report-digest", "explore-pushed", "explore-scan"];
    table(localizer, &headings, &[], &[1], rows.collect()) + "\n"
}

/// Which images have a vulnerability.
pub(crate) fn whereabouts(localizer: &Localizer, whereabouts: &Whereabouts) -> String {
    let images = || whereabouts.repositories.iter().flat_map(|repository| &repository.images);
    let count = |presence| images().filter(|image| image.presence == presence).count();
    let head = Message::new("explore-whereabouts")
        .with("vulnerability", whereabouts.vulnerability.as_str())
        .with("present", count(Presence::Present))
        .with("unknown", count(Presence::NotScanned))
        .with("absent", count(Presence::Absent));
    let mut rows = Vec::new();
    for repository in &whereabouts.repositories {
        if repository.images.is_empty() {
            let unlisted = repository.problem.is_some() && repository.presence == Presence::NotScanned;
            let presence = localizer.text_by_id(if unlisted { NOT_READ } else { repository.presence.message_id() });
            rows.push(vec![repository.name.clone(), NONE.to_owned(), presence, NONE.to_owned()]);
        }
        rows.extend(repository.images.iter().map(|image| image_row(localizer, &repository.name, image)));
    }
    let text = localizer.text(&head) + "\n";
    if rows.is_empty() {
        return text + &localizer.text_by_id("explore-no-repositories") + "\n";
    }
    let headings = ["report-repository", "report-image", "explore-presence", "report-package"];
    text + &table(localizer, &headings, &[], &[], rows) + "\n"
}

fn image_row(localizer: &Localizer, repository: &str, image: &ImagePresence) -> Vec<String> {
    let presence = match image.presence {
        Presence::Present if image.suppressed => localizer.text_by_id("explore-suppressed"),
        Presence::NotScanned if image.image.scan.state == ScanState::Scanned => {
            localizer.text_by_id("report-not-assessed")
        }
        Presence::NotScanned => state(localizer, &image.image.scan),
        presence => localizer.text_by_id(presence.message_id()),
    };
    let name = image.image.tags.first().map_or_else(|| short(&image.image.digest), Clone::clone);
    let packages = if image.packages.is_empty() { NONE.to_owned() } else { image.packages.join(", ") };
    vec![repository.to_owned(), name, presence, packages]
}

/// The differences between two images.
pub(crate) fn comparison(
    localizer: &Localizer,
    (before, after): (&str, &str),
    comparison: &Comparison,
    rows: &[(DiffStatus, Vec<ComparedRow>)],
) -> String {
    let counts = Message::new("explore-comparison")
        .with("before", before)
        .with("after", after)
        .with("fixed", comparison.vulnerabilities.fixed)
        .with("new", comparison.vulnerabilities.new)
        .with("remaining", comparison.vulnerabilities.remaining);
    let mut lines = Vec::new();
    for (status, rows) in rows {
        let status = localizer.text_by_id(status_id(*status));
        lines.extend(rows.iter().map(|row| {
            vec![
                status.clone(),
                row.severity.as_str().to_owned(),
                row.vulnerability_id.as_deref().unwrap_or(&row.title).to_owned(),
                or_none(row.package.as_deref(), str::to_owned),
            ]
        }));
    }
    let pairs = Message::new("report-fate-pairs")
        .with("fixed", comparison.fixed.total)
        .with("new", comparison.new.total)
        .with("remaining", comparison.remaining.total);
    let text = format!("{}\n{}\n", localizer.text(&counts), localizer.text(&pairs));
    if lines.is_empty() {
        return text;
    }
    let headings = ["explore-difference", "report-severity", "report-vulnerability", "report-package"];
    text + &table(localizer, &headings, &[], &[1, 2], lines) + "\n"
}

/// The state of an image's scan, with the service's word for the reason.
pub(crate) fn state(localizer: &Localizer, scan: &ImageScan) -> String {
    let is_partial = scan.state == ScanState::Scanned && !scan.is_complete();
    let state = localizer.text_by_id(if is_partial { "report-not-assessed" } else { scan.state.message_id() });
    match &scan.reason {
        Some(reason) if reason != "SUCCESSFUL" => format!("{state} ({reason})"),
        _ => state,
    }
}

/// What the scan of an image assessed.
pub(crate) fn assessed(localizer: &Localizer, image: &ExploredImage) -> String {
    let assessed = report::assessed(localizer, image.scan.assessment.as_ref());
    localizer.text(&Message::new("report-assessed").with("repository", image.name()).with("assessed", assessed))
}

fn tags(image: &ExploredImage) -> String {
    if image.tags.is_empty() { NONE.to_owned() } else { image.tags.join(", ") }
}

fn pushed(image: &ExploredImage) -> String {
    or_none(image.pushed_at, |at| moment(&at.to_string()))
}

/// The text for what could not be read.
const NOT_READ: &str = FindingsReason::NotRead.message_id();

const fn status_id(status: DiffStatus) -> &'static str {
    match status {
        DiffStatus::Fixed => "report-fate-fixed",
        DiffStatus::New => "report-fate-new",
        DiffStatus::Remaining => "report-fate-remaining",
    }
}

/// The registry, for programs.
pub(crate) fn registry_json(registry: &ExploredRegistry, localizer: &Localizer) -> Value {
    json!({
        "account": registry.caller.account,
        "region": registry.caller.region,
        "scan_type": registry.scan_type,
        "repositories": registry.repositories.iter().map(|repository| json!({
            "name": repository.name,
            "uri": repository.uri,
            "watched": repository.watched,
            "scan_frequency": repository.scan_frequency,
            "filters": repository.filters,
        })).collect::<Vec<_>>(),
        "unread": registry.unread.iter().map(|problem| problem_json(problem, localizer)).collect::<Vec<_>>(),
    })
}

/// An image, for programs.
pub(crate) fn image_json(image: &ExploredImage) -> Value {
    json!({
        "repository": image.repository,
        "digest": image.digest,
        "tags": image.tags,
        "size": image.size,
        "pushed_at": image.pushed_at,
        "scan": image.scan.state,
        "reason": image.scan.reason,
        "assessment": image.scan.assessment.as_ref().map(report::assessment),
        "last_scanned_at": image.scan.last_scanned_at,
    })
}

/// Which images have a vulnerability, for programs.
pub(crate) fn whereabouts_json(whereabouts: &Whereabouts, localizer: &Localizer) -> Value {
    let image = |image: &ImagePresence| {
        let mut value = image_json(&image.image);
        value["presence"] = json!(image.presence);
        value["severity"] = json!(image.severity);
        value["packages"] = json!(image.packages);
        value["suppressed"] = json!(image.suppressed);
        value
    };
    let problem = |problem: &Option<Problem>| problem.as_ref().map(|problem| problem_json(problem, localizer));
    json!({
        "vulnerability": whereabouts.vulnerability,
        "repositories": whereabouts.repositories.iter().map(|repository| json!({
            "name": repository.name,
            "presence": repository.presence,
            "images": repository.images.iter().map(image).collect::<Vec<_>>(),
            "problem": problem(&repository.problem),
        })).collect::<Vec<_>>(),
        "unread": problem(&whereabouts.unread),
    })
}

/// A comparison, for programs.
pub(crate) fn comparison_json(
    (before, after): (&ExploredImage, &ExploredImage),
    rows: &[(DiffStatus, Vec<ComparedRow>)],
) -> Value {
    let mut value = json!({ "before": image_json(before), "after": image_json(after) });
    for (status, rows) in rows {
        let name = match status {
            DiffStatus::Fixed => "fixed",
            DiffStatus::New => "new",
            DiffStatus::Remaining => "remaining",
        };
        value[name] = json!(rows);
    }
    value
}

fn problem_json(problem: &Problem, localizer: &Localizer) -> Value {
    json!({
        "code": problem.code,
        "message": localizer.text(&problem.message),
        "hint": localizer.text(&problem.hint),
        "details": problem.details,
    })
}
