//! How AWS, registries and this machine are connected: shown before anything is changed. Reads only.

use i18n::Message;

use super::item::Item;
use crate::{
    aws::network::{Network, Proxy},
    context::Context,
    model::{access::EngineKind, problem::LabError, step::Check},
};

/// How this program reaches AWS, and registries by the built-in engine: proxy, certificates, and which endpoints are called.
pub(super) async fn own(context: &Context) -> Check {
    let item = Item::new("network");
    match context.any_aws().await {
        Ok(aws) => item.met(described(aws.network(), aws.endpoint())),
        Err(error) => item.unread(&error),
    }
}

/// How the image engine reaches registries. Docker's daemon has settings of its own: what is reached from here may not be reached
/// from there.
pub(super) async fn of_engine(context: &Context) -> Check {
    let item = Item::new("engine-network");
    if context.access.engine.kind == EngineKind::Builtin {
        return item.met(Message::new("check-engine-network-builtin"));
    }
    let read = async {
        let own = context.any_aws().await?.network().proxy.as_ref().map(Proxy::shown).unwrap_or_default();
        Ok::<_, LabError>((own, context.images().await?.engine().await?))
    };
    let (own, engine) = match read.await {
        Ok(read) => read,
        Err(error) => return item.unread(&error),
    };
    let others = shown(&engine.https_proxy);
    let or_none = |text: &str| if text.is_empty() { "none" } else { text }.to_owned();
    let detail = Message::new("check-engine-network-docker").with("proxy", or_none(&others));
    let detail = detail.with("no-proxy", or_none(&engine.no_proxy));
    if own == others {
        return item.met(detail);
    }
    item.met_with(detail, Message::new("check-engine-network-hint").with("proxy", or_none(&own)))
}

fn described(network: &Network, endpoint: Option<&str>) -> Message {
    let on = |value: bool| if value { "on" } else { "off" };
    let proxy = network.proxy.as_ref();
    let bundle = network.ca_bundle.as_ref().map_or_else(|| "none".to_owned(), |path| path.display().to_string());
    Message::new("check-network-met")
        .with("endpoint", endpoint.unwrap_or("none"))
        .with("proxy", proxy.map_or_else(|| "none".to_owned(), Proxy::shown))
        .with("no-proxy", proxy.and_then(|proxy| proxy.no_proxy.as_deref()).unwrap_or("none"))
        .with("bundle", bundle)
        .with("fips", on(network.fips))
        .with("dual-stack", on(network.dual_stack))
}

/// A proxy's address without user and password.
fn shown(url: &str) -> String {
    if url.is_empty() { String::new() } else { redaction::origin_of(url) }
}
