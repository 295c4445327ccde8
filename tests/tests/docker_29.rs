//! The requests of a Docker CLI of version 29, which negotiates API 1.52: this machine may have no such CLI.

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE},
};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use testbed::environment::TestEnvironment;

const SOURCE: &str = "public.ecr.aws/docker/library/neo4j:4.4.0";

struct Cli {
    http: Client,
    base: String,
}

impl Cli {
    /// Uses the engine's newest API version, or 1.52 if that is older. The CLI supports no version below 1.44.
    async fn negotiate(environment: &TestEnvironment) -> Self {
        let http = Client::builder().no_proxy().build().expect("a client without TLS needs nothing");
        let ping = http.head(format!("{}/_ping", environment.engine_url())).send().await.expect("the engine responds");
        assert_eq!(ping.status(), StatusCode::OK);
        let newest = ping.headers()["api-version"].to_str().expect("a version is plain text").to_owned();
        let minor: u32 = newest.strip_prefix("1.").and_then(|minor| minor.parse().ok()).expect("versions are 1.x");
        assert!(minor >= 44, "{newest}");
        assert_eq!(ping.headers()["ostype"], "linux");
        Self { http, base: format!("{}/v1.{}", environment.engine_url(), minor.min(52)) }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base)).header("user-agent", "Docker-Client/29.0.0 (linux)")
    }

    async fn json(&self, path: &str) -> Value {
        let response = self.request(Method::GET, path).send().await.expect("the engine responds");
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.json().await.expect("the response is JSON")
    }

    /// The progress lines of a transfer.
    async fn lines(&self, request: RequestBuilder) -> Vec<Value> {
        let response = request.send().await.expect("the engine responds");
        assert_eq!(response.status(), StatusCode::OK);
        let text = response.text().await.expect("the response is complete");
        text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
    }
}

fn status(lines: &[Value], start: &str) -> String {
    let status = lines.iter().filter_map(|line| line["status"].as_str()).find(|status| status.starts_with(start));
    status.unwrap_or_else(|| panic!("{start}: {lines:#?}")).to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_image_is_pulled_tagged_pushed_and_removed() {
    let environment = TestEnvironment::start().await;
    let cli = Cli::negotiate(&environment).await;
    let version = cli.json("/version").await;
    assert!(version["ApiVersion"].is_string() && version["MinAPIVersion"].is_string(), "{version:#}");

    let create = "/images/create?fromImage=public.ecr.aws%2Fdocker%2Flibrary%2Fneo4j&tag=4.4.0&platform=linux%2Famd64";
    let pulled = cli.lines(cli.request(Method::POST, create)).await;
    status(&pulled, "Digest: sha256:");
    status(&pulled, "Status: Downloaded newer image for public.ecr.aws/docker/library/neo4j:4.4.0");

    let list = cli.json("/images/json?manifests=1&shared-size=1&filters=%7B%7D").await;
    assert_eq!(list[0]["RepoTags"], json!([SOURCE]));
    let image = cli.json(&format!("/images/{SOURCE}/json?manifests=1")).await;
    assert_eq!((&image["Os"], &image["Architecture"]), (&"linux".into(), &"amd64".into()));
    assert_eq!(image["Id"], list[0]["Id"]);

    let registry = environment.practice.registry_name();
    let ecr = testbed::aws::ecr(&environment.practice);
    ecr.create_repository().repository_name("eks-security-prod").send().await.expect("the name is free");
    let token = ecr.get_authorization_token().send().await.expect("the cloud responds");
    let token = token.authorization_data()[0].authorization_token().expect("ECR returns a token").to_owned();
    let password = password_of(&token);
    let credential = json!({ "username": "AWS", "password": password, "serveraddress": registry });
    let login = cli.request(Method::POST, "/auth").json(&credential).send().await.expect("the engine responds");
    assert_eq!(login.status(), StatusCode::OK);
    let login: Value = login.json().await.expect("the response is JSON");
    assert_eq!(login["Status"], "Login Succeeded");

    let tag = format!("/images/{SOURCE}/tag?repo={registry}%2Feks-security-prod&tag=latest");
    let tagged = cli.request(Method::POST, &tag).send().await.expect("the engine responds");
    assert_eq!(tagged.status(), StatusCode::CREATED);
    // From 1.46 on the platform is JSON here, and the credential in the alphabet of URLs.
    let platform = "%7B%22os%22%3A%22linux%22%2C%22architecture%22%3A%22amd64%22%7D";
    let push = format!("/images/{registry}/eks-security-prod/push?tag=latest&platform={platform}");
    let push = cli.request(Method::POST, &push).header("x-registry-auth", URL_SAFE.encode(credential.to_string()));
    let pushed = cli.lines(push).await;
    let digest = status(&pushed, "latest: digest: sha256:");
    let described =
        ecr.describe_images().repository_name("eks-security-prod").send().await.expect("the cloud responds");
    let [pushed] = described.image_details() else { panic!("{described:?}") };
    assert!(digest.contains(pushed.image_digest().expect("images have digests")), "{digest}");

    for name in [SOURCE, &format!("{registry}/eks-security-prod:latest")] {
        let removed =
            cli.request(Method::DELETE, &format!("/images/{name}")).send().await.expect("the engine responds");
        assert_eq!(removed.status(), StatusCode::OK, "{name}");
    }
    assert_eq!(cli.json("/images/json").await, json!([]));
    environment.shutdown().await;
}

/// The password in a token: base64 of `AWS:<password>`.
fn password_of(token: &str) -> String {
    let text = String::from_utf8(STANDARD.decode(token).expect("a token is base64")).expect("a token is text");
    text.split_once(':').expect("a token has a colon").1.to_owned()
}
