//! The commands of the lab in a shell into which the lines of `imagelab practice` were pasted, with every AWS CLI and Docker CLI of this
//! machine.

use std::path::Path;

use serde_json::{Value, json};
use testbed::tools::{aws_1, aws_2, docker_clis, skopeo};
use whole_lab_tests::{PracticeCloud, Shell, lesson};

fn practice() -> PracticeCloud {
    PracticeCloud::start(&["--speed", "instant", "--lang", "en"])
}

fn names(list: &Value, member: &str) -> Vec<String> {
    list.as_array().unwrap_or_else(|| panic!("{list}")).iter().map(|item| item[member].to_string()).collect()
}

/// Runs all commands in order, and checks the output of each.
fn run_lesson(shell: &Shell) {
    configure(shell);
    let digest = push_image(shell);
    check_results(shell, &digest);
    fix(shell);
    clean_up(shell);
}

fn configure(shell: &Shell) {
    let filter = json!({ "filter": "prod", "filterType": "WILDCARD" });
    let rule = json!({ "scanFrequency": "CONTINUOUS_SCAN", "repositoryFilters": [filter] });
    let configuration = json!({ "scanType": "ENHANCED", "rules": [rule] });
    assert_eq!(shell.json(lesson::CONFIGURE), json!({ "registryScanningConfiguration": configuration }));
    for name in ["prod", "sandbox", "shared"] {
        let repository = &shell.json(&lesson::create(name))["repository"];
        let full = format!("eks-security-{name}");
        assert_eq!(repository["repositoryName"], *full);
        assert_eq!(repository["repositoryArn"], format!("arn:aws:ecr:ap-northeast-2:123456789012:repository/{full}"));
        assert_eq!(repository["repositoryUri"], format!("123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/{full}"));
        assert_eq!(repository["imageTagMutability"], "MUTABLE");
    }
}

/// Pulls, tags, logs in and pushes. Returns the digest that was pushed.
fn push_image(shell: &Shell) -> String {
    let pulled = shell.text(lesson::PULL);
    for line in [
        "4.4.0: Pulling from docker/library/neo4j",
        "Pull complete",
        "Digest: sha256:",
        "Status: Downloaded newer image for public.ecr.aws/docker/library/neo4j:4.4.0",
    ] {
        assert!(pulled.contains(line), "{line}: {pulled}");
    }
    assert!(pulled.trim_end().ends_with("public.ecr.aws/docker/library/neo4j:4.4.0"), "{pulled}");
    let again = shell.text(lesson::PULL);
    assert!(again.contains("Status: Image is up to date for public.ecr.aws/docker/library/neo4j:4.4.0"), "{again}");
    let with_identity = |script: &str| format!("{}\n{script}", lesson::IDENTITY);
    let early = shell.fails(&with_identity(&format!("{}\n{}", lesson::TAG, lesson::PUSH_PROD)));
    assert!(early.contains("no basic auth credentials"), "{early}");
    assert!(shell.text(&with_identity(lesson::LOGIN)).contains("Login Succeeded"));
    let digests = [lesson::PUSH_PROD, lesson::PUSH_SANDBOX].map(|push| {
        let pushed = shell.text(&with_identity(push));
        assert!(pushed.contains("Using default tag: latest"), "{pushed}");
        assert!(
            pushed.contains("The push refers to repository [123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/"),
            "{pushed}"
        );
        let line =
            pushed.lines().find(|line| line.starts_with("latest: digest: sha256:")).expect("the digest is printed");
        line.split_whitespace().nth(2).expect("the line has a digest").to_owned()
    });
    assert_eq!(digests[0], digests[1], "the same image twice");
    let listed = shell.text(&with_identity("docker images --format '{{.Repository}}:{{.Tag}}' | sort"));
    let expected = ["prod", "sandbox"]
        .map(|name| format!("123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/eks-security-{name}:latest\n"));
    assert_eq!(listed, format!("{}public.ecr.aws/docker/library/neo4j:4.4.0\n", expected.concat()));
    digests[0].clone()
}

fn check_results(shell: &Shell, digest: &str) {
    shell.text(&lesson::wait_for_scan("prod", "latest"));
    let scan = shell.json(&lesson::findings("prod", "latest"));
    assert_eq!(scan["imageId"], json!({ "imageDigest": digest, "imageTag": "latest" }));
    assert_eq!(scan["imageScanStatus"]["status"], "ACTIVE");
    let findings = &scan["imageScanFindings"]["enhancedFindings"];
    let log4shell = findings.as_array().expect("there are findings").iter();
    let mut log4shell =
        log4shell.filter(|finding| finding["packageVulnerabilityDetails"]["vulnerabilityId"] == "CVE-2021-44228");
    let log4shell = log4shell.next().expect("Log4Shell is among them");
    assert_eq!((&log4shell["severity"], &log4shell["status"]), (&"CRITICAL".into(), &"ACTIVE".into()));
    let package = &log4shell["packageVulnerabilityDetails"]["vulnerablePackages"][0];
    assert!(package["name"].as_str().is_some_and(|name| name.contains("log4j-core")), "{package:#}");
    let counts = scan["imageScanFindings"]["findingSeverityCounts"].as_object().expect("severities are counted");
    let counted: u64 = counts.values().filter_map(Value::as_u64).sum();
    assert_eq!(counted, findings.as_array().map_or(0, Vec::len) as u64);

    let not_scanned = shell.fails(&lesson::findings("sandbox", "latest"));
    assert!(
        not_scanned.contains("An error occurred (ScanNotFoundException) when calling the DescribeImageScanFindings")
    );

    let listed = shell.json(lesson::LIST_FINDINGS);
    let titles = names(&listed["findings"], "title");
    assert_eq!(titles.len() as u64, counted, "Inspector and ECR have the same findings");
    assert!(titles.iter().any(|title| title.contains("CVE-2021-44228")), "{titles:?}");

    let covered = shell.json(lesson::LIST_COVERAGE);
    let covered = covered["coveredResources"].as_array().expect("there is a list").clone();
    let row = |kind: &str, name: &str| {
        let row =
            covered.iter().find(|row| row["resourceType"] == kind && row["resourceId"].to_string().contains(name));
        row.unwrap_or_else(|| panic!("{kind} {name}: {covered:#?}"))["scanStatus"].clone()
    };
    let active = json!({ "statusCode": "ACTIVE", "reason": "SUCCESSFUL" });
    assert_eq!(row("AWS_ECR_REPOSITORY", "eks-security-prod"), active);
    assert_eq!(row("AWS_ECR_CONTAINER_IMAGE", "eks-security-prod"), active);
    for name in ["eks-security-sandbox", "eks-security-shared"] {
        assert_eq!(row("AWS_ECR_REPOSITORY", name)["reason"], "SCAN_FREQUENCY_MANUAL");
    }
}

fn fix(shell: &Shell) {
    shell.text(&format!("{}\n{}", lesson::IDENTITY, lesson::REMEDIATE));
    shell.text(&lesson::wait_for_scan("prod", "4.4.48"));
    let scan = shell.json(&lesson::findings("prod", "4.4.48"));
    let titles = names(&scan["imageScanFindings"]["enhancedFindings"], "title");
    assert!(!titles.iter().any(|title| title.contains("CVE-2021-44228")), "{titles:?}");
}

fn clean_up(shell: &Shell) {
    let removed = shell.text(&format!("{}\n{}", lesson::IDENTITY, lesson::CLEAN_UP));
    assert!(removed.contains("Untagged: public.ecr.aws/docker/library/neo4j:4.4.0"), "{removed}");
    assert_eq!(shell.json("aws ecr describe-repositories"), json!({ "repositories": [] }));
    assert_eq!(shell.text("docker images --quiet"), "");
}

#[test]
fn the_commands_work_with_aws_cli_1_and_every_docker_cli() {
    let Some(aws) = aws_1() else { return };
    for (docker, version) in docker_clis() {
        // Each CLI has a cloud of its own: the commands start from an empty one.
        let cloud = practice();
        let shell = Shell::new(&cloud, &[("aws", &aws), ("docker", &docker)]);
        let versions = shell.text("docker version --format '{{.Client.Version}} {{.Server.APIVersion}}'");
        assert!(versions.starts_with(&version), "{versions}");
        run_lesson(&shell);
        cloud.stop().succeeded("imagelab practice, stopped by Ctrl-C");
    }
}

#[test]
fn the_commands_work_with_aws_cli_2() {
    let Some(aws) = aws_2() else { return };
    let clis = docker_clis();
    let Some((docker, _)) = clis.last() else { return };
    let cloud = practice();
    let mut shell = Shell::new(&cloud, &[("aws", &aws), ("docker", docker)]);
    if ignores_endpoint_variable(&aws) {
        shell = shell.with(cloud.hint_for_old_aws());
    }
    run_lesson(&shell);
}

/// AWS CLI 2 reads `AWS_ENDPOINT_URL` from 2.13 on.
fn ignores_endpoint_variable(aws: &Path) -> bool {
    let mut command = std::process::Command::new(aws);
    command.arg("--version");
    let output = whole_lab_tests::run(command, whole_lab_tests::LIMIT).succeeded("aws --version").stdout;
    let version = output.strip_prefix("aws-cli/2.").and_then(|rest| rest.split('.').next()?.parse::<u32>().ok());
    version.is_some_and(|minor| minor < 13)
}

#[test]
fn skopeo_copies_from_the_public_registry_and_inspects() {
    let (Some(aws), Some(skopeo)) = (aws_1(), skopeo()) else { return };
    let cloud = practice();
    let shell = Shell::new(&cloud, &[("aws", &aws), ("skopeo", &skopeo)]);
    let registry = shell.text("printf %s ${AWS_ENDPOINT_URL#http://}");
    let public = cloud.public_registry();
    shell.text(&lesson::create("prod"));
    let login = format!(
        "aws ecr get-login-password | skopeo login --username AWS --password-stdin --tls-verify=false --authfile auth {registry}"
    );
    assert!(shell.text(&login).contains("Login Succeeded!"));
    let copy = format!(
        "skopeo copy --insecure-policy --src-no-creds --src-tls-verify=false --dest-tls-verify=false --authfile auth \
         --override-os linux --override-arch amd64 \
         docker://{public}/docker/library/neo4j:4.4.0 docker://{registry}/eks-security-prod:latest"
    );
    shell.text(&copy);
    let inspect =
        format!("skopeo inspect --tls-verify=false --authfile auth docker://{registry}/eks-security-prod:latest");
    let inspected = shell.json(&inspect);
    assert_eq!((&inspected["Architecture"], &inspected["Os"]), (&"amd64".into(), &"linux".into()));
    assert!(inspected["Layers"].as_array().is_some_and(|layers| layers.len() > 2), "{inspected:#}");
    let described = shell.json("aws ecr describe-images --repository-name eks-security-prod");
    assert_eq!(described["imageDetails"][0]["imageDigest"], inspected["Digest"]);
}
