//! ECR's input validation: repository names, image ids, registry ids and resource tags. The limits are those of the API
//! model.

use std::collections::BTreeMap;

use registry::ImageRecord;
use serde::{Deserialize, Serialize};

use crate::{
    api::input, config::ACCOUNT, hooks::unknown_repository, paging::BadToken, state::State, wire::error::ApiError,
};

/// `imageId`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ImageId {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) image_digest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) image_tag: Option<String>,
}

/// `tags` of a repository, whose members begin with capitals.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Tag {
    pub(super) key: Option<String>,
    #[serde(default)]
    pub(super) value: Option<String>,
}

const NAME_PATTERN: &str = "(?:[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*/)*[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const TAGS: usize = 50;

/// Validates a repository's name: 2 to 256 characters.
pub(super) fn name(input: Option<String>) -> Result<String, ApiError> {
    let name = input::required("repositoryName", input)?;
    checked_name("repositoryName", &name)?;
    Ok(name)
}

pub(super) fn checked_name(member: &str, name: &str) -> Result<(), ApiError> {
    if !(2..=256).contains(&name.len()) {
        return Err(ApiError::parameter(member, "must have length between 2 and 256"));
    }
    registry::check_name(name)
        .map_err(|_| ApiError::parameter(member, &format!("must satisfy regular expression '{NAME_PATTERN}'")))
}

/// Validates a registry id: only the account's own registry exists.
pub(super) fn registry_id(requested: Option<&str>) -> Result<(), ApiError> {
    match requested {
        None | Some(ACCOUNT) => Ok(()),
        Some(id) if redaction::is_account_id(id) => {
            let message = format!("The practice cloud has the registry of account {ACCOUNT} only, not that of {id}.");
            Err(ApiError::new("AccessDeniedException", message))
        }
        Some(_) => Err(ApiError::parameter("registryId", "must satisfy regular expression '[0-9]{12}'")),
    }
}

pub(super) fn repository_exists(state: &State, name: &str) -> Result<(), ApiError> {
    if state.repositories.contains_key(name) { Ok(()) } else { Err(repository_not_found(name)) }
}

pub(super) fn repository_not_found(name: &str) -> ApiError {
    ApiError::new("RepositoryNotFoundException", unknown_repository(name))
}

pub(super) fn image_not_found(id: &ImageId, name: &str) -> ApiError {
    let message = format!(
        "The image with imageId {} does not exist within the repository with name '{name}' in the registry with id \
         '{ACCOUNT}'",
        id.to_message()
    );
    ApiError::new("ImageNotFoundException", message)
}

/// The token was not issued for this call.
pub(super) fn next_token(_: BadToken) -> ApiError {
    ApiError::parameter("nextToken", "Invalid token")
}

/// Validates a resource's tags.
pub(super) fn tags(input: Vec<Tag>) -> Result<BTreeMap<String, String>, ApiError> {
    let mut tags = BTreeMap::new();
    for Tag { key, value } in input {
        let (key, value) = (key.unwrap_or_default(), value.unwrap_or_default());
        let invalid = |message: &str| Err(ApiError::new("InvalidTagParameterException", message));
        if !(1..=128).contains(&key.chars().count()) {
            return invalid("A tag's key must have between 1 and 128 characters.");
        }
        if value.chars().count() > 256 {
            return invalid("A tag's value must have 256 characters at most.");
        }
        if key.starts_with("aws:") {
            return invalid("A tag's key must not begin with aws:.");
        }
        tags.insert(key, value);
    }
    Ok(tags)
}

pub(super) fn tag_count(tags: &BTreeMap<String, String>) -> Result<(), ApiError> {
    if tags.len() <= TAGS {
        return Ok(());
    }
    Err(ApiError::new("TooManyTagsException", format!("A repository can have {TAGS} tags at most.")))
}

impl ImageId {
    /// Validates the id: it needs a tag or a digest, both well-formed.
    pub(super) fn check(&self) -> Result<(), ApiError> {
        if self.image_digest.is_none() && self.image_tag.is_none() {
            return Err(ApiError::parameter("imageId", "must have an imageDigest or an imageTag"));
        }
        if let Some(digest) = &self.image_digest
            && digest.parse::<oci::Digest>().is_err()
        {
            return Err(ApiError::parameter(
                "imageDigest",
                "must satisfy regular expression '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
            ));
        }
        if self.image_tag.as_ref().is_some_and(|tag| !(1..=300).contains(&tag.len())) {
            return Err(ApiError::parameter("imageTag", "must have length between 1 and 300"));
        }
        Ok(())
    }

    /// The image it identifies; tag and digest must agree.
    pub(super) fn find<'a>(&self, images: &'a [ImageRecord]) -> Option<&'a ImageRecord> {
        images.iter().find(|image| self.matches(image))
    }

    fn matches(&self, image: &ImageRecord) -> bool {
        self.is_of(image.digest.as_str(), &image.tags)
    }

    /// Whether it identifies the image with this digest and these tags.
    pub(super) fn is_of(&self, digest: &str, tags: &[String]) -> bool {
        self.image_digest.as_deref().is_none_or(|own| own == digest)
            && self.image_tag.as_ref().is_none_or(|tag| tags.contains(tag))
    }

    /// `{imageDigest:'sha256:…', imageTag:'latest'}`
    pub(super) fn to_message(&self) -> String {
        let or_null = |value: &Option<String>| value.as_ref().map_or("null".to_owned(), |value| format!("'{value}'"));
        format!("{{imageDigest:{}, imageTag:{}}}", or_null(&self.image_digest), or_null(&self.image_tag))
    }
}
