//! One repository of a registry, and the authorization to use it.

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
    host::named_url,
    retry::RetryBudget,
};
use crate::{failure::Failure, progress::Progress};
use oci::{Digest, Repository};

const RESPONSE_LIMIT: u64 = 64 << 10;

/// What a repository is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Intent {
    Pull,
    Push,
}

/// A repository of a registry, with the authorization to use it.
#[derive(Debug)]
pub(crate) struct RemoteRepository {
    pub(crate) repository: Repository,
    pub(super) endpoint: Endpoint,
    pub(super) http: reqwest::Client,
    network: Network,
    authenticator: Authenticator,
    authorization: RwLock<Authorization>,
}

/// Obtains authorizations.
#[derive(Debug)]
struct Authenticator {
    challenge: Challenge,
    credentials: Credentials,
    /// The scopes of the tokens to request.
    scopes: Vec<String>,
}

/// What requests are authorized with. Replaced when a token has expired.
#[derive(Clone)]
pub(super) struct Authorization {
    serial: u64,
    pub(super) header: Option<HeaderValue>,
    pub(super) oci: OciClient,
}

impl std::fmt::Debug for Authorization {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Authorization").field("serial", &self.serial).finish_non_exhaustive()
    }
}

impl RemoteRepository {
    /// Finds out which authentication the registry requires, and obtains an authorization.
    pub(crate) async fn connect(
        network: &Network,
        repository: &Repository,
        intent: Intent,
        credentials: &Credentials,
    ) -> Result<Self, RemoteError> {
        let endpoint = network.endpoint(&repository.host);
        let http = network.http(&endpoint).clone();
        let credentials = credentials.clone().only_for(&repository.host);
        let challenge = with_retries(|| fetch_challenge(&http, &endpoint)).await?;
        let authenticator = Authenticator { scopes: scopes(&challenge, repository, intent), challenge, credentials };
        let authorization = authenticator.authorize(network, &endpoint, repository, 0).await?;
        Ok(Self {
            repository: repository.clone(),
            endpoint,
            http,
            network: network.clone(),
            authenticator,
            authorization: RwLock::new(authorization),
        })
    }

    pub(super) async fn authorization(&self) -> Authorization {
        self.authorization.read().await.clone()
    }

    /// After a failure: obtains a new token if the old one was the cause, otherwise waits. Returns the failure if another
    /// attempt would not help.
    pub(super) async fn recover(
        &self,
        used: &Authorization,
        error: RemoteError,
        budget: &mut RetryBudget,
        layer: Option<(&Progress, &Digest)>,
    ) -> Result<(), RemoteError> {
        if matches!(self.authenticator.challenge, Challenge::Bearer { .. })
            && error.is_about_token()
            && budget.may_renew()
        {
            return self.renew(used.serial + 1).await;
        }
        budget.pause(error, layer).await
    }

    /// The repository as `oci-client` names it.
    pub(super) fn at_tag(&self, tag: &str) -> OciReference {
        oci_reference(&self.endpoint, &self.repository, tag)
    }

    /// Obtains the authorization number `serial`, unless another task has done so by now.
    async fn renew(&self, serial: u64) -> Result<(), RemoteError> {
        let mut authorization = self.authorization.write().await;
        if authorization.serial < serial {
            *authorization =
                self.authenticator.authorize(&self.network, &self.endpoint, &self.repository, serial).await?;
        }
        Ok(())
    }
}

impl Authenticator {
    async fn authorize(
        &self,
        network: &Network,
        endpoint: &Endpoint,
        repository: &Repository,
        serial: u64,
    ) -> Result<Authorization, RemoteError> {
        let http = network.http(endpoint);
        let (header, auth) = match (&self.challenge, self.credentials.secret()) {
            (Challenge::NotRequired, _) => (None, None),
            (_, Secret::Token(token)) => bearer(token)?,
            (Challenge::Basic, Secret::Password(user, password)) => basic(user, password)?,
            (Challenge::Basic, _) => return Err(RemoteError::NoCredentials),
            (Challenge::Bearer { realm, service, .. }, secret) => {
                let request = || challenge::token(http, endpoint, realm, service.as_deref(), &self.scopes, &secret);
                bearer(&with_retries(request).await?)?
            }
        };
        let oci = network.oci_client(endpoint)?;
        if let Some(auth) = &auth {
            // Anonymous access is not stored: the client would then authenticate again before each request.
            oci.store_auth_if_needed(&endpoint.authority, auth).await;
            if let RegistryAuth::Basic(user, password) = auth {
                let reference = oci_reference(endpoint, repository, "latest");
                for operation in [RegistryOperation::Pull, RegistryOperation::Push] {
                    let token = RegistryTokenType::Basic(user.clone(), password.clone());
                    oci.tokens.insert(&reference, operation, token).await;
                }
            }
        }
        Ok(Authorization { serial, header, oci })
    }
}

fn oci_reference(endpoint: &Endpoint, repository: &Repository, tag: &str) -> OciReference {
    OciReference::with_tag(endpoint.authority.clone(), repository.path.clone(), tag.to_owned())
}

/// The scope that the registry's challenge names, and that of this repository.
fn scopes(challenge: &Challenge, repository: &Repository, intent: Intent) -> Vec<String> {
    let actions = match intent {
        Intent::Pull => "pull",
        Intent::Push => "pull,push",
    };
    let own = format!("repository:{}:{actions}", repository.path);
    let requested = match challenge {
        Challenge::Bearer { scope, .. } => scope.clone(),
        Challenge::NotRequired | Challenge::Basic => None,
    };
    requested.into_iter().chain([own]).collect()
}

type HeaderAndAuth = (Option<HeaderValue>, Option<RegistryAuth>);

fn bearer(token: &str) -> Result<HeaderAndAuth, RemoteError> {
    Ok((Some(secret_header(&format!("Bearer {token}"))?), Some(RegistryAuth::Bearer(token.to_owned()))))
}

fn basic(user: &str, password: &str) -> Result<HeaderAndAuth, RemoteError> {
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

/// Requests the API without credentials, to learn which are required.
async fn fetch_challenge(http: &reqwest::Client, endpoint: &Endpoint) -> Result<Challenge, RemoteError> {
    let response = http.get(format!("{endpoint}/v2/")).send().await?;
    match response.status() {
        status if status.is_success() => Ok(Challenge::NotRequired),
        StatusCode::UNAUTHORIZED => Challenge::of(response.headers()),
        status => {
            let headers = response.headers().clone();
            Err(RemoteError::refused(status, &headers, &bounded(response, RESPONSE_LIMIT).await?))
        }
    }
}

/// Repeats a request while its failures are transient and the budget lasts.
async fn with_retries<T, F: Future<Output = Result<T, RemoteError>>>(
    mut request: impl FnMut() -> F,
) -> Result<T, RemoteError> {
    let mut budget = RetryBudget::default();
    loop {
        match request().await {
            Ok(response) => return Ok(response),
            Err(error) => budget.pause(error, None).await?,
        }
    }
}

/// Checks credentials with the registry that they are for.
pub(crate) async fn login(network: &Network, credentials: &Credentials) -> Result<(), Failure> {
    let host = credentials.host().unwrap_or("docker.io");
    let endpoint = network.endpoint(host);
    let http = network.http(&endpoint);
    let authorization = match (with_retries(|| fetch_challenge(http, &endpoint)).await?, credentials.secret()) {
        (Challenge::NotRequired, _) => return Ok(()),
        (Challenge::Basic, Secret::Password(user, password)) => basic(user, password)?.0,
        (Challenge::Basic, _) | (_, Secret::Anonymous) => return Err(RemoteError::NoCredentials.into()),
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
            let message = format!("login attempt to {}/v2/ failed with status: {status}", named_url(host));
            let client_status =
                if status.is_client_error() { StatusCode::UNAUTHORIZED } else { StatusCode::INTERNAL_SERVER_ERROR };
            Err(Failure::new(client_status, message))
        }
    }
}
