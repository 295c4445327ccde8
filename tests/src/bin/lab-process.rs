//! The lab in a process of its own, for tests that kill it: starts or resumes a run, finishes it, and prints its outcome.
//!
//! `lab-process FOLDER`, with `LAB_AWS`, `LAB_ENGINE`, `LAB_REGION`, `LAB_ACCESS_KEY` and `LAB_SECRET_KEY` in its environment.

use std::{io::Write as _, path::PathBuf, sync::Arc};

use lab::{Access, AwsAccess, ConsentPolicy, EngineAccess, EngineKind, Lab, LabError, Mode, Pace, Plan, StepState};
use tokio_util::sync::CancellationToken;

#[tokio::main]
async fn main() -> Result<(), LabError> {
    // Waits until the parent process closes standard input.
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).expect("standard input can be read");
    let folder = PathBuf::from(std::env::args_os().nth(1).expect("the first argument is the folder"));
    let access = Access {
        mode: Mode::Practice,
        aws: AwsAccess::Endpoint {
            url: variable("LAB_AWS"),
            region: variable("LAB_REGION"),
            access_key: variable("LAB_ACCESS_KEY"),
            secret_key: variable("LAB_SECRET_KEY"),
        },
        engine: EngineAccess { kind: EngineKind::Builtin, host: variable("LAB_ENGINE"), tls: None },
        public_registry: None,
        consent: ConsentPolicy::NotNeeded,
        findings_origin: lab::FindingsOrigin::Named("practice".to_owned()),
        pace: Pace::INSTANT,
    };
    let lab = Lab::open(&folder).await?;
    let unfinished = lab.newest()?.is_some_and(|newest| !newest.finished);
    let run = if unfinished {
        lab.resume(access).await?
    } else {
        lab.start(Plan { move_tags: true, ..Plan::default() }, access, &lab::RunOptions::default()).await?
    };
    for step in run.info()?.steps {
        let done = step.state == StepState::Done;
        if !done {
            run.run(step.id, Arc::new(()), CancellationToken::new()).await?;
        }
        // A check that was made is not repeated: it would fail after clean-up has started to delete resources.
        if !done || step.checks.is_empty() {
            run.check(step.id).await?;
        }
    }
    let outcome = serde_json::to_string(&run.outcome().await?).expect("an outcome has a JSON form");
    writeln!(std::io::stdout(), "{outcome}").expect("the parent process reads standard output");
    Ok(())
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"))
}
