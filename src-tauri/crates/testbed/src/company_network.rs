//! A company's network on loopback: a proxy that demands a password and inspects TLS with a certificate authority of its own, and behind
//! it AWS under its real names. AWS's calls and registries are those of a practice cloud; STS and IAM Identity Center give out
//! credentials, whose use is recorded. What a lab makes of it is left to its own tests.

use std::{convert::Infallible, net::SocketAddr, path::Path, sync::Arc, time::SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::{
    http_request::{SignableBody, SignableRequest, SigningSettings, sign},
    sign::v4,
};
use axum::body::Body;
use http::{
    HeaderValue, Request, Response, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, HOST},
};
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use parking_lot::Mutex;
use practice::Practice;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{ServerConfig, pki_types::PrivateKeyDer};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;

use crate::http_client::http_client;

/// The password of the proxy, before it is percent-encoded.
pub const PROXY_PASSWORD: &str = "pr0xy:p@ss/word";
/// The user and the password as a URL has them.
const PROXY_USER: &str = "kim:pr0xy%3Ap%40ss%2Fword";
/// `Basic` of the user and the password.
const PROXY_AUTHORIZATION: &str = "Basic a2ltOnByMHh5OnBAc3Mvd29yZA==";

/// The secret key of every role.
pub const ROLE_SECRET: &str = "RoleSecretKey+canary/0123456789abcdefghi";
/// The session token of every role.
pub const ROLE_TOKEN: &str = "RoleSessionToken+canary/abc==";
/// The access token that IAM Identity Center accepts.
pub const SSO_TOKEN: &str = "SsoAccessToken+canary/xyz==";
/// The token that a web identity provider has issued.
pub const WEB_TOKEN: &str = "WebIdentityToken.canary.signature";

/// A call to AWS, as the network saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenCall {
    /// `api.ecr.ap-northeast-2.amazonaws.com`
    pub host: String,
    /// The access key that signed it; empty for a call that is not signed.
    pub access_key: String,
}

/// The network. It stops when this is dropped.
#[derive(Debug)]
pub struct CompanyNetwork {
    shared: Arc<Shared>,
    address: SocketAddr,
    serving: JoinHandle<()>,
}

struct Shared {
    authority: Issuer<'static, KeyPair>,
    pem: String,
    aws: SocketAddr,
    keys: Credentials,
    public_registry: String,
    calls: Mutex<Vec<SeenCall>>,
    tunnels: Mutex<Vec<String>>,
    refused: Mutex<usize>,
    passwords: Mutex<Vec<String>>,
    http: reqwest::Client,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").field("aws", &self.aws).finish_non_exhaustive()
    }
}

impl CompanyNetwork {
    /// Starts one in front of a practice cloud, with `public.ecr.aws` at this address.
    ///
    /// # Panics
    ///
    /// If it does not start.
    pub async fn start(practice: &Practice, public_registry: &str) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let key = KeyPair::generate().expect("a key can be made");
        let mut params = CertificateParams::new(Vec::new()).expect("no names are valid names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).expect("a certificate can be signed").pem();
        let (access_key, secret_key) = practice.credentials();
        let shared = Arc::new(Shared {
            authority: Issuer::new(params, key),
            pem,
            aws: practice.registry_addr().parse().expect("this is an address"),
            keys: Credentials::new(access_key, secret_key, None, None, "practice"),
            public_registry: public_registry.to_owned(),
            calls: Mutex::default(),
            tunnels: Mutex::default(),
            refused: Mutex::default(),
            passwords: Mutex::default(),
            http: http_client(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let serving = tokio::spawn({
            let shared = Arc::clone(&shared);
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(tunnel(stream, Arc::clone(&shared)));
                }
            }
        });
        Self { shared, address, serving }
    }

    /// The proxy's address for `HTTPS_PROXY`, with its password.
    pub fn proxy(&self) -> String {
        format!("http://{PROXY_USER}@{}", self.address)
    }

    /// The proxy's address without the password.
    pub fn proxy_without_password(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Writes the certificate of the company's authority, for `AWS_CA_BUNDLE`.
    ///
    /// # Panics
    ///
    /// If the file cannot be written.
    pub fn write_authority(&self, path: &Path) {
        std::fs::write(path, &self.shared.pem).expect("a new file can be written");
    }

    /// The calls to AWS so far.
    pub fn calls(&self) -> Vec<SeenCall> {
        self.shared.calls.lock().clone()
    }

    /// The hosts that were reached through the proxy.
    pub fn hosts(&self) -> Vec<String> {
        self.shared.tunnels.lock().clone()
    }

    /// How many requests came without the password.
    pub fn refused(&self) -> usize {
        *self.shared.refused.lock()
    }

    /// The registry tokens that were used, base64-decoded: `AWS:<token>`.
    pub fn registry_tokens(&self) -> Vec<String> {
        self.shared.passwords.lock().clone()
    }
}

impl Drop for CompanyNetwork {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Serves one `CONNECT`: demands the password, then takes the place of the host.
async fn tunnel(mut stream: TcpStream, shared: Arc<Shared>) {
    let Some(head) = head(&mut stream).await else { return };
    let host = head.split(' ').nth(1).and_then(|target| target.rsplit_once(':')).map(|(host, _)| host.to_owned());
    let Some(host) = host.filter(|_| head.starts_with("CONNECT ")) else { return };
    let authorized = head.lines().any(|line| {
        line.split_once(':').is_some_and(|(name, value)| {
            name.eq_ignore_ascii_case("proxy-authorization") && value.trim() == PROXY_AUTHORIZATION
        })
    });
    if !authorized {
        *shared.refused.lock() += 1;
        let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"company\"\r\n\
            Content-Length: 0\r\nConnection: close\r\n\r\n";
        let _ = stream.write_all(refusal.as_bytes()).await;
        return;
    }
    shared.tunnels.lock().push(host.clone());
    if stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.is_err() {
        return;
    }
    let Ok(stream) = TlsAcceptor::from(Arc::new(shared.certificate(&host))).accept(stream).await else { return };
    let service = service_fn(move |request: Request<hyper::body::Incoming>| {
        let (shared, host) = (Arc::clone(&shared), host.clone());
        async move { Ok::<_, Infallible>(shared.respond(&host, request.map(Body::new)).await) }
    });
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

/// The head of a request.
async fn head(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        bytes.push(stream.read_u8().await.ok()?);
    }
    String::from_utf8(bytes).ok()
}

impl Shared {
    /// A certificate for a host, signed by the company.
    fn certificate(&self, host: &str) -> ServerConfig {
        let key = KeyPair::generate().expect("a key can be made");
        let params = CertificateParams::new(vec![host.to_owned()]).expect("a host is a name");
        let certificate = params.signed_by(&key, &self.authority).expect("a certificate can be signed");
        let private = PrivateKeyDer::try_from(key.serialize_der()).expect("this is a key");
        ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], private)
            .expect("key and certificate belong together")
    }

    async fn respond(&self, host: &str, request: Request<Body>) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
        let request = Request::from_parts(parts, body.to_vec());
        if host == "public.ecr.aws" {
            return self.forward(request, &self.public_registry, &self.public_registry).await;
        }
        if host.contains(".dkr.ecr.") {
            self.passwords.lock().extend(password(&request));
            return self.forward(request, &self.aws.to_string(), host).await;
        }
        let scope = scope(&request);
        let access_key = scope.as_ref().map(|scope| scope[0].clone()).unwrap_or_default();
        self.calls.lock().push(SeenCall { host: host.to_owned(), access_key });
        if host.starts_with("portal.sso.") {
            return portal(&request);
        }
        let text = String::from_utf8_lossy(request.body()).into_owned();
        if host.starts_with("sts.") && !text.contains("Action=GetCallerIdentity") {
            return sts(&text);
        }
        match scope {
            Some(scope) => {
                let request = self.signed(request, &scope);
                self.forward(request, &self.aws.to_string(), &self.aws.to_string()).await
            }
            None => plain(StatusCode::FORBIDDEN, "not signed"),
        }
    }

    /// The request, signed again, with the keys of the practice cloud.
    fn signed(&self, mut request: Request<Vec<u8>>, scope: &[String]) -> Request<Vec<u8>> {
        for name in ["authorization", "x-amz-date", "x-amz-security-token"] {
            request.headers_mut().remove(name);
        }
        let address = self.aws.to_string();
        request.headers_mut().insert(HOST, HeaderValue::from_str(&address).expect("an address is a value"));
        let uri = format!("http://{address}{}", request.uri());
        let identity = self.keys.clone().into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(&scope[2])
            .name(&scope[3])
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .expect("all parameters are given")
            .into();
        let headers: Vec<_> = request
            .headers()
            .iter()
            .filter(|(name, _)| ["host", "content-type", "x-amz-target"].contains(&name.as_str()))
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect();
        let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let signable =
            SignableRequest::new(request.method().as_str(), &uri, headers, SignableBody::Bytes(request.body()))
                .expect("the request can be signed");
        let (instructions, _) = sign(signable, &parameters).expect("the request can be signed").into_parts();
        instructions.apply_to_request_http1x(&mut request);
        request
    }

    async fn forward(&self, request: Request<Vec<u8>>, address: &str, host: &str) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let path = parts.uri.path_and_query().map_or("/", |target| target.as_str());
        let mut headers = parts.headers;
        headers.remove("connection");
        headers.insert(HOST, HeaderValue::from_str(host).expect("a host is a value"));
        let sent = self.http.request(parts.method, format!("http://{address}{path}")).headers(headers).body(body);
        let response = match sent.send().await {
            Ok(response) => response,
            Err(error) => return plain(StatusCode::BAD_GATEWAY, &error.to_string()),
        };
        let mut answer = Response::builder().status(response.status());
        for (name, value) in response.headers() {
            if !["connection", "transfer-encoding"].contains(&name.as_str()) {
                answer = answer.header(name, value);
            }
        }
        let body = response.bytes().await.unwrap_or_default();
        answer.body(Body::from(body)).expect("it was a response")
    }
}

/// The access key, the date, the Region and the service that a request is signed for.
fn scope(request: &Request<Vec<u8>>) -> Option<Vec<String>> {
    let authorization = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let scope = authorization.split("Credential=").nth(1)?.split(',').next()?;
    let parts: Vec<_> = scope.split('/').map(str::to_owned).collect();
    (parts.len() == 5).then_some(parts)
}

fn password(request: &Request<Vec<u8>>) -> Option<String> {
    use base64::{Engine as _, prelude::BASE64_STANDARD};
    let basic = request.headers().get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    String::from_utf8(BASE64_STANDARD.decode(basic).ok()?).ok()
}

/// `GetRoleCredentials` of IAM Identity Center.
fn portal(request: &Request<Vec<u8>>) -> Response<Body> {
    let token = request.headers().get("x-amz-sso_bearer_token").and_then(|value| value.to_str().ok());
    if token != Some(SSO_TOKEN) {
        let body = r#"{"message":"Session token not found or invalid"}"#;
        let mut response = json(body.to_owned());
        *response.status_mut() = StatusCode::UNAUTHORIZED;
        response.headers_mut().insert("x-amzn-errortype", HeaderValue::from_static("UnauthorizedException"));
        return response;
    }
    json(format!(
        r#"{{"roleCredentials":{{"accessKeyId":"ASIASSO","secretAccessKey":"{ROLE_SECRET}","sessionToken":"{ROLE_TOKEN}","expiration":{}}}}}"#,
        4_000_000_000_000_u64
    ))
}

/// `AssumeRole` and `AssumeRoleWithWebIdentity`.
fn sts(text: &str) -> Response<Body> {
    let action =
        if text.contains("Action=AssumeRoleWithWebIdentity") { "AssumeRoleWithWebIdentity" } else { "AssumeRole" };
    if text.contains("denied") {
        return xml(
            StatusCode::FORBIDDEN,
            &format!(
                "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: arn:aws:iam::1:user/me is not \
                 authorized to perform: sts:{action}</Message></Error></ErrorResponse>"
            ),
        );
    }
    let key = if action == "AssumeRole" { "ASIAROLE" } else { "ASIAWEB" };
    xml(
        StatusCode::OK,
        &format!(
            "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result><Credentials><AccessKeyId>{key}\
             </AccessKeyId><SecretAccessKey>{ROLE_SECRET}</SecretAccessKey><SessionToken>{ROLE_TOKEN}</SessionToken><Expiration>\
             2096-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/lab/x</Arn>\
             <AssumedRoleId>A:x</AssumedRoleId></AssumedRoleUser></{action}Result></{action}Response>"
        ),
    )
}

fn xml(status: StatusCode, body: &str) -> Response<Body> {
    let mut response = plain(status, body);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/xml"));
    response
}

fn json(body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn plain(status: StatusCode, body: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_owned()));
    *response.status_mut() = status;
    response
}
