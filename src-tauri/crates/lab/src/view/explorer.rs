//! The read-only explorer: any repository of a registry, its images, their scans and findings. It needs no run, changes nothing in
//! the account, and keeps nothing: what it has read is deleted with it. Which images have a vulnerability is left to `whereabouts`,
//! what a scan's state means to `image_scan`.

use std::{path::Path, sync::Arc};

use findings::{Scan, ScanKey, Store, Timestamp};
use futures::{StreamExt, stream};
use parking_lot::Mutex;
use serde::Serialize;

use super::{
    account::{Caller, Unrecorded},
    image_scan::{ImageScan, ScanState},
    scanned::image_name,
};
use crate::{
    advice::Advice,
    aws::Aws,
    cloud::{
        configuration::{self, RepositoryScanning},
        coverage,
        images::{self, Image},
        repositories,
        scan::{self, EcrScan},
    },
    loading::{Importer, blocking},
    model::{
        access::{AwsAccess, FindingsOrigin},
        code::Code,
        problem::{LabError, Problem},
        progress::Progress,
    },
    scanning::MANUAL,
    transcript::Recorder,
};

/// In place of a run's id in the store. No run has it: a run's id consists of hexadecimal digits.
const EXPLORER: &str = "explorer";

/// Whether a scan in the store was loaded by an explorer.
pub(crate) fn is_of_explorer(key: &ScanKey) -> bool {
    key.run == EXPLORER
}

/// The origin of findings: account, Region, and, if it is not AWS, the endpoint.
fn of_account(caller: &Caller) -> String {
    let parts = [Some(caller.account.as_str()), Some(&caller.region), caller.endpoint.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join("/")
}

/// The account and the endpoint of an explorer's findings; no account if they are from the practice cloud.
pub(crate) fn account_and_endpoint(key: &ScanKey) -> (Option<&str>, Option<&str>) {
    let mut parts = key.origin.splitn(3, '/');
    let (account, region, endpoint) = (parts.next(), parts.next(), parts.next());
    (account.filter(|_| region.is_some()), endpoint)
}

/// The registry's basic scanning type.
const BASIC: &str = "BASIC";

/// How many requests are under way at a time.
pub(super) const AT_ONCE: usize = 8;

/// A registry that is read. Cheap to clone.
#[derive(Clone)]
pub struct Explorer {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) aws: Aws,
    caller: Caller,
    origin: String,
    store: Store,
    /// The images whose findings were loaded.
    opened: Mutex<Vec<ExploredImage>>,
}

/// A registry and its repositories.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExploredRegistry {
    /// Who reads it, and where.
    pub caller: Caller,
    /// `ENHANCED` or `BASIC`; `None`: it could not be read.
    pub scan_type: Option<String>,
    /// All repositories, by name.
    pub repositories: Vec<ExploredRepository>,
    /// Why something could not be read.
    pub unread: Vec<Problem>,
}

/// A repository of the registry.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExploredRepository {
    /// Its name.
    pub name: String,
    /// Where images are pushed to.
    pub uri: String,
    /// Whether a rule of the scanning configuration matches it; `None`: that could not be read.
    pub watched: Option<bool>,
    /// `CONTINUOUS_SCAN`, `SCAN_ON_PUSH`, `MANUAL`; `None`: that could not be read.
    pub scan_frequency: Option<String>,
    /// The filters that match it.
    pub filters: Vec<String>,
}

/// An image of a repository.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExploredImage {
    /// Its repository's name.
    pub repository: String,
    /// `sha256:…`
    pub digest: String,
    /// Its tags, if any.
    pub tags: Vec<String>,
    /// Its size in the registry, in bytes.
    pub size: u64,
    /// When it was pushed.
    pub pushed_at: Option<Timestamp>,
    /// The state of its scan.
    pub scan: ImageScan,
}

impl ExploredImage {
    /// `repository:tag`, or `repository@digest` for an image without a tag.
    pub fn name(&self) -> String {
        image_name(&self.repository, &self.tags, &self.digest)
    }
}

/// An image with its findings.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OpenedImage {
    /// The image, with the state of its scan.
    pub image: ExploredImage,
    /// The scan in the store, for queries; `None`: there are no findings to show, for the reason that the state gives. That is not
    /// the same as a scan without findings.
    pub findings: Option<Scan>,
}

/// Which image of a repository is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageIdentity<'a> {
    /// The one with this tag.
    Tag(&'a str),
    /// The one with this digest, `sha256:…`.
    Digest(&'a str),
}

impl Explorer {
    /// Connects to the registry of the access's account and Region, and reads who is calling. Findings are loaded into `store`, from
    /// which those of an earlier explorer are deleted.
    ///
    /// # Errors
    ///
    /// Problem `no-region`, or why there are no credentials, or why AWS could not identify the caller.
    pub async fn connect(access: &AwsAccess, origin: &FindingsOrigin, store: Store) -> Result<Self, LabError> {
        Self::connect_recorded(access, origin, store, Arc::new(Unrecorded)).await
    }

    /// As [`connect`](Self::connect), with a record of every call.
    pub async fn connect_recorded(
        access: &AwsAccess,
        origin: &FindingsOrigin,
        store: Store,
        recorder: Recorder,
    ) -> Result<Self, LabError> {
        let aws = Aws::connect(access, recorder).await?;
        let identity = aws.identity().await.map_err(|error| advice(&aws).on_error(error))?;
        // The practice cloud always has an endpoint of its own, so only that of an AWS profile is reported.
        let endpoint = matches!(access, AwsAccess::Profile { .. }).then(|| aws.endpoint().map(str::to_owned)).flatten();
        let region = aws.region().to_owned();
        let caller = Caller { account: identity.account, arn: identity.arn, region, endpoint };
        let origin = match origin {
            FindingsOrigin::Named(name) => name.clone(),
            FindingsOrigin::AccountAndRegion => of_account(&caller),
        };
        let explorer = Self { inner: Arc::new(Inner { aws, caller, origin, store, opened: Mutex::default() }) };
        explorer.forget().await?;
        Ok(explorer)
    }

    /// Who reads the registry, and where.
    pub fn caller(&self) -> &Caller {
        &self.inner.caller
    }

    /// The findings that were loaded.
    pub fn findings(&self) -> &Store {
        &self.inner.store
    }

    /// The image of a scan whose findings were loaded, as it was then.
    pub(crate) fn opened(&self, scan: &ScanKey) -> Option<ExploredImage> {
        let opened = self.inner.opened.lock();
        let is_it = |image: &&ExploredImage| (&image.repository, &image.digest) == (&scan.repository, &scan.digest);
        opened.iter().find(is_it).filter(|_| scan.origin == self.inner.origin).cloned()
    }

    /// Deletes all findings that an explorer has loaded into this store.
    pub async fn forget(&self) -> Result<(), LabError> {
        blocking(&self.inner.store, |store| {
            let scans = store.scans()?;
            scans.iter().filter(|scan| is_of_explorer(&scan.key)).try_for_each(|scan| store.delete_scan(scan.id))
        })
        .await
    }

    /// The repositories of the registry, and how each is scanned.
    ///
    /// # Errors
    ///
    /// If the repositories cannot be listed. What else cannot be read is `None`, with the reason in `unread`.
    pub async fn registry(&self) -> Result<ExploredRegistry, LabError> {
        self.advised(self.read_registry().await)
    }

    async fn read_registry(&self) -> Result<ExploredRegistry, LabError> {
        let aws = &self.inner.aws;
        let mut names = repositories::all(aws).await?;
        names.sort_by(|a, b| a.name.cmp(&b.name));
        let mut unread = Vec::new();
        let mut read = |error: LabError| unread.push(advice(aws).on_error(error).into_problem());
        let scan_type = configuration::get(aws).await.map(|configuration| configuration.scan_type).map_err(&mut read);
        let all: Vec<&str> = names.iter().map(|repository| repository.name.as_str()).collect();
        let scanning = configuration::repository_scanning(aws, &all).await.map_err(&mut read).ok();
        let repositories = names
            .iter()
            .map(|repository| {
                let scanning = scanning.as_ref().and_then(|all| all.get(&repository.name));
                explored(&repository.name, &repository.uri, scanning)
            })
            .collect();
        Ok(ExploredRegistry { caller: self.inner.caller.clone(), scan_type: scan_type.ok(), repositories, unread })
    }

    /// The images of a repository, the newest first.
    ///
    /// # Errors
    ///
    /// Problem `explore-no-repository`, or why the images cannot be listed. A scan whose state cannot be read says why.
    pub async fn images(&self, repository: &str) -> Result<Vec<ExploredImage>, LabError> {
        self.advised(self.read_images(repository).await)
    }

    async fn read_images(&self, repository: &str) -> Result<Vec<ExploredImage>, LabError> {
        let aws = &self.inner.aws;
        let (listed, scans) = futures::join!(images::all(aws, repository), self.scans(Some(repository)));
        let listed = listed?;
        if listed.is_empty() && repositories::find(aws, repository).await?.is_none() {
            return Err(Problem::new(Code::ExploreNoRepository).with("name", repository).into());
        }
        let mut explored: Vec<_> = listed.into_iter().map(|image| scans.of(repository, image)).collect();
        explored.sort_by_key(|image| std::cmp::Reverse(image.pushed_at));
        Ok(explored)
    }

    /// One image of a repository.
    ///
    /// # Errors
    ///
    /// Problem `explore-no-image`, or why it cannot be read.
    pub async fn image(&self, repository: &str, identity: ImageIdentity<'_>) -> Result<ExploredImage, LabError> {
        self.advised(self.read_image(repository, identity).await)
    }

    async fn read_image(&self, repository: &str, identity: ImageIdentity<'_>) -> Result<ExploredImage, LabError> {
        let aws = &self.inner.aws;
        let (image, name) = match identity {
            ImageIdentity::Tag(tag) => (images::tagged(aws, repository, tag).await?, format!("{repository}:{tag}")),
            ImageIdentity::Digest(digest) => {
                (images::by_digest(aws, repository, digest).await?, format!("{repository}@{digest}"))
            }
        };
        let image = image.ok_or_else(|| Problem::new(Code::ExploreNoImage).with("name", name))?;
        Ok(self.scans(Some(repository)).await.of(repository, image))
    }

    /// Reads the findings of an image from both services, with Inspector's details.
    ///
    /// # Errors
    ///
    /// As [`image`](Self::image), and why the findings could not be read.
    pub async fn open(
        &self,
        repository: &str,
        identity: ImageIdentity<'_>,
        progress: &dyn Progress,
    ) -> Result<OpenedImage, LabError> {
        self.advised(self.read_findings(repository, identity, progress).await)
    }

    async fn read_findings(
        &self,
        repository: &str,
        identity: ImageIdentity<'_>,
        progress: &dyn Progress,
    ) -> Result<OpenedImage, LabError> {
        let aws = &self.inner.aws;
        let mut image = self.read_image(repository, identity).await?;
        image.scan = match scan::observe(aws, repository, &image.digest).await? {
            // The findings of basic scanning are others.
            EcrScan::Reported { .. } if image.scan.is_basic() => image.scan,
            EcrScan::Reported { status, completed, description, .. } => {
                image.scan.observed(&status, &description, completed)
            }
            EcrScan::NotFound | EcrScan::NoImage => image.scan.unobserved(),
        };
        if !matches!(image.scan.state, ScanState::Scanned | ScanState::InProgress) {
            return Ok(OpenedImage { image, findings: None });
        }
        let key = ScanKey {
            repository: repository.to_owned(),
            digest: image.digest.clone(),
            run: EXPLORER.to_owned(),
            origin: self.inner.origin.clone(),
        };
        let store = &self.inner.store;
        let id = Importer { aws, store, progress }.load(key).await?;
        let findings = blocking(store, move |store| store.scan(id)).await?;
        let mut opened = self.inner.opened.lock();
        opened.retain(|other| (&other.repository, &other.digest) != (&image.repository, &image.digest));
        opened.push(image.clone());
        drop(opened);
        Ok(OpenedImage { image, findings: Some(findings) })
    }

    /// The images of several repositories, each list on its own, since not all may be readable.
    pub(super) async fn images_of(
        &self,
        repositories: &[String],
        scans: &Scans,
    ) -> Vec<Result<Vec<ExploredImage>, LabError>> {
        let aws = &self.inner.aws;
        let requests: Vec<_> = repositories.iter().map(|repository| images::all(aws, repository)).collect();
        let listed: Vec<_> = stream::iter(requests).buffered(AT_ONCE).collect().await;
        let explored = |(repository, listed): (&String, Result<Vec<Image>, LabError>)| {
            let images = listed?.into_iter().map(|image| scans.of(repository, image));
            Ok(images.collect())
        };
        repositories.iter().zip(listed).map(explored).collect()
    }

    /// The states of the scans of a repository's images, or of all.
    pub(super) async fn scans(&self, repository: Option<&str>) -> Scans {
        let aws = &self.inner.aws;
        let (coverage, configuration) = futures::join!(coverage::images(aws, repository), configuration::get(aws));
        let is_basic = configuration.is_ok_and(|configuration| configuration.scan_type == BASIC);
        Scans { coverage: coverage.map_err(|error| advice(aws).on_error(error)), is_basic }
    }

    pub(super) fn advised<T>(&self, result: Result<T, LabError>) -> Result<T, LabError> {
        result.map_err(|error| advice(&self.inner.aws).on_error(error))
    }
}

/// Hints that name the profile. There is no engine, and nothing in a folder.
fn advice(aws: &Aws) -> Advice<'_> {
    Advice { sign_in: aws.sign_in(), engine: None, folder: Path::new("") }
}

/// The states of the scans of images.
pub(super) struct Scans {
    /// Inspector's coverage, or why it could not be read.
    pub(super) coverage: Result<coverage::ByImage, LabError>,
    /// Whether the registry uses basic scanning, of which Inspector knows nothing.
    is_basic: bool,
}

impl Scans {
    /// An image with the state of its scan.
    pub(super) fn of(&self, repository: &str, image: Image) -> ExploredImage {
        let row = |all: &coverage::ByImage| all.get(&(repository.to_owned(), image.digest.clone())).cloned();
        let scan = match self.coverage.as_ref().map(row) {
            Ok(None) if self.is_basic => ImageScan::basic(),
            Ok(row) => ImageScan::covered(row, image.is_index()),
            Err(error) => ImageScan::unread(error),
        };
        ExploredImage {
            repository: repository.to_owned(),
            digest: image.digest,
            tags: image.tags,
            size: image.size,
            pushed_at: image.pushed_at,
            scan,
        }
    }
}

fn explored(name: &str, uri: &str, scanning: Option<&RepositoryScanning>) -> ExploredRepository {
    ExploredRepository {
        name: name.to_owned(),
        uri: uri.to_owned(),
        watched: scanning.map(|scanning| scanning.frequency != MANUAL),
        scan_frequency: scanning.map(|scanning| scanning.frequency.clone()),
        filters: scanning.map(|scanning| scanning.filters.clone()).unwrap_or_default(),
    }
}
