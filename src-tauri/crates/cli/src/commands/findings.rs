//! `imagelab findings`: the findings of the newest run.

use std::{
    io::{self, BufWriter, Write},
    sync::Arc,
};

use findings::{
    Filter, FindingsError, Operator, Property, Query, Scan, Scope, Severity, Sort, Store, Timestamp, Token, View,
    export,
};
use i18n::Message;
use lab::{Code, Problem, Records, RunInfo, report};
use launcher::Folder;

use super::finish::{output_error, print};
use crate::{
    args::{Findings, Format},
    console::{Console, ignore_broken_pipe},
    failure::{Exit, Failure},
    show,
};

pub(super) async fn run(options: Findings, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    let no_run = || Failure::wrong_use(Problem::new(Code::CliNoFindings));
    let records = Records::open(&folder.lab()).await?.ok_or_else(no_run)?;
    let run = records.newest()?.ok_or_else(no_run)?;
    if let Some(name) = options.repository.as_deref().filter(|name| !run.plan.repositories().contains(name)) {
        let repositories = run.plan.repositories().join(", ");
        return Err(Failure::wrong_use(
            Problem::new(Code::CliNoRepository).with("name", name).with("known", repositories),
        ));
    }
    let (store, console) = (records.findings().clone(), Arc::clone(console));
    let result = tokio::task::spawn_blocking(move || show(&store, &run, &options, &console)).await;
    match result {
        Ok(result) => result.map(|()| Exit::Met),
        Err(panic) => std::panic::resume_unwind(panic.into_panic()),
    }
}

fn show(store: &Store, run: &RunInfo, options: &Findings, console: &Console) -> Result<(), Failure> {
    let scans = scans(store, run, options.repository.as_deref()).map_err(read_error)?;
    if scans.is_empty() {
        // The explanation goes to standard error; the result is empty but well formed.
        let id = if options.repository.is_some() { "cli-not-scanned" } else { "cli-nothing-scanned" };
        let name = options.repository.as_deref().unwrap_or_default();
        console.message(&Message::new(id).with("name", name));
    }
    let format = match options.format {
        Format::Table => return table(store, &scans, options, console),
        Format::Json => export::Format::Json,
        Format::Csv => export::Format::Csv,
        Format::Sarif => export::Format::Sarif,
    };
    let header = report::header(run.mode, console.localizer(), Timestamp::from(time::OffsetDateTime::now_utc()));
    let mut out = BufWriter::new(io::stdout().lock());
    if options.excel {
        let marked = out.write_all(format.mark_for_spreadsheets());
        ignore_broken_pipe(marked).map_err(|error| output_error(&error))?;
    }
    match export::export(store, &query(&scans, options), &header, format, &mut out) {
        Err(FindingsError::Write(error)) => ignore_broken_pipe(Err(error)).map_err(|error| output_error(&error)),
        Err(FindingsError::Json(error)) if error.io_error_kind() == Some(io::ErrorKind::BrokenPipe) => Ok(()),
        Err(error) => Err(read_error(error)),
        Ok(()) => ignore_broken_pipe(out.flush()).map_err(|error| output_error(&error)),
    }
}

/// The run's finished scans, in the order in which they started.
fn scans(store: &Store, run: &RunInfo, repository: Option<&str>) -> Result<Vec<Scan>, FindingsError> {
    let mut scans = store.scans()?;
    let id = run.id.to_string();
    scans.retain(|scan| scan.key.run == id && scan.finished_at.is_some());
    scans.retain(|scan| repository.is_none_or(|name| scan.key.repository == name));
    scans.reverse();
    Ok(scans)
}

/// The query for the findings of these scans with the selected severities. For an image that another run scanned too, the
/// newest scan counts.
fn query(scans: &[Scan], options: &Findings) -> Query {
    let images = scans.iter().map(|scan| {
        Filter::all([
            Token::new(Property::Repository, Operator::Equals, &scan.key.repository),
            Token::new(Property::Digest, Operator::Equals, &scan.key.digest),
        ])
    });
    let mut of_images = Filter::any([]);
    of_images.groups.extend(images);
    if scans.is_empty() {
        // An empty group would match everything.
        of_images.tokens.push(Token::new(Property::Digest, Operator::Equals, "none"));
    }
    let mut filter = severities(&options.severity);
    filter.groups.push(of_images);
    Query { filter, scope: Scope::default(), ..Query::default() }
}

fn severities(selected: &[Severity]) -> Filter {
    let mut filter = Filter::default();
    if !selected.is_empty() {
        let tokens = selected.iter().map(|one| Token::new(Property::Severity, Operator::Equals, one.as_str()));
        filter.groups.push(Filter::any(tokens));
    }
    filter
}

fn table(store: &Store, scans: &[Scan], options: &Findings, console: &Console) -> Result<(), Failure> {
    for scan in scans {
        let order = [Property::Severity, Property::Score, Property::Epss];
        let mut query = Query {
            filter: severities(&options.severity),
            view: View::Unique,
            sort: order.into_iter().map(|by| Sort { by, descending: true }).collect(),
            page_size: 1000,
            ..Query::of_scan(scan.id)
        };
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
        let title = Message::new("cli-findings-of")
            .with("repository", &scan.key.repository)
            .with("digest", show::short(&scan.key.digest))
            .with("findings", matched.findings)
            .with("unique", matched.unique);
        let localizer = console.localizer();
        let lines = if rows.is_empty() { String::new() } else { show::vulnerabilities(localizer, &rows) + "\n" };
        print(console, &format!("{}\n{lines}\n", localizer.text(&title)))?;
    }
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "it is passed to map_err")]
fn read_error(error: FindingsError) -> Failure {
    Failure::went_wrong(Problem::new(Code::ReportFindings).details(error.to_string()))
}
