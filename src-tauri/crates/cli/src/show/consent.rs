//! What a user is shown before they consent: the account, every change, what is scanned and billed, and what the clean-up undoes.

use i18n::Message;
use lab::{AccountAlias, Caution, RunPreview, ScanningCost};

use super::preview::preview;
use crate::console::{Console, Tone};

/// The preview of a run, as lines.
pub(crate) fn consent(console: &Console, run: &RunPreview) -> String {
    let localizer = console.localizer();
    let mut lines = account(console, run);
    lines.extend(
        run.cautions
            .iter()
            .map(|caution| console.coloured(Tone::Bad, &format!("! {}", localizer.text(&caution_message(caution))))),
    );
    let previews: Vec<_> = run.steps.iter().map(|step| &step.preview).collect();
    lines.push(preview(console, &previews));
    if let Some(scanning) = &run.scanning {
        lines.extend(scanned(console, scanning));
    }
    for (heading, messages) in [("consent-undone", &run.undone), ("consent-lasting", &run.lasting)] {
        if !messages.is_empty() {
            lines.push(console.coloured(Tone::Strong, &localizer.text_by_id(heading)));
            lines.extend(messages.iter().map(|message| format!("  {}", localizer.text(message))));
        }
    }
    lines.join("\n")
}

/// Why the account needs a second confirmation.
fn caution_message(caution: &Caution) -> Message {
    match caution {
        Caution::NeverHere => Message::new("caution-never-here"),
        Caution::Production { of, name } => {
            Message::new("caution-production").with("of", of.as_str()).with("name", name.as_str())
        }
    }
}

fn account(console: &Console, run: &RunPreview) -> Vec<String> {
    let localizer = console.localizer();
    let alias = match &run.alias {
        AccountAlias::Named { name } => name.clone(),
        AccountAlias::Unnamed => localizer.text_by_id("consent-alias-none"),
        AccountAlias::NotRead => localizer.text_by_id("consent-alias-not-read"),
    };
    let endpoint = match &run.endpoint {
        Some(endpoint) => localizer.text(&Message::new("consent-endpoint-other").with("endpoint", endpoint.as_str())),
        None => localizer.text_by_id("consent-endpoint-aws"),
    };
    let facts = [
        ("account", run.account.clone()),
        ("consent-alias", alias),
        ("consent-principal", run.principal.clone()),
        ("region", run.region.clone()),
        ("consent-endpoint", endpoint),
    ];
    facts.into_iter().map(|(label, value)| format!("{}: {value}", localizer.text_by_id(label))).collect()
}

fn scanned(console: &Console, scanning: &ScanningCost) -> Vec<String> {
    let localizer = console.localizer();
    let mut lines = vec![console.coloured(Tone::Strong, &localizer.text_by_id("consent-scanned"))];
    match &scanning.others {
        None => lines.push(format!("  {}", localizer.text_by_id("consent-scanned-unknown"))),
        Some(others) if others.is_empty() => lines.push(format!("  {}", localizer.text_by_id("consent-scanned-none"))),
        Some(others) => lines.extend(others.iter().map(|other| {
            let images = match other.images {
                Some(images) => localizer.text(&Message::new("consent-scanned-images").with("images", images)),
                None => localizer.text_by_id("consent-scanned-images-unknown"),
            };
            format!("  {}: {images}", other.name)
        })),
    }
    lines.push(console.coloured(Tone::Strong, &localizer.text_by_id("consent-estimate")));
    lines.push(format!("  {} {}", localizer.text(&scanning.estimate), scanning.pricing_page));
    lines
}
