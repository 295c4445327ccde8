//! An image of another user that got the tag while this run's push to it was under way: the registry moves the tag without asking. It
//! cannot be prevented, so it is looked for after each push, said, and never deleted.

use i18n::Message;

use super::{by_hand, item::Item};
use crate::{
    aws::Aws,
    cloud::images,
    context::Context,
    model::{outcome::Kept, problem::LabError, resource::ResourceKind, step::Check},
    session::ledger::PushedTag,
};

/// Those that still have no tag. Who has given one its tag again has settled it.
async fn still(aws: &Aws, owned: &PushedTag) -> Result<Vec<String>, LabError> {
    let mut still = Vec::new();
    for digest in &owned.displaced {
        let image = images::by_digest(aws, &owned.repository, digest).await?;
        still.extend(image.filter(|image| image.tags.is_empty()).map(|image| image.digest));
    }
    Ok(still)
}

/// Not met for each repository in which an image has lost the tag to this run; nothing if none has.
pub(super) async fn checks(context: &Context, repositories: &[&str], tag: &str) -> Vec<Check> {
    let mut checks = Vec::new();
    for repository in repositories {
        let item = || {
            let title = Message::new("check-tag-displaced").with("repository", *repository).with("tag", tag);
            Item::titled(format!("tag-displaced-{repository}"), title)
        };
        let read = async {
            let Some(owned) = context.session.pushed_tag(&context.run, repository, tag)? else { return Ok(None) };
            if owned.displaced.is_empty() {
                return Ok(None);
            }
            let still = still(context.aws().await?, &owned).await?;
            Ok::<_, LabError>(still.into_iter().next().map(|digest| (owned, digest)))
        };
        match read.await {
            Ok(None) => {}
            Ok(Some((owned, digest))) => {
                let detail = Message::new("check-tag-displaced-not-met").with("digest", &digest);
                let command = by_hand::put_back(context, &owned, &digest).line;
                checks.push(item().not_met(detail, Message::new("hint-tag-displaced").with("command", command)));
            }
            Err(error) => checks.push(item().unread(&error)),
        }
    }
    checks
}

/// What is left of them at a clean-up, which leaves them to their owner. Of a push that was interrupted too, once its record is
/// resolved.
pub(super) async fn kept(context: &Context, repository: &str, tag: &str) -> Result<Vec<Kept>, LabError> {
    let Some(owned) = context.session.pushed_tag(&context.run, repository, tag)? else { return Ok(Vec::new()) };
    if owned.displaced.is_empty() {
        return Ok(Vec::new());
    }
    let still = still(context.aws().await?, &owned).await?;
    let kept = |digest: String| {
        let command = by_hand::put_back(context, &owned, &digest).line;
        let why = Message::new("kept-displaced").with("tag", &owned.tag).with("command", command);
        Kept { kind: ResourceKind::Image, what: format!("{}@{digest}", owned.repository), why, open: true }
    };
    Ok(still.into_iter().map(kept).collect())
}
