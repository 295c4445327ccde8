//! What an export of findings is about: the newest run, or an image that an explorer has read.

use findings::{Query, Scope, Timestamp, export::Header};
use i18n::Localizer;
use redaction::{KnownValues, Redactor};

use super::{
    assessed::{assessed_explored, assessed_scanned},
    masking::{redactor, registry_redactor},
    sources::header,
};
use crate::{
    lab::Lab,
    model::{
        access::Mode,
        code::Code,
        outcome::RepositoryOutcome,
        problem::{LabError, Problem},
        run_info::RunInfo,
    },
    view::explorer::{self, ExploredImage, Explorer},
};

/// What an export of findings is about.
#[derive(Clone, Debug)]
pub enum ExportSource {
    /// A run.
    Run {
        /// It.
        run: Box<RunInfo>,
        /// The outcomes of its repositories.
        outcomes: Vec<RepositoryOutcome>,
    },
    /// An image in a registry, without a run.
    Explorer {
        /// The registry's cloud.
        mode: Mode,
        /// The image's repository.
        repository: String,
        /// The registry's account; unknown for the practice cloud's, which is public.
        account: Option<String>,
        /// The image, if the explorer is still open: it knows what was assessed.
        image: Option<Box<ExploredImage>>,
        /// The endpoint that takes the place of AWS's own, if one does.
        endpoint: Option<String>,
    },
}

impl ExportSource {
    /// The source of what a query matches. Blocks for the time of one read.
    ///
    /// # Errors
    ///
    /// Problem `nothing-open` without a run.
    pub fn of(lab: &Lab, explorer: Option<&Explorer>, query: &Query) -> Result<Self, LabError> {
        if let Scope::Scan(scan) = query.scope {
            let key = lab.findings().scan(scan)?.key;
            if explorer::is_of_explorer(&key) {
                let (account, endpoint) = explorer::account_and_endpoint(&key);
                let mode = if account.is_some() { Mode::Aws } else { Mode::Practice };
                let (account, endpoint) = (account.map(str::to_owned), endpoint.map(str::to_owned));
                let image = explorer.and_then(|explorer| explorer.opened(&key)).map(Box::new);
                return Ok(Self::Explorer { mode, repository: key.repository, account, image, endpoint });
            }
        }
        let run = lab.newest()?.ok_or_else(|| Problem::new(Code::NothingOpen))?;
        let outcomes = lab.outcomes(&run)?;
        Ok(Self::Run { run: Box::new(run), outcomes })
    }

    /// The name of its file, without the extension.
    pub fn file_stem(&self) -> String {
        match self {
            Self::Run { run, .. } => format!("findings-{}", run.id),
            Self::Explorer { repository, .. } => format!("findings-{}", repository.replace('/', "-")),
        }
    }

    /// The header of its export.
    pub fn header(&self, words: &Localizer, generated_at: Timestamp) -> Header {
        let (mode, endpoint, assessed) = match self {
            Self::Run { run, outcomes } => {
                let assessed = outcomes.iter().filter_map(|outcome| assessed_scanned(words, outcome)).collect();
                (run.mode, &run.endpoint, assessed)
            }
            Self::Explorer { mode, endpoint, image, .. } => {
                (*mode, endpoint, image.iter().map(|image| assessed_explored(words, image)).collect())
            }
        };
        header(mode, endpoint.as_deref(), words, generated_at, assessed)
    }

    /// Its masks. The paths in findings are those of images, never of this machine.
    pub fn redactor(&self) -> Redactor {
        match self {
            Self::Run { run, .. } => redactor(run, KnownValues::default()),
            Self::Explorer { mode, account, .. } => registry_redactor(account.as_deref().unwrap_or_default(), *mode),
        }
    }
}
