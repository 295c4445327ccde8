//! The options of `catalogue` and of its actions.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What to do with the catalogue; without an action it is shown.
#[derive(Args, Debug)]
pub(crate) struct Catalogue {
    #[command(subcommand)]
    pub(crate) action: Option<CatalogueAction>,
}

/// The actions of `catalogue`.
#[derive(Debug, Subcommand)]
pub(crate) enum CatalogueAction {
    /// Imports advisories, in place of those that were imported before.
    Import(CatalogueImport),
    /// Shows what the catalogue has.
    Show(CatalogueShow),
    /// Removes what was imported.
    Reset,
}

/// The options of `catalogue import`.
#[derive(Args, Debug)]
pub(crate) struct CatalogueImport {
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
}

/// The options of `catalogue show`.
#[derive(Args, Debug)]
pub(crate) struct CatalogueShow {
    #[arg(long)]
    pub(crate) json: bool,
}
