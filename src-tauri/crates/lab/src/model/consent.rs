//! What a user agrees to before anything in their account is changed: the preview of a run, how it is confirmed, and the
//! consent made from both.

use std::collections::BTreeMap;

use i18n::Message;
use serde::{Deserialize, Serialize};

use super::{
    caution::Caution,
    step::{Preview, StepId},
};

/// What steps of a run would change, and where.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunPreview {
    /// The account's twelve digits.
    pub account: String,
    /// The account's name.
    pub alias: AccountAlias,
    /// The ARN of the user or the role whose credentials are used.
    pub principal: String,
    /// The Region.
    pub region: String,
    /// The endpoint that takes the place of AWS's own, if one is configured.
    pub endpoint: Option<String>,
    /// Why the account needs a second confirmation; none for most accounts.
    pub cautions: Vec<Caution>,
    /// Step by step. The configuration of the whole registry comes first.
    pub steps: Vec<StepPreview>,
    /// What is scanned from then on, if that is among the changes.
    pub scanning: Option<ScanningCost>,
    /// What the clean-up undoes.
    pub undone: Vec<Message>,
    /// What it cannot undo.
    pub lasting: Vec<Message>,
}

/// The name that an account has beside its number.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum AccountAlias {
    /// It has this one.
    Named {
        /// The alias.
        name: String,
    },
    /// It has none.
    Unnamed,
    /// It could not be read: that needs a permission of its own.
    NotRead,
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

/// What Inspector scans because of a run, and about what that costs.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScanningCost {
    /// Repositories outside the plan that are scanned from then on, by name; `None`: repositories could not be listed.
    pub others: Option<Vec<ScannedRepository>>,
    /// About what the scans cost, as far as the images could be counted.
    pub estimate: Message,
    /// The page with the prices.
    pub pricing_page: String,
}

/// A repository that is scanned from then on.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScannedRepository {
    /// Its name.
    pub name: String,
    /// How many images it has; `None`: they could not be counted.
    pub images: Option<u32>,
}

/// How a user confirms a [`RunPreview`].
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Confirmation {
    /// Which account they mean.
    pub account: AccountConfirmation,
    /// Whether they have confirmed once more, having read the [cautions](RunPreview::cautions).
    pub despite_cautions: bool,
}

/// How a user states which account they mean.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum AccountConfirmation {
    /// By typing its last four digits.
    Typed {
        /// What was typed.
        digits: String,
    },
    /// Before it was shown, as in a script: by its id. An endpoint that is not AWS's own needs none.
    InAdvance {
        /// The account's twelve digits.
        account: Option<String>,
    },
}

/// Consent to what a [`RunPreview`] shows. It holds for as long as account, Region, endpoint and what the steps would do
/// to what others own stay the same; what the run itself has changed since does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Consent {
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
    /// The digits by which the account is confirmed: its last four.
    pub fn last_digits(&self) -> &str {
        self.account.get(self.account.len().saturating_sub(4)..).unwrap_or_default()
    }
}

impl Consent {
    /// To what a preview shows.
    pub(crate) fn to(preview: &RunPreview) -> Self {
        Self {
            account: preview.account.clone(),
            region: preview.region.clone(),
            endpoint: preview.endpoint.clone(),
            steps: preview.steps.iter().map(|step| (step.step, step.digest.clone())).collect(),
        }
    }

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
