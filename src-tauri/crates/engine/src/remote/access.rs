//! One repository on one registry, and leave to work in it.

use http::{HeaderValue, StatusCode, header::AUTHORIZATION};
use oci_client::{
    Client as OciClient, Reference as OciReference, RegistryOperation, secrets::RegistryAuth,
    token_cache::RegistryTokenType,
};
use tokio::sync::RwLock;

use super::{
    body::bounded,
    challenge::{self, Challenge},
    credentials::{Credentials, Secret},
    endpoint::{Endpoint, Network},
    failure::RemoteError,
    retry::Tries,
};
use crate::{failure::Failure, progress::Progress};
use oci::{Digest, Repository};

const ANSWER_LIMIT: u64 = 64 << 10;

/// What is to be done in a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Intent {
    Pull,
    Push,
}

/// A repository, and leave to work in it.
#[derive(Debug)]
pub(crate) struct Registry {
    pub(crate) repository: Repository,
    pub(super) endpoint: Endpoint,
    pub(super) http: reqwest::Client,
    door: Door,
    leave: RwLock<Leave>,
}

/// What it takes to get leave.
#[derive(Debug)]
struct Door {
    challenge: Challenge,
    credentials: Credentials,
    /// What to ask a token for.
    scopes: Vec<String>,
}

/// What requests carry. Replaced when a token has expired.
#[derive(Clone)]
pub(super) struct Leave {
    serial: u64,
    pub(super) authorization: Option<HeaderValue>,
    pub(super) oci: OciClient,
}

impl std::fmt::Debug for Leave {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Leave").field("serial", &self.serial).finish_non_exhaustive()
    }
}

impl Registry {
    /// Finds out how the registry wants to be asked, and gets leave.
    pub(crate) async fn connect(
        network: &Network,
        repository: &Repository,
        intent: Intent,
        credentials: &Credentials,
    ) -> Result<Self, RemoteError> {
        let endpoint = network.endpoint(&repository.host);
        let http = network.http(&endpoint).clone();
        let credentials = credentials.clone().only_for(&repository.host);
        let challenge = insist(|| challenged(&http, &endpoint)).await?;
        let door = Door { scopes: scopes(&challenge, repository, intent), challenge, credentials };
        let leave = door.leave(&http, &endpoint, repository, 0).await?;
        Ok(Self { repository: repository.clone(), endpoint, http, door, leave: RwLock::new(leave) })
    }

    pub(super) async fn leave(&self) -> Leave {
        self.leave.read().await.clone()
    }

    /// After a failure: a new token if the old one was at fault, otherwise a pause. Gives the failure back if neither
    /// makes another try worth while.
    pub(super) async fn recover(
        &self,
        used: &Leave,
        error: RemoteError,
        tries: &mut Tries,
        layer: Option<(&Progress, &Digest)>,
    ) -> Result<(), RemoteError> {
        if matches!(self.door.challenge, Challenge::Bearer { .. }) && error.is_about_token() && tries.may_renew() {
            return self.renew(used.serial + 1).await;
        }
        tries.pause(error, layer).await
    }

    /// The repository as `oci-client` names it.
    pub(super) fn at_tag(&self, tag: &str) -> OciReference {
        oci_reference(&self.endpoint, &self.repository, tag)
    }

    /// Gets leave for the `serial`th time, unless somebody has by now.
    async fn renew(&self, serial: u64) -> Result<(), RemoteError> {
        let mut leave = self.leave.write().await;
        if leave.serial < serial {
            *leave = self.door.leave(&self.http, &self.endpoint, &self.repository, serial).await?;
        }
        Ok(())
    }
}

impl Door {
    async fn leave(
        &self,
        http: &reqwest::Client,
        endpoint: &Endpoint,
        repository: &Repository,
        serial: u64,
    ) -> Result<Leave, RemoteError> {
        let (authorization, auth) = match (&self.challenge, self.credentials.secret()) {
            (Challenge::Nothing, _) => (None, None),
            (_, Secret::Token(token)) => bearer(token)?,
            (Challenge::Basic, Secret::Password(user, password)) => basic(user, password)?,
            (Challenge::Basic, _) => return Err(RemoteError::NoCredentials),
            (Challenge::Bearer { realm, service, .. }, secret) => {
                let ask = || challenge::token(http, endpoint, realm, service.as_deref(), &self.scopes, &secret);
                bearer(&insist(ask).await?)?
            }
        };
        let oci = endpoint.oci_client()?;
        if let Some(auth) = &auth {
            // For anyone it is left out: told that, the client would ask anew before each request.
            oci.store_auth_if_needed(&endpoint.authority, auth).await;
            if let RegistryAuth::Basic(user, password) = auth {
                let reference = oci_reference(endpoint, repository, "latest");
                for operation in [RegistryOperation::Pull, RegistryOperation::Push] {
                    let token = RegistryTokenType::Basic(user.clone(), password.clone());
                    oci.tokens.insert(&reference, operation, token).await;
                }
            }
        }
        Ok(Leave { serial, authorization, oci })
    }
}

fn oci_reference(endpoint: &Endpoint, repository: &Repository, tag: &str) -> OciReference {
    OciReference::with_tag(endpoint.authority.clone(), repository.path.clone(), tag.to_owned())
}

/// What the registry's challenge says, and this repository.
fn scopes(challenge: &Challenge, repository: &Repository, intent: Intent) -> Vec<String> {
    let actions = match intent {
        Intent::Pull => "pull",
        Intent::Push => "pull,push",
    };
    let own = format!("repository:{}:{actions}", repository.path);
    let asked_for = match challenge {
        Challenge::Bearer { scope, .. } => scope.clone(),
        Challenge::Nothing | Challenge::Basic => None,
    };
    asked_for.into_iter().chain([own]).collect()
}

type Authorization = (Option<HeaderValue>, Option<RegistryAuth>);

fn bearer(token: &str) -> Result<Authorization, RemoteError> {
    Ok((Some(secret_header(&format!("Bearer {token}"))?), Some(RegistryAuth::Bearer(token.to_owned()))))
}

fn basic(user: &str, password: &str) -> Result<Authorization, RemoteError> {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let header = secret_header(&format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))))?;
    Ok((Some(header), Some(RegistryAuth::Basic(user.to_owned(), password.to_owned()))))
}

fn secret_header(value: &str) -> Result<HeaderValue, RemoteError> {
    let mut value = HeaderValue::from_str(value)
        .map_err(|_| RemoteError::Invalid("the credentials hold characters that no header can carry".to_owned()))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Asks without credentials, to hear which are wanted.
async fn challenged(http: &reqwest::Client, endpoint: &Endpoint) -> Result<Challenge, RemoteError> {
    let response = http.get(format!("{endpoint}/v2/")).send().await?;
    match response.status() {
        status if status.is_success() => Ok(Challenge::Nothing),
        StatusCode::UNAUTHORIZED => Challenge::of(response.headers()),
        status => {
            let headers = response.headers().clone();
            Err(RemoteError::refused(status, &headers, &bounded(response, ANSWER_LIMIT).await?))
        }
    }
}

/// Tries again as long as it is worth while.
async fn insist<T, F: Future<Output = Result<T, RemoteError>>>(mut ask: impl FnMut() -> F) -> Result<T, RemoteError> {
    let mut tries = Tries::default();
    loop {
        match ask().await {
            Ok(answer) => return Ok(answer),
            Err(error) => tries.pause(error, None).await?,
        }
    }
}

/// Whether a registry takes the credentials that are meant for it.
pub(crate) async fn login(network: &Network, credentials: &Credentials) -> Result<(), Failure> {
    let host = credentials.host().unwrap_or("docker.io");
    let endpoint = network.endpoint(host);
    let http = network.http(&endpoint);
    let authorization = match (insist(|| challenged(http, &endpoint)).await?, credentials.secret()) {
        (Challenge::Nothing, _) => return Ok(()),
        (Challenge::Basic, Secret::Password(user, password)) => basic(user, password)?.0,
        (Challenge::Basic, _) | (_, Secret::Nothing) => return Err(RemoteError::NoCredentials.into()),
        (Challenge::Bearer { realm, service, .. }, secret) => {
            let token = challenge::token(http, &endpoint, &realm, service.as_deref(), &[], &secret).await?;
            bearer(&token)?.0
        }
    };
    let url = format!("{endpoint}/v2/");
    let mut request = http.get(&url);
    if let Some(authorization) = authorization {
        request = request.header(AUTHORIZATION, authorization);
    }
    let response = request.send().await.map_err(RemoteError::from)?;
    match response.status() {
        status if status.is_success() => Ok(()),
        status => {
            let shown = format!("login attempt to {}://{host}/v2/ failed with status: {status}", endpoint.scheme());
            let told_on =
                if status.is_client_error() { StatusCode::UNAUTHORIZED } else { StatusCode::INTERNAL_SERVER_ERROR };
            Err(Failure::new(told_on, shown))
        }
    }
}
