//! Step 1: checks what the lab needs. Reads only.

use futures::future::{BoxFuture, join_all};
use i18n::Message;

use super::{
    encryption, inspector_ready,
    item::Item,
    network, preflight,
    shell::{aws, docker, line},
    tag_check,
};
use crate::{
    cloud::configuration,
    context::{Context, Job},
    images::reach,
    model::{
        access::{EngineKind, Mode},
        code::Code,
        permission::PermissionStatus,
        problem::LabError,
        step::{Check, CommandLine},
    },
};

/// Room for the practice images, which the engine and the practice cloud keep packed, and for the lab's own files.
const PRACTICE_ROOM: u64 = 128 << 20;
/// Room for one of the lesson's images, packed: the built-in engine does not unpack it. Other images may be larger.
const PACKED: u64 = 400 << 20;
/// Room for one of the lesson's images, packed and unpacked, as Docker keeps it.
const UNPACKED: u64 = 1 << 30;

pub(super) fn commands(context: &Context) -> Vec<CommandLine> {
    vec![
        line("identity", aws(context, "sts get-caller-identity")),
        line("scanning-now", aws(context, "ecr get-registry-scanning-configuration")),
        line("inspector-now", aws(context, "inspector2 batch-get-account-status")),
        line("engine-version", docker(context, "version")),
    ]
}

/// Fails where the caller cannot be identified or there is no engine: no other step can run then.
pub(super) async fn run(job: &Job<'_>) -> Result<(), LabError> {
    let context = job.context;
    job.note(Message::new("note-preparing"));
    context.account().await?;
    let engine = context.images().await?.engine().await?;
    context.session.set_engine(&context.run, context.access.engine.kind, &engine.version)
}

pub(super) async fn check(context: &Context) -> Vec<Check> {
    let checks: [BoxFuture<'_, Check>; 12] = [
        Box::pin(identity(context)),
        Box::pin(region(context)),
        Box::pin(network::own(context)),
        Box::pin(permissions(context)),
        Box::pin(inspector_ready::check(context)),
        Box::pin(tag_check::check(context)),
        Box::pin(encryption::check(context)),
        Box::pin(engine(context)),
        Box::pin(network::of_engine(context)),
        Box::pin(disk(context)),
        Box::pin(source_registry(context)),
        Box::pin(private_registry(context)),
    ];
    join_all(checks).await
}

async fn identity(context: &Context) -> Check {
    let item = Item::new("identity");
    match context.account().await {
        Ok(who) => {
            let detail = Message::new("check-identity-met").with("account", &who.account).with("arn", &who.arn);
            item.met(detail)
        }
        Err(error) => item.failed(&error),
    }
}

async fn region(context: &Context) -> Check {
    let item = Item::new("region");
    let aws = match context.any_aws().await {
        Ok(aws) => aws,
        Err(error) => return item.failed(&error),
    };
    match configuration::get(aws).await {
        Ok(_) => item.met(Message::new("check-region-met").with("region", aws.region())),
        // A denial still proves that the Region responds.
        Err(LabError::Problem(refused)) if refused.code == Code::AccessDenied => {
            item.met(Message::new("check-region-met").with("region", aws.region()))
        }
        Err(error) => item.failed(&error),
    }
}

/// What is known about the permissions, as one item: [`preflight::lines`] has a line for each.
async fn permissions(context: &Context) -> Check {
    let item = Item::new("permissions");
    let lines = match preflight::lines(context).await {
        Ok(lines) => lines,
        Err(error) => return item.unread(&error),
    };
    let required = |status: PermissionStatus| {
        let of_status = lines.iter().filter(move |line| line.required && line.status == status);
        of_status.map(|line| line.action.as_str()).collect::<Vec<_>>()
    };
    let refused = required(PermissionStatus::Refused);
    if !refused.is_empty() {
        let hint = Message::new("check-permissions-hint");
        return item.not_met(Message::new("check-permissions-not-met").with("actions", refused.join(", ")), hint);
    }
    let failed =
        lines.iter().find(|line| line.required && line.status == PermissionStatus::Unknown && line.reason.is_some());
    if let Some(reason) = failed.and_then(|line| line.reason.clone()) {
        return item.unknown(reason, Message::new("check-permissions-hint"));
    }
    let count = |status| lines.iter().filter(|line| line.status == status).count();
    let doubtful = required(PermissionStatus::ExpectedRefused);
    let detail = if doubtful.is_empty() {
        Message::new("check-permissions-known").with("expected", count(PermissionStatus::ExpectedAllowed))
    } else {
        Message::new("check-permissions-doubtful").with("actions", doubtful.join(", "))
    };
    item.met(detail.with("proven", count(PermissionStatus::Proven)).with("unknown", count(PermissionStatus::Unknown)))
}

async fn engine(context: &Context) -> Check {
    let item = Item::new("engine");
    let request = async { context.images().await?.engine().await };
    match request.await {
        Ok(engine) => {
            let detail =
                Message::new("check-engine-met").with("version", engine.version).with("api", engine.api_version);
            item.met(detail.with("host", &context.access.engine.host).with("platform", engine.os_arch))
        }
        Err(error) => item.failed(&error),
    }
}

async fn disk(context: &Context) -> Check {
    let item = Item::new("disk");
    let folder = context.folder.clone();
    let available = tokio::task::spawn_blocking(move || fs4::available_space(&folder)).await;
    let free = match available.map_err(std::io::Error::other).and_then(|free| free) {
        Ok(free) => free,
        Err(error) => {
            let detail = Message::new("check-disk-unread").with("error", error.to_string());
            return item.unknown(detail, Message::new("check-disk-hint"));
        }
    };
    let wanted = room(context.access.mode, context.access.engine.kind);
    let detail = |id: &str| {
        let folder = context.folder.display().to_string();
        Message::new(id).with("free", (free >> 20) as f64).with("folder", folder).with("wanted", (wanted >> 20) as f64)
    };
    if free < wanted {
        item.not_met(detail("check-disk-not-met"), Message::new("check-disk-hint"))
    } else {
        item.met(detail("check-disk-met"))
    }
}

/// What both images need, in bytes.
fn room(mode: Mode, engine: EngineKind) -> u64 {
    match (mode, engine) {
        (Mode::Practice, _) => PRACTICE_ROOM,
        (Mode::Aws, EngineKind::Builtin) => 2 * PACKED,
        (Mode::Aws, EngineKind::Docker) => 2 * UNPACKED,
    }
}

async fn source_registry(context: &Context) -> Check {
    reach(context, Item::new("source-registry"), &context.sources.vulnerable.repository.host).await
}

async fn private_registry(context: &Context) -> Check {
    let item = Item::new("private-registry");
    let request = async { context.aws().await?.credential().await };
    match request.await {
        Ok(credential) => {
            let endpoint = credential.proxy_endpoint;
            let host = endpoint.split_once("://").map_or(endpoint.as_str(), |(_, host)| host);
            reach(context, item, host).await
        }
        Err(error) => item.failed(&error),
    }
}

async fn reach(context: &Context, item: Item, registry: &str) -> Check {
    match reach::can_reach(&context.access.engine, registry).await {
        Ok(()) => item.met(Message::new("check-registry-met").with("registry", registry)),
        Err(why) => {
            // The message for a practice registry offers the built-in engine, which may be the one that failed.
            let is_practice = is_loopback(registry) && context.access.engine.kind == EngineKind::Docker;
            let id = if is_practice {
                why.id.clone()
            } else {
                why.id.replace("engine-cannot-reach", "engine-cannot-reach-registry")
            };
            item.not_met(Message { id, ..why }, Message::new("check-registry-hint").with("registry", registry))
        }
    }
}

fn is_loopback(registry: &str) -> bool {
    registry.starts_with("127.") || registry.starts_with("localhost") || registry.starts_with("[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_disk_needs_room_for_the_images_of_the_mode_and_no_more() {
        let mebibytes = |mode, engine| room(mode, engine) >> 20;
        assert_eq!(mebibytes(Mode::Practice, EngineKind::Builtin), 128);
        assert_eq!(mebibytes(Mode::Practice, EngineKind::Docker), 128);
        assert_eq!(mebibytes(Mode::Aws, EngineKind::Builtin), 800);
        assert_eq!(mebibytes(Mode::Aws, EngineKind::Docker), 2048);
    }
}
