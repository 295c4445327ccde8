//! Consent on the command line: what `--yes` and `--account` permit, and that a refusal comes before any change.

use std::process::Command;

use practice::{ACCOUNT, Addressing};
use testbed::{company_network::CompanyNetwork, environment::TestEnvironment};
use whole_lab_tests::{Imagelab, LIMIT, Program, ProgramOutput};

/// A person's AWS account, of which a profile has the keys.
struct Account {
    environment: TestEnvironment,
    imagelab: Imagelab,
    profile: &'static str,
    images: [String; 2],
    before: String,
    _network: Option<CompanyNetwork>,
}

async fn start_environment() -> TestEnvironment {
    TestEnvironment::start_with(|config| config.addressing = Addressing::Loopback, None).await
}

impl Account {
    /// At one endpoint that takes the place of all of AWS.
    async fn at_custom_endpoint() -> Self {
        Self::at_custom_endpoint_as("team").await
    }

    async fn at_custom_endpoint_as(profile: &'static str) -> Self {
        let environment = start_environment().await;
        let endpoint = format!("endpoint_url = {}", environment.practice.endpoint());
        Self::new(environment, Imagelab::new(), profile, &endpoint, None).await
    }

    /// At AWS itself, under its own names: the traffic goes through a proxy, behind which the practice cloud answers.
    async fn at_aws() -> Self {
        let environment = start_environment().await;
        let network = CompanyNetwork::start(&environment.practice, environment.image_source.addr()).await;
        let authority = environment.folder("company.pem");
        network.write_authority(&authority);
        let imagelab = Imagelab::new()
            .variable("HTTPS_PROXY", &network.proxy())
            .variable("AWS_CA_BUNDLE", &authority.display().to_string());
        Self::new(environment, imagelab, "team", "", Some(network)).await
    }

    async fn new(
        environment: TestEnvironment,
        imagelab: Imagelab,
        profile: &'static str,
        lines: &str,
        network: Option<CompanyNetwork>,
    ) -> Self {
        imagelab.write_profile(profile, &environment.practice, lines);
        let image = |tag: &str| format!("{}/docker/library/neo4j:{tag}", environment.image_source.addr());
        let images = [image("4.4.0"), image("4.4.48")];
        let before = environment.scanning_configuration().await;
        Self { environment, imagelab, profile, images, before, _network: network }
    }

    fn arguments<'a>(&'a self, consent: &[&'a str]) -> Vec<&'a str> {
        let [vulnerable, patched] = &self.images;
        let run = ["run", "--mode", "aws", "--profile", self.profile, "--engine", "builtin", "--lang", "en"];
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

    /// Runs the lab in a terminal in which this is typed, and undoes nothing. Returns what the terminal shows.
    fn in_terminal(&self, typed: &str, consent: &[&str]) -> String {
        let program = self.imagelab.command(&self.arguments(consent));
        let words = [program.get_program()].into_iter().chain(program.get_args());
        let line = words.map(|word| format!("'{}'", word.display())).collect::<Vec<_>>().join(" ");
        let mut script = Command::new("script");
        script.args(["--quiet", "--return", "--command", &line, "/dev/null"]).current_dir(self.imagelab.home());
        script.env_clear().envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let typed = typed.to_owned();
        tokio::task::block_in_place(|| {
            let mut terminal = Program::start(script);
            terminal.input(&typed);
            terminal.wait(LIMIT).stdout
        })
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
    // Nor is the run said to be of an AWS account afterwards.
    let endpoint = account.environment.practice.endpoint();
    let status = tokio::task::block_in_place(|| account.imagelab.run(&["status", "--lang", "en"])).succeeded("status");
    assert!(status.stdout.contains(&format!("Endpoint {endpoint}, not AWS")), "{}", status.stdout);
    assert!(!status.stdout.contains("AWS account"), "{}", status.stdout);
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
async fn without_a_terminal_no_question_is_asked() {
    let account = Account::at_custom_endpoint().await;
    account.refused(&[]).await.exited_with(2, "neither --yes nor a terminal");
    account.environment.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_that_looks_like_production_is_refused_without_a_terminal() {
    let account = Account::at_custom_endpoint_as("shop-production").await;
    for consent in [&["--yes"][..], &["--yes", "--account", ACCOUNT]] {
        let refused = account.refused(consent).await.exited_with(1, "a profile that looks like production");
        let caution = "! The profile's name “shop-production” looks like production.";
        assert!(refused.stderr.contains(caution), "{}", refused.stderr);
        assert!(refused.stderr.contains("--yes does not answer this question."), "{}", refused.stderr);
    }
    account.environment.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_excluded_account_is_refused_without_a_terminal() {
    let account = Account::at_custom_endpoint().await;
    let list = |change: &[&str]| {
        let arguments = [&["never-here"], change].concat();
        tokio::task::block_in_place(|| account.imagelab.run(&arguments)).succeeded("imagelab never-here").stdout
    };
    assert_eq!(list(&["--add", ACCOUNT, "--add", "210987654321"]), format!("{ACCOUNT}\n210987654321\n"));
    let refused = account.refused(&["--yes", "--account", ACCOUNT]).await.exited_with(1, "an excluded account");
    assert!(refused.stderr.contains("list of excluded accounts"), "{}", refused.stderr);
    assert_eq!(list(&["--remove", ACCOUNT]), "210987654321\n");
    account.accepted(&["--yes", "--account", ACCOUNT]).await;
    account.environment.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_terminal_the_last_four_digits_are_asked_for() {
    let account = Account::at_custom_endpoint().await;
    account.environment.create_repository("their-prod").await;
    let declined = account.in_terminal("0000\n\n", &[]);
    assert!(declined.contains("These are not the last four digits of the account."), "{declined}");
    assert!(declined.contains("so nothing was changed."), "{declined}");
    assert_eq!(account.environment.scanning_configuration().await, account.before);
    let done = account.in_terminal(&format!("{}\n", &ACCOUNT[8..]), &["--until", "scanning"]);
    assert_eq!(account.environment.scanning_configuration().await, "ENHANCED [CONTINUOUS_SCAN: prod]", "{done}");
    // What was shown before.
    for shown in [
        ACCOUNT,
        "arn:aws:iam::123456789012:user/practice",
        ", not AWS",
        "their-prod: 0 images",
        "About US$0.18 for the first scans of 2 images",
        "https://aws.amazon.com/inspector/pricing/",
        "The registry's scanning configuration is restored: BASIC",
        "Scans that were made are billed.",
    ] {
        assert!(done.contains(shown), "{shown} is not in:\n{done}");
    }
    account.environment.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_terminal_the_second_question_is_asked_even_with_yes() {
    let account = Account::at_custom_endpoint_as("live").await;
    let until = ["--yes", "--account", ACCOUNT, "--until", "scanning"];
    let declined = account.in_terminal("n\n", &until);
    assert!(declined.contains(&format!("Change account {ACCOUNT} nevertheless?")), "{declined}");
    assert_eq!(account.environment.scanning_configuration().await, account.before);
    account.in_terminal("y\n", &until);
    assert_eq!(account.environment.scanning_configuration().await, "ENHANCED [CONTINUOUS_SCAN: prod]");
    account.environment.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_profile_is_not_silently_ignored() {
    let imagelab = Imagelab::new();
    let run = ["run", "--profile", "team", "--engine", "builtin", "--lang", "en"];
    let refused = tokio::task::block_in_place(|| imagelab.run(&run)).exited_with(2, "a profile without --mode aws");
    assert!(refused.stderr.contains("add --mode aws"), "{}", refused.stderr);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preflight_changes_nothing_and_needs_no_consent() {
    let account = Account::at_aws().await;
    let checked = account.refused(&["--preflight-only", "--json"]).await.succeeded("--preflight-only").json();
    assert_eq!(checked["ok"], true, "{checked:#}");
    account.environment.inject("inspector2:BatchGetAccountStatus=access-denied");
    account.refused(&["--preflight-only"]).await.exited_with(1, "a missing permission");
    account.environment.shutdown().await;
}
