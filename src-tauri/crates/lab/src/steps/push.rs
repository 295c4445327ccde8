//! Step 4: the vulnerable image, into the watched repository and into an unwatched one.

use i18n::{Message, format};
use oci::Reference;

use super::{
    displaced, foreign_tags,
    item::Item,
    layer_sharing, local_names, removal,
    shell::{aws, docker, line, line_about, quote, uri},
    transfer::{self, Pusher},
};
use crate::{
    aws::Aws,
    cloud::{
        images::{self, Image},
        repositories,
    },
    context::{Context, Job},
    model::{
        problem::LabError,
        step::{Change, ChangeKind, Check, CommandLine, Preview},
    },
};

pub(super) fn commands(context: &Context) -> Vec<CommandLine> {
    let plan = &context.plan;
    let source = &context.sources.vulnerable;
    let mut lines = vec![pull_line(context, source), login_line(context)];
    lines.extend(layer_sharing::commands(context));
    for name in [&plan.prod, &plan.sandbox] {
        lines.extend(push_lines(context, source, name, &plan.tag));
    }
    for name in [&plan.prod, &plan.sandbox] {
        let words = format!(
            "ecr describe-images --repository-name {} --image-ids imageTag={} --query 'imageDetails[].imageDigest'",
            quote(name),
            quote(&plan.tag)
        );
        lines.push(line_about("image-digest", name, aws(context, &words)));
    }
    lines
}

pub(super) fn pull_line(context: &Context, source: &Reference) -> CommandLine {
    let platform = quote(&context.plan.platform);
    line("image-pull", docker(context, &format!("pull --platform {platform} {}", quote(&source.familiar()))))
}

/// The token is piped from one command to the other, so that it is on no command line.
pub(super) fn login_line(context: &Context) -> CommandLine {
    let uri = uri(context, &context.plan.prod);
    // Of a known URI, the host is the part before the first slash. Otherwise the shell cuts it off.
    let registry = match uri.strip_prefix("\"$(") {
        None => uri.split('/').next().unwrap_or_default().to_owned(),
        Some(rest) => format!("\"$({} | cut -d/ -f1)\"", rest.trim_end_matches(")\"")),
    };
    let login = docker(context, &format!("login --username AWS --password-stdin {registry}"));
    line("registry-login", format!("{} \\\n  | {login}", aws(context, "ecr get-login-password")))
}

pub(super) fn push_lines(context: &Context, source: &Reference, name: &str, tag: &str) -> [CommandLine; 2] {
    let target = format!("{}:{}", uri(context, name), quote(tag));
    [
        line_about("image-tag", name, docker(context, &format!("tag {} {target}", quote(&source.familiar())))),
        line_about("image-push", name, docker(context, &format!("push {target}"))),
    ]
}

pub(super) async fn preview(context: &Context) -> Result<Preview, LabError> {
    let aws = context.aws().await?;
    let plan = &context.plan;
    let (mut changes, mut warnings) = (Vec::new(), Vec::new());
    for name in [&plan.prod, &plan.sandbox] {
        let (of_tag, warning) = preview_tag(context, aws, name, &plan.tag, &plan.image).await?;
        changes.extend(of_tag);
        warnings.extend(warning);
    }
    changes.extend(layer_sharing::preview(context, aws).await?);
    Ok(Preview { changes, cost: Some(Message::new("cost-push")), warnings, ..Preview::default() })
}

/// What a push to a tag would change.
pub(super) async fn preview_tag(
    context: &Context,
    aws: &Aws,
    name: &str,
    tag: &str,
    image: &str,
) -> Result<(Vec<Change>, Option<Message>), LabError> {
    let what = Message::new("preview-image").with("repository", name).with("tag", tag);
    let after = Some(Message::new("preview-image-after").with("image", image).with("platform", &context.plan.platform));
    let Some(repository) = repositories::find(aws, name).await? else {
        let warning = Message::new("warning-repository-missing").with("name", name);
        return Ok((vec![Change { what, kind: ChangeKind::Create, before: None, after }], Some(warning)));
    };
    let Some(present) = images::tagged(aws, name, tag).await? else {
        return Ok((vec![Change { what, kind: ChangeKind::Create, before: None, after }], None));
    };
    let digest = |digest: &str| Some(Message::new("preview-image-before").with("digest", digest));
    let before = digest(&present.digest);
    let keep = Change { what: what.clone(), kind: ChangeKind::Keep, before: before.clone(), after: None };
    let pushed = context.session.pushed_tag(&context.run, name, tag)?;
    if pushed.is_some_and(|pushed| pushed.is_pushed(&present.digest)) {
        return Ok((vec![keep], None));
    }
    let warning = |id: &str| Some(Message::new(id).with("repository", name).with("tag", tag));
    if repository.is_immutable(tag) {
        return Ok((vec![keep], warning("warning-tag-immutable")));
    }
    if !context.plan.move_tags {
        return Ok((vec![keep], warning("warning-tag-refused")));
    }
    if present.archived {
        return Ok((vec![keep], warning("warning-tag-archived")));
    }
    let saved_as = foreign_tags::saved_tag(context, tag);
    let kept_by = Message::new("preview-image").with("repository", name).with("tag", &saved_as);
    let changes = vec![
        Change { what: kept_by, kind: ChangeKind::Create, before: None, after: digest(&present.digest) },
        Change { what, kind: ChangeKind::Replace, before, after },
    ];
    Ok((changes, warning("warning-tag-moves").map(|warning| warning.with("saved", saved_as))))
}

pub(super) async fn run(job: &Job<'_>) -> Result<(), LabError> {
    let context = job.context;
    let aws = context.aws().await?;
    let plan = &context.plan;
    let prod = transfer::target(aws, &plan.prod).await?;
    let sandbox = transfer::target(aws, &plan.sandbox).await?;
    let source = &context.sources.vulnerable;
    let pulled = transfer::fetch(job, source).await?;
    layer_sharing::turn_on(job, aws).await?;
    let mut pusher = Pusher::default();
    for repository in [prod, sandbox] {
        let image = pusher.publish(job, &pulled, &repository, &plan.tag).await?;
        remember(context, &repository.name, Some(repository.uri.clone()), &image)?;
    }
    Ok(())
}

/// Records which image a repository holds.
pub(super) fn remember(context: &Context, name: &str, uri: Option<String>, image: &Image) -> Result<(), LabError> {
    let mut outcome = context.session.repository_outcome(&context.run, name)?;
    outcome.uri = uri.or(outcome.uri);
    outcome.set_image(&image.digest, &image.media_type);
    context.session.put_repository_outcome(&context.run, &outcome)
}

pub(super) async fn check(context: &Context) -> Result<Vec<Check>, LabError> {
    let plan = &context.plan;
    let mut checks = check_images(context).await?;
    checks.extend(displaced::checks(context, &[&plan.prod, &plan.sandbox], &plan.tag).await);
    Ok(checks)
}

async fn check_images(context: &Context) -> Result<Vec<Check>, LabError> {
    let plan = &context.plan;
    let item = |role: &str, name: &str| {
        let title = Message::new("check-image-there").with("repository", name).with("tag", &plan.tag);
        Item::titled(format!("{role}-image"), title)
    };
    let (prod, sandbox) = (item("prod", &plan.prod), item("sandbox", &plan.sandbox));
    let (same, single) = (Item::new("same-digest"), Item::new("single-image"));
    let read = async {
        let aws = context.aws().await?;
        let requests = (images::tagged(aws, &plan.prod, &plan.tag), images::tagged(aws, &plan.sandbox, &plan.tag));
        futures::try_join!(requests.0, requests.1)
    };
    let (in_prod, in_sandbox) = match Box::pin(read).await {
        Ok(images) => images,
        Err(error) => return Ok([prod, sandbox, same, single].map(|item| item.unread(&error)).into()),
    };
    for (name, image) in [(&plan.prod, &in_prod), (&plan.sandbox, &in_sandbox)] {
        if let Some(image) = image {
            remember(context, name, None, image)?;
        }
    }
    let missing = || Message::new("hint-run-push");
    let there = |item: Item, name: &str, image: &Option<Image>| match image {
        Some(image) => {
            let detail = Message::new("check-image-stored").with("digest", &image.digest);
            item.met(detail.with("size", format::bytes(image.size)))
        }
        None => item.not_met(Message::new("check-image-missing").with("repository", name), missing()),
    };
    let mut checks = vec![there(prod, &plan.prod, &in_prod), there(sandbox, &plan.sandbox, &in_sandbox)];
    let (Some(in_prod), Some(in_sandbox)) = (in_prod, in_sandbox) else {
        let not_yet = || Message::new("check-both-needed");
        checks.extend([same.not_met(not_yet(), missing()), single.not_met(not_yet(), missing())]);
        return Ok(checks);
    };
    let digests = Message::new("check-digests").with("prod", &in_prod.digest).with("sandbox", &in_sandbox.digest);
    checks.push(if in_prod.digest == in_sandbox.digest {
        same.met(Message::new("check-same-digest-met").with("digest", &in_prod.digest))
    } else {
        same.not_met(digests, Message::new("hint-digests-differ"))
    });
    let kind = Message::new("check-media-type").with("media-type", &in_prod.media_type);
    checks.push(if in_prod.is_index() || in_sandbox.is_index() {
        single.not_met(kind, Message::new("hint-index").with("platform", &plan.platform))
    } else {
        single.met(kind)
    });
    Ok(checks)
}

pub(super) async fn undo(job: &Job<'_>) -> Result<(), LabError> {
    let plan = &job.context.plan;
    removal::images(job, |tag| tag.tag == plan.tag).await?;
    layer_sharing::put_back(job).await?;
    local_names::of_source(job, &job.context.sources.vulnerable, &plan.tag).await
}
