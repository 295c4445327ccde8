//! The lines that the lab offers for pasting do what its steps do: a check is as satisfied with a learner's terminal as with the lab.

use std::sync::Arc;

use lab::{CheckStatus, Lab, Plan, StepId};
use testbed::{environment::TestEnvironment, tools::aws_1, tools::docker_clis};
use tokio_util::sync::CancellationToken;
use whole_lab_tests::{ExitReason, Shell, access};

/// Nobody scans what is not watched: the line shows just that.
const REFUSED: &str = "command-findings-sandbox";

/// No line compares two images: that takes the lab.
const COMPARED: &str = "compared";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_labs_own_lines_do_what_its_steps_do() {
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
        .expect("nothing stands in the way");
    for step in StepId::ALL.into_iter().filter(|step| *step != StepId::Cleanup) {
        let commands = run.commands(step);
        assert!(!commands.is_empty(), "{step:?} can be done by hand");
        for command in commands {
            let done = tokio::task::block_in_place(|| shell.run(&command.line));
            if command.title.id == REFUSED {
                assert_ne!(done.exit, ExitReason::Code(0), "{done:?}");
                assert!(done.stderr.contains("(ScanNotFoundException)"), "{done:?}");
            } else {
                done.succeeded(&command.line);
            }
        }
        // A learner waits for the scan.
        environment.practice.scanner_idle().await;
        for check in run.check(step).await.expect("the session can be written") {
            let expected = if check.id == COMPARED { CheckStatus::NotMet } else { CheckStatus::Met };
            assert_eq!(check.outcome, expected, "{step:?}: {check:?}");
        }
    }
    // What is there already is only read.
    for step in [StepId::Results, StepId::Remediate] {
        run.run(step, Arc::new(()), CancellationToken::new()).await.expect("everything is there");
        for check in run.check(step).await.expect("the session can be written") {
            assert_eq!(check.outcome, CheckStatus::Met, "{step:?}: {check:?}");
        }
    }
    environment.shutdown().await;
}
