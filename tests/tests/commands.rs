//! The commands that the lab shows do what its steps do: its checks are met after the commands, too.

use std::sync::Arc;

use lab::{CheckStatus, Lab, Plan, StepId};
use testbed::{environment::TestEnvironment, tools::aws_1, tools::docker_clis};
use tokio_util::sync::CancellationToken;
use whole_lab_tests::{ExitReason, Shell, access};

/// Fails, to show that an image in a repository that is not scanned has no findings.
const FAILS: &str = "command-findings-sandbox";

/// No command compares two images: only the lab does.
const COMPARED: &str = "compared";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_labs_commands_do_what_its_steps_do() {
    let (Some(aws), clis) = (aws_1(), docker_clis()) else { return };
    let Some((docker, _)) = clis.first() else { return };
    let environment = TestEnvironment::start().await;
    let (access_key, secret_key) = environment.practice.credentials();
    let host = format!("tcp://{}", environment.engine_url().trim_start_matches("http://"));
    let lines = format!(
        "export AWS_ACCESS_KEY_ID={access_key} AWS_SECRET_ACCESS_KEY={secret_key} AWS_PAGER= DOCKER_HOST={host}"
    );
    let shell = Shell::with_lines(&lines, &[("aws", &aws), ("docker", docker)]);
    let lab = Lab::open(&environment.folder("lab")).await.expect("a new folder opens");
    let run = lab
        .start(Plan::default(), access(&environment), &lab::RunOptions::default())
        .await
        .expect("a run can be started");
    for step in StepId::ALL.into_iter().filter(|step| *step != StepId::Cleanup) {
        let commands = run.commands(step);
        assert!(!commands.is_empty(), "{step:?} can be done by hand");
        for command in commands {
            let output = tokio::task::block_in_place(|| shell.run(&command.line));
            if command.title.id == FAILS {
                assert_ne!(output.exit, ExitReason::Code(0), "{output:?}");
                assert!(output.stderr.contains("(ScanNotFoundException)"), "{output:?}");
            } else {
                output.succeeded(&command.line);
            }
        }
        // A learner waits for the scan, too.
        environment.practice.scanner_idle().await;
        for check in run.check(step).await.expect("the session can be written") {
            let expected = if check.id == COMPARED { CheckStatus::NotMet } else { CheckStatus::Met };
            assert_eq!(check.outcome, expected, "{step:?}: {check:?}");
        }
    }
    // The steps only read what exists already.
    for step in [StepId::Results, StepId::Remediate] {
        run.run(step, Arc::new(()), CancellationToken::new()).await.expect("everything exists");
        for check in run.check(step).await.expect("the session can be written") {
            assert_eq!(check.outcome, CheckStatus::Met, "{step:?}: {check:?}");
        }
    }
    environment.shutdown().await;
}
