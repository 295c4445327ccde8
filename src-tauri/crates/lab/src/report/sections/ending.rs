//! The end of the page: the receipt of the clean-up, the transcript, and the data sources.

use i18n::{Localizer, Message};

use super::{cell, section, table};
use crate::report::{ReportInput, markup::Markup, sources::attributions};
use crate::transcript::{Ending, Entry, Service};

/// Writes the receipt of the clean-up, if it was run.
pub(in crate::report) fn receipt(page: &mut Markup, words: &Localizer, input: &ReportInput) {
    section(page, &words.text_by_id("report-receipt"), |section| {
        let Some(receipt) = &input.outcome.receipt else {
            section.element("p", &[], &words.text_by_id("report-receipt-none"));
            return;
        };
        let (class, id) =
            if receipt.restored { ("met", "report-restored") } else { ("unknown", "report-not-restored") };
        section.element("p", &[("class", class)], &words.text_by_id(id));
        if !receipt.deleted.is_empty() {
            section.element("h3", &[], &words.text_by_id("report-deleted"));
            section.within("ul", &[("class", "plain")], |list| {
                for deleted in &receipt.deleted {
                    list.within("li", &[], |item| {
                        item.text(&words.text_by_id(deleted.kind.message_id())).text(" ").element(
                            "code",
                            &[],
                            &deleted.name,
                        );
                    });
                }
            });
        }
        if !receipt.kept.is_empty() {
            section.element("h3", &[], &words.text_by_id("report-kept"));
            section.within("ul", &[("class", "plain")], |list| {
                for kept in &receipt.kept {
                    list.within("li", &[], |item| {
                        item.text(&words.text_by_id(kept.kind.message_id())).text(" ").element("code", &[], &kept.what);
                        item.text(" — ").text(&words.text(&kept.why));
                    });
                }
            });
        }
    });
}

/// Writes all recorded calls and commands: an appendix, which is printed if it is opened before.
pub(in crate::report) fn transcript(page: &mut Markup, words: &Localizer, input: &ReportInput) {
    if input.transcript.is_empty() {
        return;
    }
    let columns = [
        ("report-time", "fit"),
        ("report-service", "fit"),
        ("report-operation", ""),
        ("report-detail", ""),
        ("report-duration", "n"),
        ("report-ending", "fit"),
    ];
    page.within("section", &[("class", "appendix")], |section| {
        section.element("h2", &[], &words.text_by_id("report-transcript"));
        section.element("p", &[("class", "soft small screen")], &words.text_by_id("report-transcript-print"));
        let count = Message::new("report-transcript-count").with("count", input.transcript.len());
        section.within("details", &[], |details| {
            details.element("summary", &[], &words.text(&count));
            table(details, words, &columns, |body| {
                for entry in &input.transcript {
                    body.within("tr", &[], |row| call(row, words, entry));
                }
            });
        });
    });
}

fn call(row: &mut Markup, words: &Localizer, entry: &Entry) {
    let time = entry.started_at.to_string();
    cell(row, "fit mono", time.get(11..19).unwrap_or(&time));
    cell(row, "fit", service(entry.service));
    cell(row, "mono", &entry.operation);
    cell(row, "mono", &entry.detail);
    cell(row, "n", &words.text(&Message::new("report-millis").with("millis", entry.millis)));
    match &entry.ending {
        Ending::Ok => cell(row, "fit met", &words.text_by_id("report-ended-well")),
        Ending::Error { code, message } => {
            row.within("td", &[("class", "not-met")], |cell| {
                cell.element("code", &[], code).text(" ").text(message);
            });
        }
        Ending::Cancelled => cell(row, "fit unknown", &words.text_by_id("report-state-cancelled")),
    }
}

fn service(service: Service) -> &'static str {
    match service {
        Service::Ecr => "Amazon ECR",
        Service::Inspector => "Amazon Inspector",
        Service::Iam => "AWS IAM",
        Service::Sts => "AWS STS",
        Service::Engine => "Docker Engine API",
        Service::Lab => "imagelab",
    }
}

/// Writes the data sources and their licences.
pub(in crate::report) fn sources(page: &mut Markup, words: &Localizer) {
    section(page, &words.text_by_id("report-sources"), |section| {
        section.element("p", &[("class", "soft")], &words.text_by_id("report-sources-why"));
        section.within("ul", &[("class", "plain")], |list| {
            for source in attributions() {
                list.within("li", &[], |item| {
                    item.link(&source.url, &source.name).text(" — ").text(&source.licence);
                });
            }
        });
    });
}
