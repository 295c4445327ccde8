//! The current state of the plan's repositories: address, scanning, images.

use findings::Timestamp;
use serde::Serialize;

use crate::{
    cloud::{configuration, images, repositories},
    context::Context,
    model::problem::LabError,
    scanning::MANUAL,
};

/// The current state of a repository of the plan.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RepositoryCard {
    /// Its name.
    pub name: String,
    /// Whether it exists.
    pub exists: bool,
    /// Whether this run created it: it has the run's tag.
    pub ours: bool,
    /// Where images are pushed to.
    pub uri: Option<String>,
    /// `CONTINUOUS_SCAN`, `SCAN_ON_PUSH`, `MANUAL`.
    pub scan_frequency: Option<String>,
    /// The filters that match it.
    pub filters: Vec<String>,
    /// Whether it is scanned at all.
    pub watched: bool,
    /// What is in it, the newest first.
    pub images: Vec<CardImage>,
}

/// An image in a repository.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CardImage {
    /// `sha256:…`
    pub digest: String,
    /// Its tags, if any.
    pub tags: Vec<String>,
    /// Its size in the registry, in bytes.
    pub size: u64,
    /// When it was pushed.
    pub pushed_at: Option<Timestamp>,
}

/// The plan's repositories, in its order.
pub(crate) async fn cards(context: &Context) -> Result<Vec<RepositoryCard>, LabError> {
    let aws = context.aws().await?;
    let names = context.plan.repositories();
    let mut watches = configuration::repository_scanning(aws, &names).await?;
    let cards = names.map(|name| {
        let watch = watches.remove(name);
        async move {
            let Some(repository) = repositories::find(aws, name).await? else { return Ok(missing(name)) };
            let ours = repositories::is_of_run(aws, &repository, &context.run).await?;
            let mut present = images::all(aws, name).await?;
            present.sort_by_key(|image| std::cmp::Reverse(image.pushed_at));
            Ok(RepositoryCard {
                name: name.to_owned(),
                exists: true,
                ours,
                uri: Some(repository.uri),
                watched: watch.as_ref().is_some_and(|watch| watch.frequency != MANUAL),
                scan_frequency: watch.as_ref().map(|watch| watch.frequency.clone()),
                filters: watch.map(|watch| watch.filters).unwrap_or_default(),
                images: present.into_iter().map(image).collect(),
            })
        }
    });
    futures::future::try_join_all(cards).await
}

fn missing(name: &str) -> RepositoryCard {
    RepositoryCard {
        name: name.to_owned(),
        exists: false,
        ours: false,
        uri: None,
        scan_frequency: None,
        filters: Vec::new(),
        watched: false,
        images: Vec::new(),
    }
}

fn image(image: images::Image) -> CardImage {
    CardImage { digest: image.digest, tags: image.tags, size: image.size, pushed_at: image.pushed_at }
}
