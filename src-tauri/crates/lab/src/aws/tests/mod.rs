//! Tests of the clients against the practice cloud, against a scripted server, and with the configuration of made-up machines.

mod calls;
mod machine;
mod refusals;
mod scan;
mod sign_in;

use std::sync::Arc;

use i18n::Lang;

use crate::aws::Aws;
use crate::{
    entry_log::EntryLog,
    model::{
        access::AwsAccess,
        problem::{LabError, Problem},
    },
};

fn endpoint(url: &str) -> AwsAccess {
    AwsAccess::Endpoint {
        url: url.to_owned(),
        region: "us-east-1".to_owned(),
        access_key: "AKIDEXAMPLE".to_owned(),
        secret_key: "a-very-secret-key".to_owned(),
    }
}

async fn connect(access: &AwsAccess) -> (Aws, Arc<EntryLog>) {
    let log = Arc::new(EntryLog::default());
    (Aws::connect(access, log.clone()).await.unwrap(), log)
}

fn unwrap(error: LabError) -> Problem {
    match error {
        LabError::Problem(problem) => *problem,
        other => panic!("{other}"),
    }
}

/// Asserts that a problem has a text and a hint in both languages, with every variable that they need.
fn assert_localized(problem: &Problem) {
    for lang in Lang::ALL {
        let variables = i18n::message_variables(lang);
        for message in [&problem.message, &problem.hint] {
            let names = variables.get(&message.id).unwrap_or_else(|| panic!("{lang}: no text {}", message.id));
            for name in names {
                assert!(message.args.contains_key(name), "{lang}: {} has no {name}", message.id);
            }
        }
    }
}
