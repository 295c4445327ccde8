//! The Docker Engine API, as far as it deals with images: dispatch by path and version, and the headers of every
//! response.

mod archive;
mod call;
mod disk_usage;
mod events;
mod filters;
mod images;
mod list;
mod moment;
mod response;
mod route;
mod system;
mod transfer;
mod version;

use std::mem;

use axum::{Router, body::Body, extract::State, response::Response};
use http::{
    HeaderMap, HeaderValue, Method, Request, StatusCode,
    header::{EXPECT, SERVER},
    request::Parts,
};
use http_body_util::BodyExt as _;

use local_server::Refused;

use self::{
    call::Call,
    route::Endpoint,
    version::{NEWEST, NEWEST_TEXT},
};
use crate::{
    context::Context,
    failure::{ApiResult, Failure},
};

/// Everything, under `/` and under `/v1.NN/`.
pub(crate) fn router(context: Context) -> Router {
    Router::new().fallback(serve).with_state(context)
}

async fn serve(State(context): State<Context>, request: Request<Body>) -> Response {
    let (parts, mut body) = request.into_parts();
    let method = parts.method.clone();
    let path = parts.uri.path().to_owned();
    let waits_for_consent = parts.headers.contains_key(EXPECT);
    let stopping = context.stopping.clone();
    let result = match reject_web_pages(&parts.headers, context.on_socket) {
        Ok(()) => {
            let result = dispatch(context, parts, &mut body).await;
            if result.is_err() && !waits_for_consent {
                stopping.run_until_cancelled(drain(body)).await;
            }
            result
        }
        Err(failure) => Err(failure),
    };
    let mut response = result.unwrap_or_else(|failure| {
        tracing::debug!(%method, path, status = failure.status.as_u16(), message = failure.message, "refused");
        response::failure(&failure)
    });
    let headers = response.headers_mut();
    headers.insert("api-version", HeaderValue::from_static(NEWEST_TEXT));
    headers.insert("ostype", HeaderValue::from_static("linux"));
    headers.insert("docker-experimental", HeaderValue::from_static("false"));
    headers.insert(SERVER, HeaderValue::from_static(concat!("Docker/", env!("CARGO_PKG_VERSION"), " (linux)")));
    response
}

/// Reads the rest of the body after a refusal, however long it is. The Docker CLI sends a whole build context or archive before
/// it reads the response, and reports a broken pipe instead of the reason if the connection is closed meanwhile.
async fn drain(mut body: Body) {
    while let Some(Ok(_)) = body.frame().await {}
}

/// Refuses requests of web pages, which reach a port through their visitor's browser.
fn reject_web_pages(headers: &HeaderMap, on_socket: bool) -> ApiResult<()> {
    local_server::reject_web_page(headers, |host| is_own_name(host, on_socket)).map_err(|refused| {
        let text = match refused {
            Refused::WebPage => "the engine answers programs on this machine, not web pages",
            Refused::HostName => "the engine does not answer to this host name",
        };
        Failure::new(StatusCode::FORBIDDEN, text)
    })
}

/// Clients of a socket, which no web page can reach, have no host name to send: they send `docker`, or the socket's path in some form.
fn is_own_name(host: &str, on_socket: bool) -> bool {
    host.is_empty()
        || local_server::is_loopback(host)
        || (on_socket && (!host.contains('.') || host.starts_with("%2f")))
}

async fn dispatch(context: Context, parts: Parts, body: &mut Body) -> ApiResult<Response> {
    let (version, path) = route::version(parts.uri.path())?;
    let endpoint = route::endpoint(&parts.method, &path)?;
    let query = url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
    let head = parts.method == Method::HEAD;
    let call = Call { context, version: version.unwrap_or(NEWEST), parts, query };
    match endpoint {
        Endpoint::Ping => Ok(system::ping(head)),
        Endpoint::Version => Ok(system::version()),
        Endpoint::Info => system::info(&call),
        Endpoint::DiskUsage => disk_usage::disk_usage(&call),
        Endpoint::Events => events::events(&call),
        Endpoint::Auth => system::auth(&call, mem::take(body)).await,
        Endpoint::NoContainers => Ok(response::json(StatusCode::OK, &serde_json::json!([]))),
        Endpoint::Create => transfer::create(&call).await,
        Endpoint::Push(name) => transfer::push(&call, &name).await,
        Endpoint::Save(name) => archive::save(&call, name),
        Endpoint::Load => archive::load(&call, body).await,
        Endpoint::List => list::list(&call),
        Endpoint::Inspect(name) => images::inspect(&call, &name).await,
        Endpoint::History(name) => images::history(&call, &name).await,
        Endpoint::Tag(name) => images::tag(&call, &name).await,
        Endpoint::Remove(name) => images::remove(&call, &name).await,
        Endpoint::Prune => images::prune(&call).await,
        Endpoint::Distribution(name) => images::distribution(&call, &name).await,
    }
}
