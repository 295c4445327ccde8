//! Inspector's side of the repositories: what it covers and why, and how much it counts.

use serde::Serialize;

pub use crate::cloud::coverage::{CoverageRow, InspectorCounts};
use crate::{cloud::coverage, context::Context, model::problem::LabError};

/// Inspector's side of one repository.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InspectorRepository {
    /// Its name.
    pub repository: String,
    /// What Inspector knows of it: the repository itself, and its images. Empty while it knows nothing.
    pub coverage: Vec<CoverageRow>,
    /// Its active findings, counted by Inspector; `None` where it has none.
    pub counts: Option<InspectorCounts>,
}

/// Inspector's side of the watched repository and of the unwatched one with the same image.
pub(crate) async fn inspector(context: &Context) -> Result<Vec<InspectorRepository>, LabError> {
    let aws = context.aws().await?;
    let sides = [&context.plan.prod, &context.plan.sandbox].map(|name| async move {
        let (coverage, counts) = futures::try_join!(coverage::rows(aws, name), coverage::counts(aws, name))?;
        Ok(InspectorRepository { repository: name.clone(), coverage, counts })
    });
    futures::future::try_join_all(sides).await
}
