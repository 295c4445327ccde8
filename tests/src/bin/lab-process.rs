//! The lab in a process of its own, to be killed: begins a run or goes on with one, to its end, and prints what came of it.
//!
//! `victim FOLDER`, with `LAB_AWS`, `LAB_ENGINE`, `LAB_REGION`, `LAB_ACCESS_KEY` and `LAB_SECRET_KEY` in its environment.

use std::{io::Write as _, path::PathBuf, sync::Arc};

use lab::{Access, AwsAccess, ConsentPolicy, EngineAccess, EngineKind, Lab, LabError, Mode, Pace, Plan, StepState};
use tokio_util::sync::CancellationToken;

#[tokio::main]
async fn main() -> Result<(), LabError> {
    // Nothing happens before whoever started this has closed its standard input.
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).expect("standard input can be read");
    let folder = PathBuf::from(std::env::args_os().nth(1).expect("the first argument is the folder"));
    let access = Access {
        mode: Mode::Practice,
        aws: AwsAccess::Endpoint {
            url: told("LAB_AWS"),
            region: told("LAB_REGION"),
            access_key: told("LAB_ACCESS_KEY"),
            secret_key: told("LAB_SECRET_KEY"),
        },
        engine: EngineAccess { kind: EngineKind::Builtin, host: told("LAB_ENGINE"), tls: None },
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
        lab.start(Plan::default(), access, &lab::RunOptions::default()).await?
    };
    for step in run.info()?.steps {
        let done = step.state == StepState::Done;
        if !done {
            run.run(step.id, Arc::new(()), CancellationToken::new()).await?;
        }
        // A check that was made is not made again: what clean-up has begun to take away it would miss.
        if !done || step.checks.is_empty() {
            run.check(step.id).await?;
        }
    }
    let outcome = serde_json::to_string(&run.outcome().await?).expect("an outcome has a JSON form");
    writeln!(std::io::stdout(), "{outcome}").expect("whoever asked listens");
    Ok(())
}

fn told(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"))
}
