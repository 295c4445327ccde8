//! Every call that a run makes, with every kind of fault: each case is done all the same or fails with an explanation, is then
//! resumed to the same end, and leaves nothing behind.

use lab::{Code, StepId};
use whole_lab_tests::{Failed, LabRun, is_readable, populate_with_foreign_resources, soak};

/// The kinds of fault. Registries have tokens that expire in place of credentials.
const KINDS: [&str; 7] =
    ["throttle", "access-denied", "expired-credentials", "server-error", "slow:50ms", "cut", "malformed"];

/// A run in an account with other people's things.
async fn new_run() -> LabRun {
    LabRun::start(|_| (), async |environment| populate_with_foreign_resources(environment).await).await
}

/// Every call of an undisturbed run with its checks, with each kind of fault.
async fn matrix() -> Vec<String> {
    let lab = new_run().await;
    let faults = lab.environment.practice.faults();
    faults.forget_calls();
    lab.finish(StepId::Prepare).await.expect("nothing fails");
    // The comparison with the state before reads too, but nothing that a run does not.
    let calls = faults.calls();
    let of_call = |call: &String| {
        let expired = if call.starts_with("registry:") { "expired-token" } else { "expired-credentials" };
        KINDS.map(|kind| format!("{call}={}", if kind == "expired-credentials" { expired } else { kind }))
    };
    calls.iter().flat_map(of_call).collect()
}

/// The codes that explain a kind of fault.
fn explains(kind: &str, code: Code) -> bool {
    match kind {
        "throttle" => matches!(code, Code::Throttled | Code::RegistryRateLimited),
        "access-denied" => matches!(code, Code::AccessDenied | Code::RegistryDenied),
        "expired-credentials" => code == Code::CredentialsExpired,
        "expired-token" => matches!(code, Code::TokenExpired | Code::RegistryDenied),
        "server-error" => matches!(code, Code::ServiceError | Code::RegistryFailed),
        "cut" | "malformed" => matches!(
            code,
            Code::MalformedAnswer
                | Code::Network
                | Code::RegistryFailed
                | Code::RegistryUnreachable
                | Code::ServiceRefused
        ),
        _ => false,
    }
}

async fn ends_explained_or_done(fault: String) -> Result<(), String> {
    let lab = new_run().await;
    let case = |text: String| format!("{fault}: {text}");
    let faults = lab.environment.practice.faults();
    faults.add(fault.parse().map_err(|error| case(format!("{error}")))?);
    let failed = lab.first_failure().await.map_err(case)?;
    faults.clear();
    let kind = fault.split_once('=').map_or("", |(_, kind)| kind);
    let from = match failed {
        None => return lab.is_as_before().await.map_err(case),
        Some(Failed { step, problem }) => {
            is_readable(&problem).map_err(case)?;
            if !explains(kind, problem.code) {
                return Err(case(format!("{step:?} failed with {problem:?}")));
            }
            step
        }
    };
    lab.finish(from).await.map_err(case)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_ends_explained_or_done_and_leaves_nothing_behind() {
    soak::each(soak::cases(matrix().await, 14), ends_explained_or_done).await;
}
