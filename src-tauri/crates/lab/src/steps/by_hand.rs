//! The commands with which a person undoes a run in a terminal. As the clean-up itself they never force: an image that no other tag
//! refers to goes with its last tag, and a repository only when it is empty.

use crate::{
    context::Context,
    model::step::CommandLine,
    session::ledger::{Owned, PushedTag, RepositoryOrigin},
};

use super::shell::{aws, docker, line_about, quote};

/// The lines for images and repositories.
pub(super) fn registry(context: &Context, owned: &[Owned]) -> Vec<CommandLine> {
    let mut lines = Vec::new();
    for owned in owned {
        if let Owned::Tag(tag) = owned {
            lines.extend(tag_lines(context, tag));
        }
    }
    for owned in owned {
        if let Owned::Repository { name, origin: RepositoryOrigin::Created | RepositoryOrigin::Intended } = owned {
            let words = format!("ecr delete-repository --repository-name {}", quote(name));
            lines.push(line_about("repository-delete", name, aws(context, &words)));
        }
    }
    lines
}

/// The lines for what was pushed to one tag: first the tag itself, then manifests without a tag.
fn tag_lines(context: &Context, tag: &PushedTag) -> Vec<CommandLine> {
    let delete = |id: &str| {
        let repository = quote(&tag.repository);
        let words = format!("ecr batch-delete-image --repository-name {repository} --image-ids {id}");
        line_about("image-delete", &tag.repository, aws(context, &words))
    };
    let mut lines = Vec::new();
    let (pushed, name) = (tag.digest.as_ref(), quote(&tag.tag));
    match (&tag.before, &tag.saved_as) {
        (Some(before), Some(saved_as)) => {
            lines.push(put_back(context, tag, before));
            lines.push(delete(&format!("imageTag={}", quote(saved_as))));
        }
        _ if pushed.is_some_and(|digest| tag.is_pushed(digest)) => lines.push(delete(&format!("imageTag={name}"))),
        _ => {}
    }
    let untagged = tag.all_pushed().filter(|digest| Some(*digest) != pushed || tag.saved_as.is_some());
    lines.extend(untagged.map(|digest| delete(&format!("imageDigest={digest}"))));
    lines
}

/// Puts a tag back to the image that had it before.
pub(super) fn put_back(context: &Context, tag: &PushedTag, before: &str) -> CommandLine {
    let repository = quote(&tag.repository);
    let manifest = format!(
        "ecr batch-get-image --repository-name {repository} --image-ids imageDigest={before} --query 'images[0].imageManifest' --output text"
    );
    let words = format!(
        "ecr put-image --repository-name {repository} --image-tag {} --image-digest {before} --image-manifest \"$({})\"",
        quote(&tag.tag),
        aws(context, &manifest)
    );
    line_about("tag-restore", &format!("{}:{}", tag.repository, tag.tag), aws(context, &words))
}

/// The lines for local images.
pub(super) fn engine(context: &Context, owned: &[Owned]) -> Vec<CommandLine> {
    let locals = owned.iter().filter_map(|owned| match owned {
        Owned::Local(local) if local.before.is_none() && !local.is_unknown() => Some(&local.reference),
        _ => None,
    });
    locals
        .map(|reference| {
            let words = format!("rmi {}", quote(reference));
            line_about("local-remove", reference, docker(context, &words))
        })
        .collect()
}
