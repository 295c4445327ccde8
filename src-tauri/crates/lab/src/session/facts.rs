//! What a run has read and has to keep: the scanning configuration before it, the outcome of its repositories, its receipt.

use findings::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{Session, from_json, refused, to_json};
use crate::{
    former_state::FormerState,
    model::{
        configuration_choice::ConfigurationChoice,
        consent::Consent,
        outcome::{ComparisonOutcome, Receipt, RepositoryOutcome},
        problem::LabError,
        run_id::RunId,
        scanning_configuration::ScanningConfiguration,
    },
    scanning::InspectorStatus,
};

/// The registry's scanning configuration before the lab, and what the lab put in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SavedScanning {
    /// The configuration before any run of the lab.
    pub(crate) before: ScanningConfiguration,
    /// Inspector's scanning of ECR before any run.
    pub(crate) inspector_before: InspectorStatus,
    /// What the lab put, or was about to put.
    pub(crate) put: ScanningConfiguration,
    /// It has been put back.
    #[serde(default)]
    pub(crate) restored: bool,
    /// What this run read before its put, where another run had changed it already.
    #[serde(default)]
    pub(crate) replaced: Option<FormerState>,
    /// Another run had changed it already and has not recorded what it was before: `before` is only what this run read.
    #[serde(default)]
    pub(crate) former_unknown: bool,
    /// Inspector is being turned off, which selects basic scanning.
    #[serde(default)]
    pub(crate) disabling: bool,
    /// The filters of others that were deleted with Inspector's scanning of ECR, as a person has chosen.
    #[serde(default)]
    pub(crate) filters_gone: Vec<String>,
    /// What a person has chosen.
    #[serde(default)]
    pub(crate) choice: Option<ConfigurationChoice>,
}

impl SavedScanning {
    /// What this run read before its put.
    pub(crate) fn replaced(&self) -> (&ScanningConfiguration, &InspectorStatus) {
        match &self.replaced {
            Some(replaced) => (&replaced.configuration, &replaced.inspector),
            None => (&self.before, &self.inspector_before),
        }
    }

    /// What is recorded for other runs; `None` where it is not known.
    pub(crate) fn former(&self) -> Option<FormerState> {
        let former = || FormerState { configuration: self.before.clone(), inspector: self.inspector_before.clone() };
        (!self.former_unknown).then(former)
    }

    /// Whether the runs of the lab turned Inspector on.
    pub(crate) fn turned_inspector_on(&self) -> bool {
        self.former().is_some_and(|former| former.is_inspector_turned_on())
    }
}

/// A setting of the account that the run has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SavedSetting {
    /// Its value before the change.
    pub(crate) before: String,
    /// It has been put back.
    pub(crate) restored: bool,
}

/// The comparison, and the digest of the compared image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Compared {
    pub(crate) digest: String,
    pub(crate) outcome: ComparisonOutcome,
}

const SCANNING: &str = "scanning";
const BLOB_MOUNTING: &str = "blob-mounting";
const COMPARED: &str = "compared";
const RECEIPT: &str = "receipt";
const CREDENTIAL: &str = "credential";
const CONSENT: &str = "consent";
const CHOSEN: &str = "chosen";
const RECOVERED: &str = "recovered";
const ENDPOINT: &str = "endpoint";

impl Session {
    pub(crate) fn saved_scanning(&self, run: &RunId) -> Result<Option<SavedScanning>, LabError> {
        self.fact(run, SCANNING)
    }

    pub(crate) fn save_scanning(&self, run: &RunId, saved: &SavedScanning) -> Result<(), LabError> {
        self.put_fact(run, SCANNING, saved)
    }

    pub(crate) fn saved_blob_mounting(&self, run: &RunId) -> Result<Option<SavedSetting>, LabError> {
        self.fact(run, BLOB_MOUNTING)
    }

    pub(crate) fn save_blob_mounting(&self, run: &RunId, saved: &SavedSetting) -> Result<(), LabError> {
        self.put_fact(run, BLOB_MOUNTING, saved)
    }

    pub(crate) fn repository_outcome(&self, run: &RunId, name: &str) -> Result<RepositoryOutcome, LabError> {
        let stored = self.fact(run, &format!("repository/{name}"))?;
        Ok(stored.unwrap_or_else(|| RepositoryOutcome::unread(name)))
    }

    pub(crate) fn put_repository_outcome(&self, run: &RunId, outcome: &RepositoryOutcome) -> Result<(), LabError> {
        self.put_fact(run, &format!("repository/{}", outcome.name), outcome)
    }

    pub(crate) fn compared(&self, run: &RunId) -> Result<Option<Compared>, LabError> {
        self.fact(run, COMPARED)
    }

    pub(crate) fn put_compared(&self, run: &RunId, compared: &Compared) -> Result<(), LabError> {
        self.put_fact(run, COMPARED, compared)
    }

    pub(crate) fn receipt(&self, run: &RunId) -> Result<Option<Receipt>, LabError> {
        self.fact(run, RECEIPT)
    }

    pub(crate) fn put_receipt(&self, run: &RunId, receipt: &Receipt) -> Result<(), LabError> {
        self.put_fact(run, RECEIPT, receipt)
    }

    /// When the registry's last token ends. Never the token.
    pub(crate) fn credential_expiry(&self, run: &RunId) -> Result<Option<Timestamp>, LabError> {
        self.fact(run, CREDENTIAL)
    }

    pub(crate) fn put_credential_expiry(&self, run: &RunId, expires_at: Timestamp) -> Result<(), LabError> {
        self.put_fact(run, CREDENTIAL, &expires_at)
    }

    /// What the user has agreed to.
    pub(crate) fn consent(&self, run: &RunId) -> Result<Option<Consent>, LabError> {
        self.fact(run, CONSENT)
    }

    pub(crate) fn put_consent(&self, run: &RunId, consent: &Consent) -> Result<(), LabError> {
        self.put_fact(run, CONSENT, consent)
    }

    /// The names, not made by this run, that a person has chosen to have removed.
    pub(crate) fn chosen(&self, run: &RunId) -> Result<Vec<String>, LabError> {
        Ok(self.fact(run, CHOSEN)?.unwrap_or_default())
    }

    pub(crate) fn put_chosen(&self, run: &RunId, names: &[String]) -> Result<(), LabError> {
        self.put_fact(run, CHOSEN, &names)
    }

    /// Whether the run was found again by what the cloud has of it: what else it did is not known.
    pub(crate) fn is_recovered(&self, run: &RunId) -> Result<bool, LabError> {
        Ok(self.fact(run, RECOVERED)?.unwrap_or_default())
    }

    pub(crate) fn set_recovered(&self, run: &RunId) -> Result<(), LabError> {
        self.put_fact(run, RECOVERED, &true)
    }

    /// The endpoint that took the place of AWS's own, if one did.
    pub(crate) fn endpoint(&self, run: &RunId) -> Result<Option<String>, LabError> {
        Ok(self.fact::<Option<String>>(run, ENDPOINT)?.flatten())
    }

    pub(crate) fn put_endpoint(&self, run: &RunId, endpoint: Option<&str>) -> Result<(), LabError> {
        self.put_fact(run, ENDPOINT, &endpoint)
    }

    fn fact<T: DeserializeOwned>(&self, run: &RunId, key: &str) -> Result<Option<T>, LabError> {
        let document: Option<String> = self
            .connection()
            .query_row("SELECT document FROM fact WHERE run = ?1 AND key = ?2", params![run.0, key], |row| row.get(0))
            .optional()
            .map_err(refused)?;
        document.map(|document| from_json(&document)).transpose()
    }

    fn put_fact(&self, run: &RunId, key: &str, value: &impl Serialize) -> Result<(), LabError> {
        self.connection()
            .execute(
                "INSERT INTO fact (run, key, document) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE SET document = excluded.document",
                params![run.0, key, to_json(value)?],
            )
            .map_err(refused)?;
        Ok(())
    }
}
