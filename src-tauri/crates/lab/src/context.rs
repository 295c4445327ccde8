//! What every step works with: the run, the plan, the session, and AWS and the engine, connected to when first needed.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use findings::Store;
use i18n::Message;
use oci::Reference;
use tokio::sync::{Mutex, OnceCell};
use tokio_util::sync::CancellationToken;

use crate::{
    aws::{Aws, Identity},
    clock::Clock,
    images::client::EngineClient,
    model::{
        access::Access,
        code::Code,
        plan::{ImageReferences, Plan},
        problem::{LabError, Problem},
        progress::{Event, Progress},
        run_id::RunId,
    },
    session::Session,
    transcript::{Recorder, TranscriptWriter},
};

/// What every step works with.
pub(crate) struct Context {
    pub(crate) run: RunId,
    pub(crate) plan: Plan,
    /// The plan's images, where this run's engine finds them.
    pub(crate) sources: ImageReferences,
    pub(crate) access: Access,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) folder: PathBuf,
    pub(crate) session: Arc<Session>,
    pub(crate) findings: Store,
    pub(crate) transcript: Arc<TranscriptWriter>,
    /// The names of the account's repositories, for as long as somebody types a filter.
    pub(crate) repository_names: TtlCache<Vec<String>>,
    aws: OnceCell<Aws>,
    images: OnceCell<EngineClient>,
    account: OnceCell<Identity>,
}

/// A step that is being run or undone.
pub(crate) struct Job<'a> {
    pub(crate) context: &'a Context,
    pub(crate) progress: &'a dyn Progress,
    pub(crate) cancel: &'a CancellationToken,
}

impl Context {
    pub(crate) fn new(
        run: RunId,
        plan: Plan,
        access: Access,
        clock: Arc<dyn Clock>,
        folder: PathBuf,
        session: Arc<Session>,
        findings: Store,
    ) -> Result<Self, LabError> {
        let ImageReferences { vulnerable, fixed } = plan.image_references()?;
        let sources = ImageReferences { vulnerable: source(&access, vulnerable), fixed: source(&access, fixed) };
        let transcript = Arc::new(TranscriptWriter::new(run.clone(), Arc::clone(&session)));
        let repository_names = TtlCache::default();
        let (aws, images, account) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Ok(Self {
            run,
            plan,
            sources,
            access,
            clock,
            folder,
            session,
            findings,
            transcript,
            repository_names,
            aws,
            images,
            account,
        })
    }

    /// The same run with another plan; who watches the transcript goes on watching.
    pub(crate) fn with_plan(&self, plan: Plan) -> Result<Self, LabError> {
        let transcript = Arc::clone(&self.transcript);
        let (run, access, folder) = (self.run.clone(), self.access.clone(), self.folder.clone());
        let fresh = Self::new(
            run,
            plan,
            access,
            Arc::clone(&self.clock),
            folder,
            Arc::clone(&self.session),
            self.findings.clone(),
        )?;
        Ok(Self { transcript, ..fresh })
    }

    /// The AWS of this run's account, and no other.
    pub(crate) async fn aws(&self) -> Result<&Aws, LabError> {
        self.account().await?;
        self.any_aws().await
    }

    /// AWS, whoever's it is.
    pub(crate) async fn any_aws(&self) -> Result<&Aws, LabError> {
        self.aws.get_or_try_init(|| Aws::connect(&self.access.aws, self.recorder())).await
    }

    /// Who asks; recorded as this run's when it is the first to ask, and refused when it is another's.
    pub(crate) async fn account(&self) -> Result<&Identity, LabError> {
        self.account
            .get_or_try_init(|| async {
                let aws = self.any_aws().await?;
                let identity = aws.identity().await?;
                self.claim(&identity.account, aws.region())?;
                Ok(identity)
            })
            .await
    }

    fn claim(&self, account: &str, region: &str) -> Result<(), LabError> {
        let info = self.session.info(&self.run)?;
        let same = |known: &Option<String>, now: &str| known.as_deref().is_none_or(|known| known == now);
        if !same(&info.account, account) {
            let problem = Problem::new(Code::OtherAccount).with("account", account);
            return Err(problem.with("expected", info.account.unwrap_or_default()).into());
        }
        if !same(&info.region, region) {
            let problem = Problem::new(Code::OtherRegion).with("region", region);
            return Err(problem.with("expected", info.region.unwrap_or_default()).into());
        }
        self.session.set_account(&self.run, account, region)
    }

    /// The engine.
    pub(crate) async fn images(&self) -> Result<&EngineClient, LabError> {
        self.images.get_or_try_init(|| EngineClient::connect(&self.access.engine, self.recorder())).await
    }

    fn recorder(&self) -> Recorder {
        Arc::clone(&self.transcript) as Recorder
    }
}

/// Where the engine finds an image: the public registry may be at another address.
fn source(access: &Access, mut reference: Reference) -> Reference {
    if let Some(address) = &access.public_registry
        && reference.repository.host == "public.ecr.aws"
    {
        reference.repository.host.clone_from(address);
    }
    reference
}

/// Something that was read, and is good for a while.
#[derive(Debug)]
pub(crate) struct TtlCache<T> {
    held: Mutex<Option<(Instant, T)>>,
}

/// How long what was read is good.
const GOOD: Duration = Duration::from_secs(15);

impl<T> Default for TtlCache<T> {
    fn default() -> Self {
        Self { held: Mutex::new(None) }
    }
}

impl<T: Clone> TtlCache<T> {
    /// What is known, or is read now. `None` if it cannot be read.
    pub(crate) async fn get_or_read(&self, read: impl Future<Output = Result<T, LabError>>) -> Option<T> {
        let mut held = self.held.lock().await;
        if let Some((_, known)) = held.as_ref().filter(|(when, _)| when.elapsed() < GOOD) {
            return Some(known.clone());
        }
        let fresh = read.await.ok()?;
        *held = Some((Instant::now(), fresh.clone()));
        Some(fresh)
    }
}

impl Job<'_> {
    /// Says something.
    pub(crate) fn note(&self, message: Message) {
        self.progress.event(Event::Note { message });
    }
}
