//! `imagelab findings`: the findings of the newest run.

use std::sync::Arc;

use findings::export::AssessedImage;
use findings::{Filter, Operator, Property, Query, Scan, Scope, Severity, Sort, Store, Token, View};
use i18n::Message;
use lab::{Code, ImageSelection, Problem, Records, RunInfo, ScannedImage, SelectedImages, report};
use launcher::Folder;
use redaction::{KnownValues, Redactor};
use serde_json::json;

use super::{
    export::Export,
    finish::{print, print_json, read_error},
};
use crate::{
    args::{Findings, Format},
    console::Console,
    failure::{Exit, Failure},
    show,
};

pub(super) async fn run(options: Findings, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    ensure_excel_reads(options.format, options.excel)?;
    let no_run = || Failure::wrong_use(Problem::new(Code::CliNoFindings));
    let records = Records::open(&folder.lab()).await?.ok_or_else(no_run)?;
    let run = records.newest()?.ok_or_else(no_run)?;
    if let Some(name) = options.repository.as_deref().filter(|name| !run.plan.repositories().contains(name)) {
        let repositories = run.plan.repositories().join(", ");
        return Err(Failure::wrong_use(
            Problem::new(Code::CliNoRepository).with("name", name).with("known", repositories),
        ));
    }
    let console = Arc::clone(console);
    let result = tokio::task::spawn_blocking(move || {
        // The paths in findings are those of images, never of this machine.
        let redactor = if options.mask { report::redactor(&run, KnownValues::default()) } else { Redactor::off() };
        show(&records, &run, &options, &redactor, &console)
    })
    .await;
    match result {
        Ok(result) => result,
        Err(panic) => std::panic::resume_unwind(panic.into_panic()),
    }
}

/// Only CSV is for spreadsheets: with another format the option would do nothing, which its user would find out in Excel.
pub(super) fn ensure_excel_reads(format: Format, excel: bool) -> Result<(), Failure> {
    if excel && format != Format::Csv {
        return Err(Failure::wrong_use(Problem::new(Code::CliExcelFormat)));
    }
    Ok(())
}

fn show(
    records: &Records,
    run: &RunInfo,
    options: &Findings,
    redactor: &Redactor,
    console: &Console,
) -> Result<Exit, Failure> {
    let store = records.findings();
    let scans: Vec<_> = select(records, run, options, console)?.into_iter().map(|image| image.scan).collect();
    if scans.is_empty() {
        without_findings(records, run, options, redactor, console)?;
        return Ok(Exit::NotMet);
    }
    let written = match options.format.exported() {
        None => table(store, &scans, options, redactor, console),
        Some(format) => {
            let scope = Scope::Scans(scans.iter().map(|scan| scan.id).collect());
            let query = Query { scope, filter: severities(&options.severity), ..Query::default() };
            let redactor = redactor.clone();
            let outcomes = records.outcomes(run)?;
            let is_chosen = |image: &AssessedImage| {
                scans.iter().any(|scan| (&scan.key.repository, &scan.key.digest) == (&image.repository, &image.digest))
            };
            let assessed = outcomes.iter().filter_map(|outcome| report::assessed_scanned(console.localizer(), outcome));
            let assessed = assessed.filter(is_chosen).collect();
            let (excel, endpoint) = (options.excel, run.endpoint.clone());
            let export = Export { format, excel, mode: run.mode, endpoint, redactor, assessed };
            export.write(store, &query, console.localizer())
        }
    };
    written?;
    for name in records.no_longer_watched(run)? {
        let text = console.localizer().text(&Message::new("report-watching-ended").with("repository", name));
        console.line(&redactor.text(&text));
    }
    Ok(Exit::Met)
}

/// There are no findings to show, which is not the same as no findings: a file of an empty list would say so.
fn without_findings(
    records: &Records,
    run: &RunInfo,
    options: &Findings,
    redactor: &Redactor,
    console: &Console,
) -> Result<(), Failure> {
    let mut unknown = records.unknown_findings(run)?;
    unknown.retain(|(name, _)| options.repository.as_ref().is_none_or(|chosen| chosen == name));
    for (name, reason) in &unknown {
        let text = format!("{name}: {}", console.localizer().text_by_id(reason.message_id()));
        console.line(&redactor.text(&text));
    }
    if options.format == Format::Json {
        let reasons: Vec<_> = unknown
            .iter()
            .map(|(name, reason)| json!({ "repository": name, "findings": null, "findings_reason": reason }))
            .collect();
        let reason = unknown.first().map(|(_, reason)| reason);
        let mut value = json!({ "findings": null, "findings_reason": reason, "repositories": reasons });
        redactor.json(&mut value);
        print_json(console, &value)?;
    }
    Ok(())
}

/// The selected images: by default the newest of each repository, so that what is fixed in it is not reported. Explanations go to
/// standard error. Nothing is selected where nothing was scanned or read.
fn select(
    records: &Records,
    run: &RunInfo,
    options: &Findings,
    console: &Console,
) -> Result<Vec<ScannedImage>, Failure> {
    let selection = ImageSelection {
        repository: options.repository.clone(),
        tag: options.tag.clone(),
        digest: options.digest.clone(),
    };
    let SelectedImages { chosen, others } = selection.of(records.scanned_images(run)?);
    let names = |images: &[ScannedImage]| images.iter().map(ScannedImage::name).collect::<Vec<_>>().join(", ");
    let chosen_by_name = options.tag.is_some() || options.digest.is_some();
    if chosen.is_empty() && others.is_empty() {
        let id = if options.repository.is_some() { "cli-not-scanned" } else { "cli-nothing-scanned" };
        let name = options.repository.as_deref().unwrap_or_default();
        console.message(&Message::new(id).with("name", name));
    } else if chosen.is_empty() {
        let name = options.tag.as_deref().or(options.digest.as_deref()).unwrap_or_default();
        let problem = Problem::new(Code::CliNoImage).with("name", name).with("known", names(&others));
        return Err(Failure::wrong_use(problem));
    } else if !others.is_empty() && !chosen_by_name {
        console.message(&Message::new("cli-older-images").with("images", names(&others)));
    }
    Ok(chosen)
}

pub(super) fn severities(selected: &[Severity]) -> Filter {
    let mut filter = Filter::default();
    if !selected.is_empty() {
        let tokens = selected.iter().map(|one| Token::new(Property::Severity, Operator::Equals, one.as_str()));
        filter.groups.push(Filter::any(tokens));
    }
    filter
}

fn table(
    store: &Store,
    scans: &[Scan],
    options: &Findings,
    redactor: &Redactor,
    console: &Console,
) -> Result<(), Failure> {
    for scan in scans {
        let query = Query { filter: severities(&options.severity), ..Query::of_scan(scan.id) };
        let text = vulnerabilities(store, scan, query, console)? + "\n";
        print(console, &redactor.text(&text))?;
    }
    Ok(())
}

/// The vulnerabilities that a query of a scan matches, as a table with a title, the most severe first.
pub(super) fn vulnerabilities(store: &Store, scan: &Scan, query: Query, console: &Console) -> Result<String, Failure> {
    let order = [Property::Severity, Property::Score, Property::Epss];
    let sort = order.into_iter().map(|by| Sort { by, descending: true }).collect();
    let mut query = Query { view: View::Unique, sort, page_size: 1000, ..query };
    let mut rows = Vec::new();
    let matched = loop {
        let page = store.query(&query).map_err(read_error)?;
        let last = page.rows.len() < query.page_size;
        rows.extend(page.rows);
        if last {
            break page.matched;
        }
        query.page += 1;
    };
    let suppressed = store.summary(&query).map_err(read_error)?.suppressed.findings;
    let title = Message::new("cli-findings-of")
        .with("repository", &scan.key.repository)
        .with("digest", show::short(&scan.key.digest))
        .with("findings", matched.findings)
        .with("unique", matched.unique);
    let localizer = console.localizer();
    let lines = if rows.is_empty() { String::new() } else { show::vulnerabilities(localizer, &rows) + "\n" };
    let suppressed = if suppressed == 0 {
        String::new()
    } else {
        let text = Message::new("report-suppressed-findings").with("repository", &scan.key.repository);
        localizer.text(&text.with("count", suppressed)) + "\n"
    };
    Ok(format!("{}\n{lines}{suppressed}", localizer.text(&title)))
}
