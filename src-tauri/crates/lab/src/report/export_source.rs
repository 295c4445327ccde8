//! What an export of findings is about: the newest run, or an image that an explorer has read.

use findings::{Query, Scope, Timestamp, export::Header};
use i18n::Localizer;
use redaction::{KnownValues, Redactor};

use super::{
    masking::{redactor, registry_redactor},
    sources::header,
};
use crate::{
    lab::Lab,
    model::{
        access::Mode,
        code::Code,
        problem::{LabError, Problem},
        run_info::RunInfo,
    },
    view::explorer,
};

/// What an export of findings is about.
#[derive(Clone, Debug)]
pub enum ExportSource {
    /// A run.
    Run(Box<RunInfo>),
    /// An image in a registry, without a run.
    Explorer {
        /// The registry's cloud.
        mode: Mode,
        /// The image's repository.
        repository: String,
        /// The registry's account; unknown for the practice cloud's, which is public.
        account: Option<String>,
    },
}

impl ExportSource {
    /// The source of what a query matches. Blocks for the time of one read.
    ///
    /// # Errors
    ///
    /// Problem `nothing-open` without a run.
    pub fn of(lab: &Lab, query: &Query) -> Result<Self, LabError> {
        if let Scope::Scan(scan) = query.scope {
            let key = lab.findings().scan(scan)?.key;
            if explorer::is_of_explorer(&key) {
                let account = key.origin.split_once('/').map(|(account, _)| account.to_owned());
                let mode = if account.is_some() { Mode::Aws } else { Mode::Practice };
                return Ok(Self::Explorer { mode, repository: key.repository, account });
            }
        }
        let run = lab.newest()?.ok_or_else(|| Problem::new(Code::NothingOpen))?;
        Ok(Self::Run(Box::new(run)))
    }

    /// The name of its file, without the extension.
    pub fn file_stem(&self) -> String {
        match self {
            Self::Run(run) => format!("findings-{}", run.id),
            Self::Explorer { repository, .. } => format!("findings-{}", repository.replace('/', "-")),
        }
    }

    /// The header of its export.
    pub fn header(&self, words: &Localizer, generated_at: Timestamp) -> Header {
        let mode = match self {
            Self::Run(run) => run.mode,
            Self::Explorer { mode, .. } => *mode,
        };
        header(mode, words, generated_at)
    }

    /// Its masks. The paths in findings are those of images, never of this machine.
    pub fn redactor(&self) -> Redactor {
        match self {
            Self::Run(run) => redactor(run, KnownValues::default()),
            Self::Explorer { mode, account, .. } => registry_redactor(account.as_deref().unwrap_or_default(), *mode),
        }
    }
}
