//! What a run creates: recorded before the call that creates it, and again after. Only what is recorded here is ever deleted.

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::{Session, from_json, refused, to_json};
use crate::model::{pinned_image::PinnedImage, problem::LabError, run_id::RunId};

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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Every digest that this run's pushes to the tag have put in the repository, an index before its manifests. Also those that
    /// a later push has replaced.
    #[serde(default)]
    pub(crate) pushed: Vec<String>,
    /// The image of a push that was begun and whose digest is not recorded yet.
    #[serde(default)]
    pub(crate) pushing: Option<PinnedImage>,
    /// Images of others that lost the tag to this run's push, because they got it while the push was under way.
    #[serde(default)]
    pub(crate) displaced: Vec<String>,
    /// The tag that holds the image with the digest `before` until the tag is put back.
    #[serde(default)]
    pub(crate) saved_as: Option<String>,
}

impl PushedTag {
    /// Whether this run has put a digest in the repository.
    pub(crate) fn is_pushed(&self, digest: &str) -> bool {
        !self.preexisting.iter().any(|there| there == digest)
            && (self.digest.as_deref() == Some(digest) || self.pushed.iter().any(|pushed| pushed == digest))
    }

    /// Whether this run has moved the tag from another user's image, or was about to.
    pub(crate) fn is_moved(&self) -> bool {
        self.saved_as.is_some() || self.digest.as_ref().is_some_and(|digest| self.is_pushed(digest))
    }

    /// What this run has put in the repository and what is never in there from before, an index before its manifests. Version 0.1.0
    /// recorded the last digest only.
    pub(crate) fn all_pushed(&self) -> impl Iterator<Item = &String> {
        let last = self.digest.iter().filter(|digest| !self.pushed.contains(digest));
        self.pushed.iter().chain(last).filter(|digest| !self.preexisting.contains(digest))
    }

    /// Records what a push has put in the repository. Its tag has the first of the digests.
    pub(crate) fn record_push(&mut self, digests: Vec<String>) {
        self.digest = digests.first().cloned().or(self.digest.take());
        // What is pushed again is an index's manifest after the index again.
        self.pushed.retain(|digest| !digests.contains(digest));
        self.pushed.extend(digests);
        self.pushing = None;
    }
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
    /// The image that it was given to, once that is known.
    #[serde(default)]
    pub(crate) image: Option<PinnedImage>,
    /// That image was not in the engine before.
    #[serde(default)]
    pub(crate) brought: bool,
}

impl LocalName {
    /// Whether the image that has the name now is the one that this run gave it to. Where the run does not know whether it gave
    /// the name at all, the name is not taken for its own: a person may have given it by hand.
    pub(crate) fn is_given_to(&self, id: &str) -> bool {
        // Version 0.1.0 recorded that a name was given, and not to which image.
        self.image.as_ref().map_or(self.made, |image| image.is_local(id))
    }

    /// Whether the run was interrupted while it gave the name, so that it does not know whether it did.
    pub(crate) fn is_unknown(&self) -> bool {
        !self.made && self.image.is_none()
    }
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

    /// Forgets what this run was about to create, and certainly has not.
    pub(crate) fn disown(&self, run: &RunId, owned: &Owned) -> Result<(), LabError> {
        self.connection()
            .execute("DELETE FROM owned WHERE run = ?1 AND key = ?2", params![run.0, owned.key()])
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
