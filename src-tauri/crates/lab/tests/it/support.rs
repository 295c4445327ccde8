//! A lab on a test environment: a practice cloud, an engine and an image source.

use std::{
    ops::{Deref, DerefMut},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures::{FutureExt as _, future::BoxFuture};
use lab::{
    Access, AwsAccess, Check, CheckStatus, Clock, ConsentPolicy, EngineAccess, EngineKind, Event, Lab, LabError, Mode,
    Pace, Plan, Problem, Run, StepId,
};
use practice::PracticeConfig;
use testbed::environment::TestEnvironment;
use tokio_util::sync::CancellationToken;

/// Polls every few milliseconds: nothing here takes longer.
pub(crate) const PACE: Pace =
    Pace { poll: Duration::from_millis(5), stable_after: Duration::from_millis(10), give_up: Duration::from_secs(30) };

/// A test environment, and how labs are run on it.
pub(crate) struct LabEnvironment {
    environment: TestEnvironment,
    pub(crate) plan: Plan,
    pub(crate) pace: Pace,
}

impl Deref for LabEnvironment {
    type Target = TestEnvironment;

    fn deref(&self) -> &TestEnvironment {
        &self.environment
    }
}

impl DerefMut for LabEnvironment {
    fn deref_mut(&mut self) -> &mut TestEnvironment {
        &mut self.environment
    }
}

impl LabEnvironment {
    /// Starts one in which nothing waits.
    pub(crate) async fn start() -> Self {
        Self::new(TestEnvironment::start().await)
    }

    /// Starts one whose time is advanced by the test.
    pub(crate) async fn with_manual_clock() -> Self {
        Self::new(TestEnvironment::with_manual_clock().await)
    }

    /// Starts one with another configuration of the practice cloud.
    pub(crate) async fn with(configure: impl FnOnce(&mut PracticeConfig)) -> Self {
        Self::new(TestEnvironment::start_with(configure, None).await)
    }

    fn new(environment: TestEnvironment) -> Self {
        // Uses the image source's own address, so that the engine's handling of `public.ecr.aws` does not matter.
        let image = |tag: &str| format!("{}/docker/library/neo4j:{tag}", environment.image_source.addr());
        let plan = Plan { image: image("4.4.0"), fixed_image: image("4.4.48"), ..Plan::default() };
        Self { environment, plan, pace: PACE }
    }

    pub(crate) fn access(&self) -> Access {
        let (access_key, secret_key) = self.practice.credentials();
        Access {
            mode: Mode::Practice,
            aws: AwsAccess::Endpoint {
                url: self.practice.endpoint(),
                region: self.practice.region().to_owned(),
                access_key,
                secret_key,
            },
            engine: EngineAccess { kind: EngineKind::Builtin, host: self.engine.docker_host(), tls: None },
            public_registry: None,
            consent: ConsentPolicy::NotNeeded,
            findings_origin: lab::FindingsOrigin::Named("practice".to_owned()),
            pace: self.pace,
        }
    }

    /// The lab's folder.
    pub(crate) async fn lab(&self) -> Lab {
        self.lab_in("lab").await
    }

    pub(crate) async fn lab_in(&self, folder: &str) -> Lab {
        Lab::open(&self.folder(folder)).await.unwrap().with_clock(Arc::new(VirtualClock::default()))
    }

    /// A new run of a new lab.
    pub(crate) async fn run(&self) -> (Lab, Run) {
        let lab = self.lab().await;
        let run = lab.start(self.plan.clone(), self.access(), &lab::RunOptions::default()).await.unwrap();
        (lab, run)
    }

    /// A new run in which the steps up to `last` have been run.
    pub(crate) async fn run_to(&self, last: StepId) -> (Lab, Run) {
        let (lab, run) = self.run().await;
        for step in StepId::ALL.into_iter().filter(|step| *step <= last) {
            run_step(&run, step).await.unwrap();
        }
        (lab, run)
    }
}

/// A clock on which waiting takes no time: it is then that much later. What a test waits for therefore never depends on how fast
/// the machine is.
#[derive(Debug, Default)]
struct VirtualClock {
    nanoseconds: Arc<AtomicU64>,
}

impl Clock for VirtualClock {
    fn now(&self) -> Duration {
        Duration::from_nanos(self.nanoseconds.load(Ordering::SeqCst))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let nanoseconds = Arc::clone(&self.nanoseconds);
        let passed = u64::try_from(duration.as_nanos()).unwrap();
        async move {
            // Other tasks, such as the practice cloud's, run before the time has passed.
            tokio::task::yield_now().await;
            nanoseconds.fetch_add(passed, Ordering::SeqCst);
        }
        .boxed()
    }
}

pub(crate) async fn run_step(run: &Run, step: StepId) -> Result<(), LabError> {
    run.run(step, Arc::new(()), CancellationToken::new()).await
}

/// Runs a step and returns its result and events.
pub(crate) async fn run_and_collect_events(run: &Run, step: StepId) -> (Result<(), LabError>, Vec<Event>) {
    let events = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&events);
    let result = run.run(step, Arc::new(move |event| sink.lock().unwrap().push(event)), CancellationToken::new()).await;
    let events = events.lock().unwrap().clone();
    (result, events)
}

/// Runs a step that fails and returns its problem.
pub(crate) async fn refused(run: &Run, step: StepId) -> Problem {
    problem(run_step(run, step).await.unwrap_err())
}

pub(crate) fn problem(error: LabError) -> Problem {
    match error {
        LabError::Problem(problem) => *problem,
        other => panic!("{other}"),
    }
}

/// Asserts that every item of a step's check is met.
pub(crate) async fn assert_met(run: &Run, step: StepId) {
    let checks = run.check(step).await.unwrap();
    assert!(!checks.is_empty());
    let others: Vec<_> = checks.iter().filter(|check| check.outcome != CheckStatus::Met).collect();
    assert!(others.is_empty(), "{step:?}: {others:#?}");
}

/// One item of a step's check.
pub(crate) async fn item(run: &Run, step: StepId, id: &str) -> Check {
    let checks = run.check(step).await.unwrap();
    let ids: Vec<_> = checks.iter().map(|check| check.id.clone()).collect();
    checks.into_iter().find(|check| check.id == id).unwrap_or_else(|| panic!("no {id} among {ids:?}"))
}
