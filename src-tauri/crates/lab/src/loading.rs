//! Loads the findings of an image page by page, from both services and with Inspector's details.

use aws_sdk_inspector2::operation::batch_get_finding_details::BatchGetFindingDetailsOutput;
use findings::{Counts, FindingsError, LOG4SHELL, Query, ScanId, ScanKey, Severity, Store, Summary, Timestamp};
use futures::{StreamExt, TryStreamExt, stream};
use i18n::Message;
use time::OffsetDateTime;

use crate::{
    aws::{Aws, convert, errors},
    cloud::{inspector, paging::Paging, scan},
    context::{Context, Job},
    model::{
        access::FindingsOrigin,
        code::Code,
        finding_counts::{FindingCounts, SeverityTally},
        problem::LabError,
        progress::{Event, Progress},
    },
};

/// The most findings whose details Inspector returns at once.
const DETAILS: usize = 10;
/// How many of those requests are under way at a time.
const AT_ONCE: usize = 4;

/// The loaded findings of an image.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Loaded {
    pub(crate) scan: ScanId,
    pub(crate) counts: FindingCounts,
    pub(crate) log4shell: bool,
}

/// What findings are loaded with: a run's clients and store, or an explorer's.
pub(crate) struct Importer<'a> {
    pub(crate) aws: &'a Aws,
    pub(crate) store: &'a Store,
    pub(crate) progress: &'a dyn Progress,
}

/// Loads the findings of an image. Earlier ones are replaced once all have been loaded.
pub(crate) async fn load(job: &Job<'_>, repository: &str, digest: &str) -> Result<Loaded, LabError> {
    let key = key(job.context, repository, digest).await?;
    let store = &job.context.findings;
    let importer = Importer { aws: job.context.aws().await?, store, progress: job.progress };
    summarize(store, importer.load(key).await?).await
}

/// What this run has loaded of an image, if anything.
pub(crate) async fn loaded(context: &Context, repository: &str, digest: &str) -> Result<Option<Loaded>, LabError> {
    let key = key(context, repository, digest).await?;
    let existing = blocking(&context.findings, move |store| store.find_scan(&key)).await?;
    match existing.filter(|scan| scan.finished_at.is_some()) {
        Some(scan) => summarize(&context.findings, scan.id).await.map(Some),
        None => Ok(None),
    }
}

/// Works on the store on a thread that may block.
pub(crate) async fn blocking<T: Send + 'static>(
    store: &Store,
    work: impl FnOnce(Store) -> Result<T, FindingsError> + Send + 'static,
) -> Result<T, LabError> {
    let store = store.clone();
    tokio::task::spawn_blocking(move || work(store)).await.map_err(LabError::defect)?.map_err(LabError::from)
}

async fn key(context: &Context, repository: &str, digest: &str) -> Result<ScanKey, LabError> {
    let origin = match &context.access.findings_origin {
        FindingsOrigin::Named(name) => name.clone(),
        FindingsOrigin::AccountAndRegion => {
            format!("{}/{}", context.account().await?.account, context.aws().await?.region())
        }
    };
    let (repository, digest, run) = (repository.to_owned(), digest.to_owned(), context.run.0.clone());
    Ok(ScanKey { repository, digest, run, origin })
}

fn now() -> Timestamp {
    OffsetDateTime::now_utc().into()
}

impl Importer<'_> {
    /// Loads the findings of the image that the key names. Earlier ones of the same key are replaced once all have been loaded.
    pub(crate) async fn load(&self, key: ScanKey) -> Result<ScanId, LabError> {
        let (repository, digest) = (key.repository.clone(), key.digest.clone());
        let scan = blocking(self.store, move |store| store.begin_scan(&key, now())).await?;
        let ecr_count = self.load_ecr(scan, &repository, &digest).await?;
        self.load_inspector(scan, &repository, &digest, ecr_count).await?;
        blocking(self.store, move |store| store.finish_scan(scan, now())).await?;
        Ok(scan)
    }

    /// Returns the number of findings.
    async fn load_ecr(&self, scan: ScanId, repository: &str, digest: &str) -> Result<usize, LabError> {
        let (mut loaded, mut token, mut paging) = (0, None, Paging::default());
        loop {
            let (page, next) = scan::findings(self.aws, repository, digest, token).await?;
            paging.check("ecr:DescribeImageScanFindings", page.len(), next.as_deref())?;
            let page: Vec<_> = page.iter().map(convert::ecr::from_ecr).collect();
            loaded += page.len();
            blocking(self.store, move |store| store.put_page(scan, page)).await?;
            self.progress.event(Event::Loading { loaded });
            token = next;
            if token.is_none() {
                return Ok(loaded);
            }
        }
    }

    async fn load_inspector(
        &self,
        scan: ScanId,
        repository: &str,
        digest: &str,
        ecr_count: usize,
    ) -> Result<(), LabError> {
        let (mut loaded, mut token, mut details, mut paging) = (0, None, true, Paging::default());
        loop {
            // A page may be shorter than requested; only a missing token ends the list.
            let (page, next) = inspector::findings(self.aws, repository, digest, token).await?;
            paging.check("inspector2:ListFindings", page.len(), next.as_deref())?;
            let page: Vec<_> = page.iter().map(convert::inspector::from_inspector).collect();
            loaded += page.len();
            let arns: Vec<_> = page.iter().map(|finding| finding.arn.clone()).collect();
            blocking(self.store, move |store| store.put_page(scan, page)).await?;
            if details {
                details = self.add_details(scan, arns).await?;
            }
            self.progress.event(Event::Loading { loaded: loaded.max(ecr_count) });
            token = next;
            if token.is_none() {
                return Ok(());
            }
        }
    }

    /// Returns `false` if that is not permitted: the findings are complete without details, and a note says so.
    async fn add_details(&self, scan: ScanId, arns: Vec<String>) -> Result<bool, LabError> {
        let requests = arns.chunks(DETAILS).map(|arns| {
            let request = self.aws.inspector.batch_get_finding_details().set_finding_arns(Some(arns.to_vec())).send();
            async { request.await.map_err(|error| errors::problem("inspector2:BatchGetFindingDetails", error)) }
        });
        let responses = stream::iter(requests.collect::<Vec<_>>()).buffered(AT_ONCE);
        let responses: Vec<_> = match responses.try_collect().await {
            Ok(responses) => responses,
            Err(LabError::Problem(problem)) if problem.code == Code::AccessDenied => {
                self.progress.event(Event::Note { message: Message::new("note-no-details") });
                return Ok(false);
            }
            Err(error) => return Err(error),
        };
        let details: Vec<_> = responses
            .iter()
            .flat_map(BatchGetFindingDetailsOutput::finding_details)
            .map(convert::inspector::details)
            .collect();
        blocking(self.store, move |store| store.put_details(scan, details)).await?;
        Ok(true)
    }
}

async fn summarize(store: &Store, scan: ScanId) -> Result<Loaded, LabError> {
    let summary = blocking(store, move |store| store.summary(&Query::of_scan(scan))).await?;
    Ok(Loaded { scan, counts: counts(&summary), log4shell: summary.log4shell })
}

pub(crate) fn counts(summary: &Summary) -> FindingCounts {
    let SeverityTally { critical, high, medium, low, informational, untriaged } =
        by_severity(summary, |counts| counts.findings);
    FindingCounts {
        total: summary.matched.findings,
        unique: summary.matched.unique,
        critical,
        high,
        medium,
        low,
        informational,
        untriaged,
        suppressed: Some(summary.suppressed.findings),
        vulnerabilities: Some(by_severity(summary, |counts| counts.unique)),
    }
}

/// What `unit` counts, by severity.
fn by_severity(summary: &Summary, unit: impl Fn(&Counts) -> usize) -> SeverityTally {
    let of = |severity: Severity| {
        let counted = summary.by_severity.iter().find(|counted| counted.severity == severity);
        counted.map_or(0, |counted| unit(&counted.counts))
    };
    SeverityTally {
        critical: of(Severity::Critical),
        high: of(Severity::High),
        medium: of(Severity::Medium),
        low: of(Severity::Low),
        informational: of(Severity::Informational),
        untriaged: of(Severity::Untriaged),
    }
}

/// Whether each service names `CVE-2021-44228` for an image, read from the services themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Log4Shell {
    pub(crate) ecr: bool,
    pub(crate) inspector: bool,
}

/// Whether each service reports `CVE-2021-44228` in an image.
pub(crate) async fn log4shell(aws: &Aws, repository: &str, digest: &str) -> Result<Log4Shell, LabError> {
    let requests =
        (ecr_reports_it(aws, repository, digest), inspector::has_vulnerability(aws, repository, digest, LOG4SHELL));
    let (ecr, inspector) = futures::try_join!(requests.0, requests.1)?;
    Ok(Log4Shell { ecr, inspector })
}

async fn ecr_reports_it(aws: &Aws, repository: &str, digest: &str) -> Result<bool, LabError> {
    let (mut token, mut paging) = (None, Paging::default());
    loop {
        let (page, next) = scan::findings(aws, repository, digest, token).await?;
        paging.check("ecr:DescribeImageScanFindings", page.len(), next.as_deref())?;
        if page.iter().any(|finding| convert::ecr::from_ecr(finding).vulnerability.id.as_deref() == Some(LOG4SHELL)) {
            return Ok(true);
        }
        token = next;
        if token.is_none() {
            return Ok(false);
        }
    }
}
