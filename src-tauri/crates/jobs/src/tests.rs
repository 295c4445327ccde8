use i18n::Message;
use lab::{Layer, LayerState};
use tokio::sync::oneshot;

use super::*;

#[derive(Clone, Default)]
struct RecordingListener(Arc<Mutex<Vec<JobMessage>>>);

impl Listener for RecordingListener {
    fn send(&self, message: JobMessage) -> bool {
        self.0.lock().push(message);
        true
    }
}

impl RecordingListener {
    fn messages(&self) -> Vec<JobMessage> {
        self.0.lock().clone()
    }

    async fn ended(&self) -> JobMessage {
        loop {
            if let Some(ended) = self.messages().into_iter().find(|m| matches!(m, JobMessage::Ended { .. })) {
                return ended;
            }
            tokio::task::yield_now().await;
        }
    }
}

fn note(id: &str) -> Event {
    Event::Note { message: Message::new(id) }
}

fn layer(id: &str, current: u64) -> Event {
    Event::Layer { layer: Layer { id: id.into(), state: LayerState::Moving, current: Some(current), total: Some(100) } }
}

fn events(messages: &[JobMessage]) -> Vec<Event> {
    messages
        .iter()
        .flat_map(|message| match message {
            JobMessage::Progress { events } => events.clone(),
            JobMessage::Ended { .. } => Vec::new(),
        })
        .collect()
}

#[tokio::test]
async fn the_first_and_the_last_event_of_a_job_are_sent() {
    let (jobs, listener) = (Jobs::default(), RecordingListener::default());
    jobs.start(StepId::Push, JobKind::Run, Box::new(listener.clone()), |progress, _| async move {
        progress.event(note("first"));
        for current in 1..=100 {
            progress.event(layer("a", current));
        }
        Ok(())
    });
    assert_eq!(listener.ended().await, JobMessage::Ended { state: JobState::Done, problem: None });
    let events = events(&listener.messages());
    assert_eq!(events.first(), Some(&note("first")));
    assert_eq!(events.last(), Some(&layer("a", 100)));
    assert!(events.len() < 100, "layer events are coalesced: {}", events.len());
}

#[tokio::test]
async fn a_second_start_returns_the_running_job() {
    let (jobs, first, second) = (Jobs::default(), RecordingListener::default(), RecordingListener::default());
    let (finish, finished) = oneshot::channel::<()>();
    let one = jobs.start(StepId::Push, JobKind::Run, Box::new(first.clone()), |progress, _| async move {
        progress.event(note("started"));
        drop(finished.await);
        Ok(())
    });
    while first.messages().is_empty() {
        tokio::task::yield_now().await;
    }
    let two = jobs.start(StepId::Cleanup, JobKind::Run, Box::new(second.clone()), |_, _| async { Ok(()) });
    assert_eq!((two.id, two.step), (one.id, StepId::Push));
    finish.send(()).unwrap();
    second.ended().await;
    assert_eq!(events(&second.messages()), [note("started")]);
}

#[tokio::test]
async fn a_late_listener_gets_the_coalesced_events() {
    let (jobs, first, late) = (Jobs::default(), RecordingListener::default(), RecordingListener::default());
    let job = jobs.start(StepId::Push, JobKind::Run, Box::new(first.clone()), |progress, _| async move {
        progress.event(layer("a", 1));
        progress.event(layer("b", 5));
        progress.event(layer("a", 9));
        Ok(())
    });
    first.ended().await;
    assert_eq!(jobs.attach(job.id, Box::new(late.clone())).unwrap().state, JobState::Done);
    assert_eq!(events(&late.messages()), [layer("a", 9), layer("b", 5)]);
    assert!(matches!(late.messages().last(), Some(JobMessage::Ended { state: JobState::Done, .. })));
    assert!(jobs.attach(job.id + 1, Box::new(late)).is_none());
}

#[tokio::test]
async fn a_cancelled_job_reports_its_state() {
    let (jobs, listener) = (Jobs::default(), RecordingListener::default());
    let job = jobs.start(StepId::Push, JobKind::Run, Box::new(listener.clone()), |_, cancel| async move {
        cancel.cancelled().await;
        Err(LabError::Cancelled)
    });
    jobs.cancel(job.id);
    assert_eq!(listener.ended().await, JobMessage::Ended { state: JobState::Cancelled, problem: None });
    assert_eq!(jobs.current().unwrap().state, JobState::Cancelled);
}

#[tokio::test]
async fn stopping_waits_until_the_job_has_ended() {
    let jobs = Jobs::default();
    jobs.stop().await;
    let ended = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let at_the_end = Arc::clone(&ended);
    jobs.start(StepId::Push, JobKind::Run, Box::new(RecordingListener::default()), |_, cancel| async move {
        cancel.cancelled().await;
        tokio::task::yield_now().await;
        at_the_end.store(true, std::sync::atomic::Ordering::SeqCst);
        Err(LabError::Cancelled)
    });
    jobs.stop().await;
    assert!(ended.load(std::sync::atomic::Ordering::SeqCst));
    assert_eq!(jobs.current().unwrap().state, JobState::Cancelled);
    jobs.stop().await;
}

#[test]
fn job_messages_serialize_with_a_kind() {
    let ended = JobMessage::Ended { state: JobState::Failed, problem: None };
    assert_eq!(
        serde_json::to_value(ended).unwrap(),
        serde_json::json!({"kind": "ended", "state": "failed", "problem": null})
    );
    let progress = JobMessage::Progress { events: vec![note("first")] };
    assert_eq!(
        serde_json::to_value(progress).unwrap(),
        serde_json::json!({"kind": "progress", "events": [{"kind": "note", "message": {"id": "first"}}]})
    );
}

/// The window coalesces events by the same rules: `ui/src/lab/events.test.ts` runs the same cases.
#[test]
fn events_are_coalesced_as_in_the_shared_cases() {
    let cases: serde_json::Value =
        serde_json::from_str(include_str!("../../../../tests/fixtures/events.json")).unwrap();
    for case in cases.as_array().unwrap() {
        let mut buffer = event_buffer::EventBuffer::default();
        for event in case["events"].as_array().unwrap() {
            let parsed = parse_event(event);
            assert_eq!(&serde_json::to_value(&parsed).unwrap(), event);
            buffer.push(parsed);
        }
        assert_eq!(serde_json::to_value(buffer.events()).unwrap(), case["replay"], "{}", case["name"]);
    }
}

/// The events of the shared cases: layers are always moving, scans always pending.
fn parse_event(event: &serde_json::Value) -> Event {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let direction = || if event["direction"] == "pull" { lab::Direction::Pull } else { lab::Direction::Push };
    let count = |value: &serde_json::Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    match event["kind"].as_str().unwrap() {
        "note" => note(event["message"]["id"].as_str().unwrap()),
        "layer" => layer(event["layer"]["id"].as_str().unwrap(), event["layer"]["current"].as_u64().unwrap()),
        "loading" => Event::Loading { loaded: count(&event["loaded"]) },
        "transferStarted" => Event::TransferStarted { direction: direction(), reference: text(&event["reference"]) },
        "transferDone" => {
            Event::TransferDone { direction: direction(), reference: text(&event["reference"]), digest: None }
        }
        "scan" => Event::Scan {
            scan: lab::ScanView {
                repository: text(&event["scan"]["repository"]),
                elapsed: event["scan"]["elapsed"].as_f64().unwrap(),
                phase: lab::ScanPhase::Pending,
                status: None,
                coverage: None,
                ecr: Some(count(&event["scan"]["ecr"])),
                inspector: Some(count(&event["scan"]["inspector"])),
                final_in: None,
            },
        },
        other => panic!("unknown kind of event: {other}"),
    }
}
