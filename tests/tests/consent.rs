//! Consent on the command line: what `--yes` and `--account` permit, and that a refusal comes before any change.

use practice::{ACCOUNT, Addressing};
use testbed::environment::TestEnvironment;
use whole_lab_tests::{Imagelab, ProgramOutput};

/// A person's AWS account, of which a profile `team` has the keys.
struct Account {
    environment: TestEnvironment,
    imagelab: Imagelab,
    images: [String; 2],
    before: String,
}

impl Account {
    /// At one endpoint that takes the place of all of AWS.
    async fn at_custom_endpoint() -> Self {
        Self::start(|endpoint| format!("endpoint_url = {endpoint}")).await
    }

    /// At AWS itself. For a test only some of its services are elsewhere, which leaves the account AWS's own.
    async fn at_aws() -> Self {
        Self::start(|endpoint| {
            let services = ["sts", "ecr", "inspector2", "iam"];
            let services = services.map(|service| format!("{service} =\n  endpoint_url = {endpoint}"));
            format!("services = loopback\n[services loopback]\n{}", services.join("\n"))
        })
        .await
    }

    async fn start(lines: impl FnOnce(&str) -> String) -> Self {
        let environment = TestEnvironment::start_with(|config| config.addressing = Addressing::Loopback, None).await;
        let imagelab = Imagelab::new();
        imagelab.write_profile("team", &environment.practice, &lines(&environment.practice.endpoint()));
        let image = |tag: &str| format!("{}/docker/library/neo4j:{tag}", environment.image_source.addr());
        let images = [image("4.4.0"), image("4.4.48")];
        let before = environment.scanning_configuration().await;
        Self { environment, imagelab, images, before }
    }

    fn arguments<'a>(&'a self, consent: &[&'a str]) -> Vec<&'a str> {
        let [vulnerable, patched] = &self.images;
        let run = ["run", "--mode", "aws", "--profile", "team", "--engine", "builtin", "--lang", "en"];
        [&run[..], &["--image", vulnerable, "--fixed-image", patched], consent].concat()
    }

    /// Runs the lab until it ends, which it must do without having changed anything.
    async fn refused(&self, consent: &[&str]) -> ProgramOutput {
        let output = tokio::task::block_in_place(|| self.imagelab.run(&self.arguments(consent)));
        assert_eq!(self.environment.scanning_configuration().await, self.before, "{output:?}");
        assert_eq!(self.environment.repositories().await, Vec::<String>::new(), "{output:?}");
        // No run is left that would have to be cleaned up.
        let status = tokio::task::block_in_place(|| self.imagelab.run(&["status", "--json"]));
        assert_eq!(status.succeeded("imagelab status").json()["run"], serde_json::Value::Null);
        output
    }

    /// Runs the lab until it has changed something, and cleans up.
    async fn accepted(&self, consent: &[&str]) {
        tokio::task::block_in_place(|| self.imagelab.kill_at(&self.arguments(consent), "[3/7]"));
        assert_eq!(self.environment.scanning_configuration().await, "ENHANCED [CONTINUOUS_SCAN: prod]");
        let cleanup = [&["cleanup", "--json"], consent].concat();
        tokio::task::block_in_place(|| self.imagelab.run(&cleanup)).succeeded("imagelab cleanup");
        assert_eq!(self.environment.scanning_configuration().await, self.before);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_a_custom_endpoint_yes_alone_is_enough() {
    let account = Account::at_custom_endpoint().await;
    account.accepted(&["--yes"]).await;
    account.environment.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_aws_yes_needs_the_account() {
    let account = Account::at_aws().await;
    let refused = account.refused(&["--yes"]).await.exited_with(2, "--yes alone");
    assert!(refused.stderr.contains("--yes alone does not change an AWS account"), "{}", refused.stderr);
    assert!(refused.stderr.contains(&format!("add --account {ACCOUNT}")), "{}", refused.stderr);
    account.accepted(&["--yes", "--account", ACCOUNT]).await;
    account.environment.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_account_is_refused_wherever_it_is() {
    for account in [Account::at_custom_endpoint().await, Account::at_aws().await] {
        let refused = account.refused(&["--yes", "--account", "210987654321"]).await.exited_with(2, "another account");
        let message = format!("The credentials belong to account {ACCOUNT}, not to 210987654321. Nothing was changed.");
        assert!(refused.stderr.contains(&message), "{}", refused.stderr);
        account.environment.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_terminal_nobody_is_asked() {
    let account = Account::at_custom_endpoint().await;
    account.refused(&[]).await.exited_with(2, "neither --yes nor a terminal");
    account.environment.shutdown().await;
}
