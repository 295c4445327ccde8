//! A run of the lab in a test environment, step by step, until one fails; and then to its end.

use std::{sync::Arc, time::Duration};

use i18n::{Lang, Localizer};
use lab::{CheckStatus, Lab, LabError, Plan, Problem, Run, RunOptions, StepId};
use practice::PracticeConfig;
use serde_json::Value;
use testbed::environment::TestEnvironment;
use tokio_util::sync::CancellationToken;

use crate::{access::access, snapshot::Snapshot};

/// The longest that a step may take, with everything that it tries again.
const STEP_LIMIT: Duration = Duration::from_mins(3);

/// A run of the lab with the default plan but that it may move tags, and what the account and the engine were like before.
pub struct LabRun {
    /// The cloud and the engine.
    pub environment: TestEnvironment,
    /// The run.
    pub run: Run,
    /// The lab.
    pub lab: Lab,
    before: (Snapshot, Value),
}

/// A step that failed.
#[derive(Debug)]
pub struct Failed {
    /// The step.
    pub step: StepId,
    /// Why.
    pub problem: Problem,
}

impl LabRun {
    /// A new run in an environment with this configuration, after `prepare` has put things into the account.
    ///
    /// # Panics
    ///
    /// If it cannot be started.
    pub async fn start(
        configure: impl FnOnce(&mut PracticeConfig),
        prepare: impl AsyncFnOnce(&TestEnvironment),
    ) -> Self {
        let environment = TestEnvironment::start_with(configure, None).await;
        prepare(&environment).await;
        let before = (Snapshot::of(&environment).await, environment.local_images().await);
        let lab = Lab::open(&environment.folder("lab")).await.expect("a new folder opens");
        // Others may have an image under a tag that the plan pushes.
        let plan = Plan { move_tags: true, ..Plan::default() };
        let run = lab.start(plan, access(&environment), &RunOptions::default()).await;
        let run = run.expect("a run can be started");
        Self { environment, run, lab, before }
    }

    /// Runs a step.
    ///
    /// # Errors
    ///
    /// Why it failed, or that it took too long.
    pub async fn step(&self, step: StepId) -> Result<Result<(), LabError>, String> {
        let run = self.run.run(step, Arc::new(()), CancellationToken::new());
        tokio::time::timeout(STEP_LIMIT, run).await.map_err(|_| format!("{step:?} did not end within {STEP_LIMIT:?}"))
    }

    /// Runs the steps until one fails. `None` if all succeed.
    ///
    /// # Errors
    ///
    /// If one takes too long, or ends in a way that is not explained.
    pub async fn first_failure(&self) -> Result<Option<Failed>, String> {
        for step in StepId::ALL {
            match self.step(step).await? {
                Ok(()) => {}
                Err(LabError::Problem(problem)) => return Ok(Some(Failed { step, problem: *problem })),
                Err(other) => return Err(format!("{step:?}: {other:?}")),
            }
        }
        Ok(None)
    }

    /// Runs the rest, from this step: every check is met, and the account and the engine are as before.
    ///
    /// # Errors
    ///
    /// What is otherwise.
    pub async fn finish(&self, from: StepId) -> Result<(), String> {
        for step in StepId::ALL.into_iter().filter(|step| *step >= from) {
            self.step(step).await?.map_err(|error| format!("{step:?}, resumed: {error:?}"))?;
            let checks = self.run.check(step).await.map_err(|error| format!("{step:?}: {error:?}"))?;
            if let Some(check) = checks.iter().find(|check| check.outcome != CheckStatus::Met) {
                return Err(format!("{step:?}, resumed: {check:?}"));
            }
        }
        self.is_as_before().await
    }

    /// Whether the run is finished, and account and engine are as before it.
    ///
    /// # Errors
    ///
    /// What is otherwise.
    pub async fn is_as_before(&self) -> Result<(), String> {
        let outcome = self.run.outcome().await.map_err(|error| format!("{error:?}"))?;
        if !outcome.receipt.as_ref().is_some_and(|receipt| receipt.restored) {
            return Err(format!("not restored: {:?}", outcome.receipt));
        }
        let after = (Snapshot::of(&self.environment).await, self.environment.local_images().await);
        if after == self.before { Ok(()) } else { Err(format!("before: {:?}\nafter: {after:?}", self.before)) }
    }
}

/// Whether a problem has a text and a hint in both languages with every value filled in, and reveals no credentials.
///
/// # Errors
///
/// What is otherwise.
pub fn is_readable(problem: &Problem) -> Result<(), String> {
    for lang in Lang::ALL {
        let localizer = Localizer::new(lang);
        for message in [&problem.message, &problem.hint] {
            let text = localizer.text(message);
            if !localizer.has(&message.id) || text.is_empty() || text.contains("{$") {
                return Err(format!("{} in {lang:?}: {text:?}", message.id));
            }
        }
    }
    let debug = format!("{problem:?}");
    // `AWS:`, as it begins a token in base64.
    if debug.contains("Basic ") || debug.contains("QVdTO") { Err(format!("a secret: {debug}")) } else { Ok(()) }
}

/// Everything that a person is shown of a problem, in English.
pub fn shown(problem: &Problem) -> String {
    let localizer = Localizer::new(Lang::En);
    let details = problem.details.as_deref().unwrap_or_default();
    format!("{}\n{}\n{details}", localizer.text(&problem.message), localizer.text(&problem.hint))
}
