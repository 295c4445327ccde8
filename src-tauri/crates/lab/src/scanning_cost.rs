//! Which repositories are scanned because of a run, and about what that costs. Every image is counted, also those that Inspector
//! may leave out because they were pushed long ago: the estimate is rather too high than too low.

use futures::{StreamExt, TryStreamExt, stream};
use i18n::Message;

use crate::{
    aws::Aws,
    cloud::{images, repositories},
    context::Context,
    model::{
        consent::{ScannedRepository, ScanningCost},
        problem::LabError,
    },
    steps::registry::RegistryRead,
};

/// The price of an image's first scan, in US dollars. It differs by Region.
const FIRST_SCAN: f64 = 0.09;
/// The price of each scan after that.
const NEXT_SCAN: f64 = 0.01;
/// The page with the prices.
const PRICING_PAGE: &str = "https://aws.amazon.com/inspector/pricing/";

/// The most repositories whose images are counted: each takes a request of its own.
const COUNTED: usize = 200;
/// How many of those requests are under way at a time.
const AT_ONCE: usize = 4;

/// What is scanned, and about what that costs, once the plan's rule is in the registry.
pub(crate) async fn scanning_cost(context: &Context, read: &RegistryRead) -> Result<ScanningCost, LabError> {
    let (aws, plan) = (context.aws().await?, &context.plan);
    let (present, wanted) = (&read.present, read.wanted(context)?);
    let is_scanned_now = |name: &str| present.is_enhanced() && present.applied(name).is_some();
    let is_added = |name: &str| wanted.applied(name).is_some() && !is_scanned_now(name);
    let others = match repositories::names(aws).await {
        Ok(mut names) => {
            names.retain(|name| !context.is_of_run(name) && is_added(name));
            names.sort();
            Some(count_each(aws, names).await?)
        }
        Err(error) if error.is_denied() => None,
        Err(error) => return Err(error),
    };
    // The images that the run pushes, and those that pre-existing repositories of its names have.
    let pushes = [(&plan.prod, 2), (&plan.sandbox, 1), (&plan.shared, 0)];
    let mut total = Some(0);
    for (name, pushed) in pushes.into_iter().filter(|(name, _)| wanted.applied(name).is_some()) {
        let existing = if is_scanned_now(name) { Some(0) } else { count(aws, name).await? };
        total = sum(total, existing.map(|existing| existing + pushed));
    }
    let others_total = others.iter().flatten().map(|other| other.images).fold(Some(0), sum);
    let total = if others.is_some() { sum(total, others_total) } else { None };
    Ok(ScanningCost { others, estimate: estimate(total), pricing_page: PRICING_PAGE.to_owned() })
}

fn estimate(images: Option<u32>) -> Message {
    let dollars = |amount: f64| format!("{amount:.2}");
    let message = match images {
        Some(images) => Message::new("scanning-estimate")
            .with("images", images)
            .with("total", dollars(f64::from(images) * FIRST_SCAN)),
        None => Message::new("scanning-estimate-unknown"),
    };
    message.with("first", dollars(FIRST_SCAN)).with("next", dollars(NEXT_SCAN))
}

/// The sum, if both are known.
fn sum(a: Option<u32>, b: Option<u32>) -> Option<u32> {
    Some(a? + b?)
}

async fn count_each(aws: &Aws, names: Vec<String>) -> Result<Vec<ScannedRepository>, LabError> {
    let counts = names.into_iter().enumerate().map(|(at, name)| async move {
        let images = if at < COUNTED { count(aws, &name).await? } else { None };
        Ok(ScannedRepository { name, images })
    });
    stream::iter(counts.collect::<Vec<_>>()).buffered(AT_ONCE).try_collect().await
}

/// The images of a repository that can be scanned: not the indexes that list them. `None` if that may not be read.
async fn count(aws: &Aws, name: &str) -> Result<Option<u32>, LabError> {
    match images::all(aws, name).await {
        Ok(images) => Ok(u32::try_from(images.iter().filter(|image| !image.is_index()).count()).ok()),
        Err(error) if error.is_denied() => Ok(None),
        Err(error) => Err(error),
    }
}
