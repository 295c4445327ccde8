//! The clients against the practice cloud, against a server that answers as it is told, and on made-up machines.

mod calls;
mod machine;
mod refusals;
mod scan;

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
    let kept = Arc::new(EntryLog::default());
    (Aws::connect(access, kept.clone()).await.unwrap(), kept)
}

fn unwrap(error: LabError) -> Problem {
    match error {
        LabError::Problem(problem) => *problem,
        other => panic!("{other}"),
    }
}

/// It has a text and a hint in both languages, and every value that they need.
fn assert_told(problem: &Problem) {
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
