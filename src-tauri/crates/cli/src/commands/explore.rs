//! `imagelab explore`: any repository of a registry, without a run. Only reads; keeps nothing.

use std::sync::Arc;

use findings::{DiffStatus, Query, Store};
use lab::{Code, ExploredImage, Explorer, ImageIdentity, Mode, OpenedImage, Problem, Progress, report};
use launcher::{Cloud, Folder};
use redaction::Redactor;
use serde_json::{Value, json};

use super::{
    export::Export,
    findings::{ensure_excel_reads, severities, vulnerabilities},
    finish::{output_error, print, print_json, read_error},
    run::{ensure_profile_is_used, signal_error},
};
use crate::{
    args::{self, Explore, Format},
    console::Console,
    failure::{Exit, Failure},
    show::{explorer as show, practice_clock},
    stop,
};

pub(super) async fn run(options: Explore, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    let mode = match options.mode {
        args::Mode::Practice => Mode::Practice,
        args::Mode::Aws => Mode::Aws,
    };
    ensure_options_are_used(&options, mode)?;
    let stop = stop::on_signals(console, "cli-stopping").map_err(|error| signal_error(&error))?;
    let cloud = tokio::select! {
        () = stop.cancelled() => return Err(Failure::Cancelled),
        cloud = Cloud::open(folder, mode, options.profile.clone(), options.region.clone()) => cloud?,
    };
    console.notices(&cloud.notices);
    practice_clock(console, cloud.practice_clock());
    let result = tokio::select! {
        () = stop.cancelled() => Err(Failure::Cancelled),
        result = explore(&options, console, &cloud) => result,
    };
    cloud.close().await;
    result
}

/// An option that would do nothing is an error.
fn ensure_options_are_used(options: &Explore, mode: Mode) -> Result<(), Failure> {
    ensure_profile_is_used(mode, options.profile.as_deref())?;
    ensure_excel_reads(options.format, options.excel)?;
    let image = options.image.as_deref().filter(|_| options.compare.is_none());
    if image.is_some_and(|image| identity(image).1.is_some()) {
        return Ok(());
    }
    match image {
        _ if matches!(options.format, Format::Csv | Format::Sarif) => {
            Err(Failure::wrong_use(Problem::new(Code::ExploreFormat)))
        }
        Some(image) if !options.severity.is_empty() => {
            Err(Failure::wrong_use(Problem::new(Code::ExploreNoTag).with("name", image)))
        }
        _ => Ok(()),
    }
}

async fn explore(options: &Explore, console: &Arc<Console>, cloud: &Cloud) -> Result<Exit, Failure> {
    // What is read is kept for as long as the command runs.
    let temporary = tempfile::tempdir().map_err(|error| output_error(&error))?;
    let store = Store::open(temporary.path().join("findings.db")).map_err(read_error)?;
    let explorer = Explorer::connect(&cloud.aws, &cloud.findings_origin, store).await?;
    let redactor = redactor(options, &explorer, cloud.mode);
    let command = Command { options, console, explorer: &explorer, mode: cloud.mode, redactor: &redactor };
    match (&options.vulnerability, &options.image, &options.compare) {
        (Some(vulnerability), ..) => command.whereabouts(vulnerability).await,
        (None, None, _) => command.registry().await,
        (None, Some(image), None) if identity(image).1.is_none() => command.images(image).await,
        (None, Some(image), None) => command.findings(image).await,
        (None, Some(before), Some(after)) => command.compare(before, after).await,
    }
}

fn redactor(options: &Explore, explorer: &Explorer, mode: Mode) -> Redactor {
    if !options.mask {
        return Redactor::off();
    }
    let caller = explorer.caller();
    let mut redactor = report::registry_redactor(&caller.account, mode);
    redactor.learn(&caller.arn);
    redactor
}

/// A repository and, if one is named, an image in it: `name`, `name:tag`, `name@sha256:…`. Names of repositories contain neither
/// `:` nor `@`.
fn identity(text: &str) -> (&str, Option<ImageIdentity<'_>>) {
    match (text.split_once('@'), text.split_once(':')) {
        (Some((name, digest)), _) => (name, Some(ImageIdentity::Digest(digest))),
        (None, Some((name, tag))) => (name, Some(ImageIdentity::Tag(tag))),
        (None, None) => (text, None),
    }
}

struct Command<'a> {
    options: &'a Explore,
    console: &'a Arc<Console>,
    explorer: &'a Explorer,
    mode: Mode,
    redactor: &'a Redactor,
}

impl Command<'_> {
    async fn registry(&self) -> Result<Exit, Failure> {
        let registry = self.explorer.registry().await?;
        let text = show::registry(self.console.localizer(), &registry);
        self.print(&text, || show::registry_json(&registry, self.console.localizer()))?;
        Ok(self.unread(&registry.unread))
    }

    async fn images(&self, repository: &str) -> Result<Exit, Failure> {
        let images = self.explorer.images(repository).await?;
        let text = show::images(self.console.localizer(), repository, &images);
        self.print(&text, || json!({ "images": images.iter().map(show::image_json).collect::<Vec<_>>() }))?;
        let unread: Vec<_> = images.iter().filter_map(|image| image.scan.problem.clone()).take(1).collect();
        Ok(self.unread(&unread))
    }

    async fn whereabouts(&self, vulnerability: &str) -> Result<Exit, Failure> {
        let whereabouts = self.explorer.whereabouts(vulnerability).await?;
        let text = show::whereabouts(self.console.localizer(), &whereabouts);
        self.print(&text, || show::whereabouts_json(&whereabouts, self.console.localizer()))?;
        let of_repositories = whereabouts.repositories.iter().filter_map(|repository| repository.problem.clone());
        let unread: Vec<_> = whereabouts.unread.iter().cloned().chain(of_repositories).collect();
        Ok(self.unread(&unread))
    }

    async fn findings(&self, image: &str) -> Result<Exit, Failure> {
        let OpenedImage { image, findings } = self.open(image).await?;
        let Some(scan) = findings else {
            self.without_findings(&image)?;
            return Ok(Exit::NotMet);
        };
        let complete = image.scan.is_complete();
        if !complete {
            self.state(&image);
        }
        self.console.line(&self.redactor.text(&show::assessed(self.console.localizer(), &image)));
        let filter = severities(&self.options.severity);
        let query = Query { filter, ..Query::of_scan(scan.id) };
        let store = self.explorer.findings().clone();
        let ended = if complete { Exit::Met } else { Exit::NotMet };
        let Some(format) = self.options.format.exported() else {
            let text = vulnerabilities(&store, &scan, query, self.console)?;
            self.print(&text, || Value::Null)?;
            return Ok(ended);
        };
        let (excel, mode, redactor) = (self.options.excel, self.mode, self.redactor.clone());
        let endpoint = self.explorer.caller().endpoint.clone();
        let assessed = vec![report::assessed_explored(self.console.localizer(), &image)];
        let export = Export { format, excel, mode, endpoint, redactor, assessed };
        let console = Arc::clone(self.console);
        match tokio::task::spawn_blocking(move || export.write(&store, &query, console.localizer())).await {
            Ok(written) => written.map(|()| ended),
            Err(panic) => std::panic::resume_unwind(panic.into_panic()),
        }
    }

    async fn compare(&self, before: &str, after: &str) -> Result<Exit, Failure> {
        let (before, after) = (self.open(before).await?, self.open(after).await?);
        let (Some(old), Some(new)) = (&before.findings, &after.findings) else {
            // What is not known cannot be compared.
            for image in [&before, &after].into_iter().filter(|opened| opened.findings.is_none()) {
                self.state(&image.image);
            }
            return Ok(Exit::NotMet);
        };
        let (store, scopes) = (self.explorer.findings(), (scope(old), scope(new)));
        let comparison = store.compare(&scopes.0, &scopes.1).map_err(read_error)?;
        let mut rows = Vec::new();
        for status in [DiffStatus::Fixed, DiffStatus::New, DiffStatus::Remaining] {
            rows.push((status, report::compared(store, &scopes.0, &scopes.1, status).map_err(read_error)?));
        }
        let names = (before.image.name(), after.image.name());
        let text = show::comparison(self.console.localizer(), (&names.0, &names.1), &comparison, &rows);
        self.print(&text, || show::comparison_json((&before.image, &after.image), &rows))?;
        // What was not assessed may have what the comparison does not find in it.
        let incomplete = [&before, &after].into_iter().filter(|opened| !opened.image.scan.is_complete());
        Ok(incomplete.fold(Exit::Met, |_, opened| {
            self.state(&opened.image);
            Exit::NotMet
        }))
    }

    async fn open(&self, image: &str) -> Result<OpenedImage, Failure> {
        let (repository, Some(identity)) = identity(image) else {
            return Err(Failure::wrong_use(Problem::new(Code::ExploreNoTag).with("name", image)));
        };
        Ok(self.explorer.open(repository, identity, &() as &dyn Progress).await?)
    }

    /// There are no findings to show, which is not the same as no findings: a file of an empty list would say so.
    fn without_findings(&self, image: &ExploredImage) -> Result<(), Failure> {
        self.state(image);
        if image.scan.assessment.is_some() {
            self.console.line(&self.redactor.text(&show::assessed(self.console.localizer(), image)));
        }
        if self.options.format == Format::Json {
            let value = json!({
                "image": show::image_json(image),
                "findings": null,
                "findings_reason": image.scan.state,
            });
            self.print("", || value)?;
        }
        Ok(())
    }

    /// Says the state of an image's scan on standard error.
    fn state(&self, image: &ExploredImage) {
        let localizer = self.console.localizer();
        let text = format!("{}: {}", image.name(), show::state(localizer, &image.scan));
        self.console.line(&self.redactor.text(&text));
    }

    /// Says on standard error what could not be read.
    fn unread(&self, problems: &[Problem]) -> Exit {
        for problem in problems {
            let text = crate::failure::problem_text(problem, self.console.localizer());
            self.console.line(&self.redactor.text(&text));
        }
        if problems.is_empty() { Exit::Met } else { Exit::NotMet }
    }

    /// Prints the text or, if that was chosen, the JSON.
    fn print(&self, text: &str, json: impl FnOnce() -> Value) -> Result<(), Failure> {
        match self.options.format {
            Format::Json => {
                let mut value = json();
                self.redactor.json(&mut value);
                print_json(self.console, &value)
            }
            _ => print(self.console, &self.redactor.text(text)),
        }
    }
}

fn scope(scan: &findings::Scan) -> findings::Scope {
    findings::Scope::Scan(scan.id)
}
