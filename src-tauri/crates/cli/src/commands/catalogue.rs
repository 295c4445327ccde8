//! `imagelab catalogue`: the vulnerabilities that the practice cloud knows. Imports advisories, shows what is imported, and
//! removes it.

use std::{ops::ControlFlow, sync::Arc};

use i18n::Message;
use launcher::{Folder, import_advisories, imported_advisories, remove_advisories};

use super::{
    finish::{print, print_json},
    run::signal_error,
};
use crate::{
    args::catalogue::{Catalogue, CatalogueAction, CatalogueImport},
    console::Console,
    failure::{Exit, Failure},
    show, stop,
};

pub(super) async fn run(options: Catalogue, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    match options.action {
        Some(CatalogueAction::Import(options)) => import(options, console, folder).await,
        Some(CatalogueAction::Reset) => reset(console, folder).await,
        Some(CatalogueAction::Show(options)) => show(options.json, console, folder).await,
        None => show(false, console, folder).await,
    }
}

async fn import(options: CatalogueImport, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    let stop = stop::on_signals(console, "cli-catalogue-stopping").map_err(|error| signal_error(&error))?;
    let names: Vec<_> = options.files.iter().map(|file| file.display().to_string()).collect();
    let mut bar = show::ImportBar::new(Arc::clone(console), names);
    let imported = import_advisories(folder, options.files, move |progress| {
        bar.advance(progress);
        if stop.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let Some(summary) = imported.await? else {
        console.message(&Message::new("cli-catalogue-unchanged"));
        return Err(Failure::Cancelled);
    };
    let message = Message::new("cli-catalogue-imported").with("entries", summary.entries);
    console.message(&message.with("date", &summary.date));
    print(console, &show::catalogue(console.localizer(), Some(&summary)))?;
    console.message(&Message::new("cli-catalogue-next"));
    Ok(Exit::Met)
}

async fn reset(console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    let removed = remove_advisories(folder).await?;
    console.message(&Message::new(if removed { "cli-catalogue-removed" } else { "cli-catalogue-none" }));
    Ok(Exit::Met)
}

async fn show(json: bool, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    let imported = imported_advisories(folder).await?;
    if json {
        print_json(console, &show::catalogue_json(imported.as_ref()))?;
    } else {
        print(console, &show::catalogue(console.localizer(), imported.as_ref()))?;
    }
    Ok(Exit::Met)
}
