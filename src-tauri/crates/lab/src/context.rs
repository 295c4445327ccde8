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
    advice::Advice,
    aws::{Aws, Identity},
    clock::Clock,
    cloud::account,
    images::client::EngineClient,
    model::{
        access::{Access, Mode},
        code::Code,
        consent::AccountAlias,
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
    /// The names of the account's repositories, cached while the user types a filter.
    pub(crate) repository_names: TtlCache<Vec<String>>,
    /// Present while it was read a moment ago that no required permission is known to be missing.
    pub(crate) permitted: TtlCache<()>,
    aws: OnceCell<Aws>,
    images: OnceCell<EngineClient>,
    account: OnceCell<Identity>,
    alias: OnceCell<AccountAlias>,
}

/// A step that is being run or undone.
pub(crate) struct Job<'a> {
    pub(crate) context: &'a Context,
    pub(crate) progress: &'a dyn Progress,
    pub(crate) cancel: &'a CancellationToken,
}

impl Context {
    /// Whether a repository of this name is the plan's, or the run's for its record.
    pub(crate) fn is_of_run(&self, name: &str) -> bool {
        self.plan.repositories().contains(&name) || self.plan.record_repository(&self.run) == name
    }

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
        let (repository_names, permitted) = (TtlCache::default(), TtlCache::default());
        let (aws, images, account, alias) = (OnceCell::new(), OnceCell::new(), OnceCell::new(), OnceCell::new());
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
            permitted,
            aws,
            images,
            account,
            alias,
        })
    }

    /// The same run with another plan. Subscribers of the transcript stay subscribed.
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

    /// Clients of AWS, after checking that they use this run's account and Region.
    pub(crate) async fn aws(&self) -> Result<&Aws, LabError> {
        self.account().await?;
        self.any_aws().await
    }

    /// Clients of AWS, whichever account they use.
    pub(crate) async fn any_aws(&self) -> Result<&Aws, LabError> {
        self.aws.get_or_try_init(|| Aws::connect(&self.access.aws, self.recorder())).await
    }

    /// The caller's identity. The first account and Region that a run uses are recorded as its own; others are refused.
    pub(crate) async fn account(&self) -> Result<&Identity, LabError> {
        self.account
            .get_or_try_init(|| async {
                let aws = self.any_aws().await?;
                let identity = aws.identity().await?;
                self.claim(&identity.account, aws.region())?;
                // The practice cloud always has an endpoint of its own.
                if self.access.mode == Mode::Aws {
                    self.session.put_endpoint(&self.run, aws.endpoint())?;
                }
                Ok(identity)
            })
            .await
    }

    /// The account's alias, read once.
    pub(crate) async fn alias(&self, aws: &Aws) -> &AccountAlias {
        let read = async {
            match account::alias(aws).await {
                Ok(Some(name)) => AccountAlias::Named { name },
                Ok(None) => AccountAlias::Unnamed,
                Err(_) => AccountAlias::NotRead,
            }
        };
        self.alias.get_or_init(|| read).await
    }

    fn claim(&self, account: &str, region: &str) -> Result<(), LabError> {
        let info = self.session.info(&self.run)?;
        let same = |recorded: &Option<String>, used: &str| recorded.as_deref().is_none_or(|recorded| recorded == used);
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

    /// Advice that names this run's profile, folder and engine.
    pub(crate) fn advice(&self) -> Advice<'_> {
        Advice::new(&self.access, self.aws.get().and_then(Aws::sign_in), &self.folder)
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

/// A value that is cached for [`TTL`].
#[derive(Debug)]
pub(crate) struct TtlCache<T> {
    entry: Mutex<Option<(Instant, T)>>,
}

/// How long a value is cached.
const TTL: Duration = Duration::from_secs(15);

impl<T> Default for TtlCache<T> {
    fn default() -> Self {
        Self { entry: Mutex::new(None) }
    }
}

impl<T: Clone> TtlCache<T> {
    /// The cached value.
    pub(crate) async fn cached(&self) -> Option<T> {
        let entry = self.entry.lock().await;
        entry.as_ref().filter(|(read_at, _)| read_at.elapsed() < TTL).map(|(_, cached)| cached.clone())
    }

    /// Replaces the cached value.
    pub(crate) async fn put(&self, value: T) {
        *self.entry.lock().await = Some((Instant::now(), value));
    }

    /// The cached value, or the one that `read` returns now; `None` if that fails.
    pub(crate) async fn get_or_read(&self, read: impl Future<Output = Result<T, LabError>>) -> Option<T> {
        let mut entry = self.entry.lock().await;
        if let Some((_, cached)) = entry.as_ref().filter(|(read_at, _)| read_at.elapsed() < TTL) {
            return Some(cached.clone());
        }
        let fresh = read.await.ok()?;
        *entry = Some((Instant::now(), fresh.clone()));
        Some(fresh)
    }
}

impl Job<'_> {
    /// Reports a note to the user.
    pub(crate) fn note(&self, message: Message) {
        self.progress.event(Event::Note { message });
    }
}
