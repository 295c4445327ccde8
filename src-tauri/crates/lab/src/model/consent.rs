//! What a user agrees to before anything in their account is changed: the preview of a run, and the consent made from it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::step::{Preview, StepId};

/// What steps of a run would change, and where.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunPreview {
    /// The account's twelve digits.
    pub account: String,
    /// The Region.
    pub region: String,
    /// The endpoint that takes the place of AWS's own, if one is configured.
    pub endpoint: Option<String>,
    /// Step by step.
    pub steps: Vec<StepPreview>,
}

/// What one step would change.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StepPreview {
    /// Which step.
    pub step: StepId,
    /// Its changes.
    pub preview: Preview,
    /// The digest of what it would do to what others own.
    pub digest: String,
}

/// Consent to what a [`RunPreview`] shows. It holds for as long as account, Region, endpoint and what the steps would do
/// to what others own stay the same; what the run itself has changed since does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    account: String,
    region: String,
    endpoint: Option<String>,
    /// The digests that were agreed to.
    steps: BTreeMap<StepId, String>,
}

/// What is done with a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepAction {
    /// It is run.
    Run,
    /// It is undone.
    Undo,
}

impl RunPreview {
    /// The consent of a person who has seen this preview.
    pub fn consent(&self) -> Consent {
        Consent {
            account: self.account.clone(),
            region: self.region.clone(),
            endpoint: self.endpoint.clone(),
            steps: self.steps.iter().map(|step| (step.step, step.digest.clone())).collect(),
        }
    }
}

impl Consent {
    /// Whether it was given for this place.
    pub(crate) fn is_for(&self, preview: &RunPreview) -> bool {
        (&self.account, &self.region, &self.endpoint) == (&preview.account, &preview.region, &preview.endpoint)
    }

    /// Whether it covers a step.
    pub(crate) fn covers(&self, step: &StepPreview) -> bool {
        self.steps.get(&step.step) == Some(&step.digest)
    }

    /// Joined with what was agreed to before, if that was for the same place; the newer digest of a step holds.
    pub(crate) fn joined_to(mut self, earlier: Option<Self>) -> Self {
        if let Some(earlier) = earlier
            && (&earlier.account, &earlier.region, &earlier.endpoint) == (&self.account, &self.region, &self.endpoint)
        {
            for (step, digest) in earlier.steps {
                self.steps.entry(step).or_insert(digest);
            }
        }
        self
    }
}
