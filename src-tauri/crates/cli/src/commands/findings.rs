//! `imagelab findings`: what the scans of the newest run found.

use std::{
    io::{self, BufWriter, Write},
    sync::Arc,
};

use findings::{
    Filter, FindingsError, Operator, Property, Query, Scan, Scope, Severity, Sort, Store, Timestamp, Token, View,
    export,
};
use i18n::Message;
use lab::{Code, Lab, Problem, RunInfo, report};
use launcher::Folder;

use super::finish::{print, unprintable};
use crate::{
    args::{Findings, Format},
    console::{Console, gone_is_fine},
    failure::{Exit, Failure},
    show,
};

pub(super) async fn run(options: Findings, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    let lab = Lab::open(&folder.lab()).await?;
    let Some(run) = lab.newest()? else {
        return Err(Failure::wrong_use(Problem::new(Code::CliNoFindings)));
    };
    if let Some(name) = options.repository.as_deref().filter(|name| !run.plan.repositories().contains(name)) {
        let known = run.plan.repositories().join(", ");
        return Err(Failure::wrong_use(Problem::new(Code::CliNoRepository).with("name", name).with("known", known)));
    }
    let (store, console) = (lab.findings().clone(), Arc::clone(console));
    let shown = tokio::task::spawn_blocking(move || show(&store, &run, &options, &console)).await;
    match shown {
        Ok(shown) => shown.map(|()| Exit::Met),
        Err(broken) => std::panic::resume_unwind(broken.into_panic()),
    }
}

fn show(store: &Store, run: &RunInfo, options: &Findings, console: &Console) -> Result<(), Failure> {
    let scans = scans(store, run, options.repository.as_deref()).map_err(unreadable)?;
    if scans.is_empty() {
        // Said apart from the result, which is empty and well formed.
        let id = if options.repository.is_some() { "cli-not-scanned" } else { "cli-nothing-scanned" };
        let name = options.repository.as_deref().unwrap_or_default();
        console.say(&Message::new(id).with("name", name));
    }
    let format = match options.format {
        Format::Table => return table(store, &scans, options, console),
        Format::Json => export::Format::Json,
        Format::Csv => export::Format::Csv,
        Format::Sarif => export::Format::Sarif,
    };
    let header = report::header(run.mode, console.words(), Timestamp::from(time::OffsetDateTime::now_utc()));
    let mut out = BufWriter::new(io::stdout().lock());
    match export::export(store, &query(&scans, options), &header, format, &mut out) {
        Err(FindingsError::Write(error)) => gone_is_fine(Err(error)).map_err(|error| unprintable(&error)),
        Err(FindingsError::Json(error)) if error.io_error_kind() == Some(io::ErrorKind::BrokenPipe) => Ok(()),
        Err(error) => Err(unreadable(error)),
        Ok(()) => gone_is_fine(out.flush()).map_err(|error| unprintable(&error)),
    }
}

/// The run's finished scans, in the order in which they were begun.
fn scans(store: &Store, run: &RunInfo, repository: Option<&str>) -> Result<Vec<Scan>, FindingsError> {
    let mut scans = store.scans()?;
    let id = run.id.to_string();
    scans.retain(|scan| scan.key.run == id && scan.finished_at.is_some());
    scans.retain(|scan| repository.is_none_or(|name| scan.key.repository == name));
    scans.reverse();
    Ok(scans)
}

/// Everything that was asked for, of all these scans. An image that another run scanned too is shown as it was seen last.
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
        // An empty group would hold for everything.
        of_images.tokens.push(Token::new(Property::Digest, Operator::Equals, "none"));
    }
    let mut filter = severities(&options.severity);
    filter.groups.push(of_images);
    Query { filter, scope: Scope::default(), ..Query::default() }
}

fn severities(asked: &[Severity]) -> Filter {
    let mut filter = Filter::default();
    if !asked.is_empty() {
        let tokens = asked.iter().map(|one| Token::new(Property::Severity, Operator::Equals, one.as_str()));
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
            let page = store.query(&query).map_err(unreadable)?;
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
        let words = console.words();
        let lines = if rows.is_empty() { String::new() } else { show::vulnerabilities(words, &rows) + "\n" };
        print(console, &format!("{}\n{lines}\n", words.text(&title)))?;
    }
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn unreadable(error: FindingsError) -> Failure {
    Failure::went_wrong(Problem::new(Code::ReportFindings).details(error.to_string()))
}
