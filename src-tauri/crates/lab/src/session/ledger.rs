//! What a run creates: recorded before the call that creates it, and again after. Only what is recorded here is ever deleted.

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::{Session, from_json, refused, to_json};
use crate::model::problem::LabError;
use crate::model::run_id::RunId;

/// A resource that a run created or uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Owned {
    /// A repository.
    Repository {
        name: String,
        #[serde(rename = "standing")]
        origin: RepositoryOrigin,
    },
    /// A tag that was pushed.
    Tag(PushedTag),
    /// A name of an image in the engine.
    Local(LocalName),
}

/// Where a repository comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RepositoryOrigin {
    /// The call that creates it was about to be sent. Its tag shows whether it was.
    Intended,
    /// This run created it.
    #[serde(rename = "made")]
    Created,
    /// It existed before: used, never deleted.
    #[serde(rename = "stood")]
    Preexisting,
}

/// A tag that this run pushed, or was about to push.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PushedTag {
    pub(crate) repository: String,
    pub(crate) tag: String,
    /// The digest that the tag had before.
    pub(crate) before: Option<String>,
    /// Every digest that was in the repository before. None of them is ever deleted.
    #[serde(rename = "stood")]
    pub(crate) preexisting: Vec<String>,
    /// The digest that was pushed, once it is known.
    pub(crate) digest: Option<String>,
}

/// A name in the engine that this run gave, or was about to give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LocalName {
    /// `host/path:tag`
    pub(crate) reference: String,
    /// The id of the image that had the name before.
    pub(crate) before: Option<String>,
    /// It was given.
    #[serde(default)]
    pub(crate) made: bool,
}

impl Owned {
    fn key(&self) -> String {
        match self {
            Self::Repository { name, .. } => repository_key(name),
            Self::Tag(tag) => tag_key(&tag.repository, &tag.tag),
            Self::Local(local) => local_key(&local.reference),
        }
    }
}

fn repository_key(name: &str) -> String {
    format!("repository/{name}")
}

fn tag_key(repository: &str, tag: &str) -> String {
    format!("tag/{repository}:{tag}")
}

fn local_key(reference: &str) -> String {
    format!("local/{reference}")
}

impl Session {
    /// Records what this run has created or is about to create.
    pub(crate) fn own(&self, run: &RunId, owned: &Owned) -> Result<(), LabError> {
        self.connection()
            .execute(
                "INSERT INTO owned (run, key, document) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE SET document = excluded.document",
                params![run.0, owned.key(), to_json(owned)?],
            )
            .map_err(refused)?;
        Ok(())
    }

    pub(crate) fn origin(&self, run: &RunId, repository: &str) -> Result<Option<RepositoryOrigin>, LabError> {
        match self.owned_by_key(run, &repository_key(repository))? {
            Some(Owned::Repository { origin, .. }) => Ok(Some(origin)),
            _ => Ok(None),
        }
    }

    pub(crate) fn pushed_tag(&self, run: &RunId, repository: &str, tag: &str) -> Result<Option<PushedTag>, LabError> {
        match self.owned_by_key(run, &tag_key(repository, tag))? {
            Some(Owned::Tag(tag)) => Ok(Some(tag)),
            _ => Ok(None),
        }
    }

    pub(crate) fn local_name(&self, run: &RunId, reference: &str) -> Result<Option<LocalName>, LabError> {
        match self.owned_by_key(run, &local_key(reference))? {
            Some(Owned::Local(local)) => Ok(Some(local)),
            _ => Ok(None),
        }
    }

    /// Everything, in a lasting order.
    pub(crate) fn owned(&self, run: &RunId) -> Result<Vec<Owned>, LabError> {
        let connection = self.connection();
        let mut statement =
            connection.prepare_cached("SELECT document FROM owned WHERE run = ?1 ORDER BY key").map_err(refused)?;
        let documents = statement.query_map([&run.0], |row| row.get::<_, String>(0)).map_err(refused)?;
        documents.map(|document| from_json(&document.map_err(refused)?)).collect()
    }

    fn owned_by_key(&self, run: &RunId, key: &str) -> Result<Option<Owned>, LabError> {
        let document: Option<String> = self
            .connection()
            .query_row("SELECT document FROM owned WHERE run = ?1 AND key = ?2", params![run.0, key], |row| row.get(0))
            .optional()
            .map_err(refused)?;
        document.map(|document| from_json(&document)).transpose()
    }
}
