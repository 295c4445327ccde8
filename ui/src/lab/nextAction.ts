/** The next thing to do in a step: what the one primary button does. */
import type { StepId, StepRecord } from "../ipc/client";

/** `label` is the id of a text. */
export type NextAction =
  | { kind: "run"; label: "action-run" | "action-run-again" }
  | { kind: "stop"; label: "action-stop" }
  | { kind: "check"; label: "action-check" }
  | { kind: "next"; label: "action-next"; to: StepId }
  /** Another step runs: goes there. */
  | { kind: "follow"; label: "action-follow"; to: StepId }
  /** The lab is over: back to the start screen. */
  | { kind: "finish"; label: "action-finish" };

interface JobOfStep {
  running: boolean;
  /** Another step whose job is running. */
  blockedBy: StepId | null;
}

interface Neighbours {
  /** The step after this one; null at the end. */
  after: StepId | null;
  /** Whether the run is finished and cleaned up. */
  finished: boolean;
}

/** `complete`: every item of the last check is met. */
export function nextAction(record: StepRecord, job: JobOfStep, { complete }: { complete: boolean }, { after, finished }: Neighbours): NextAction {
  if (job.running) return { kind: "stop", label: "action-stop" };
  const goOn: NextAction | null =
    after !== null ? { kind: "next", label: "action-next", to: after } : finished ? { kind: "finish", label: "action-finish" } : null;
  const done = record.state === "done" && !record.stale;
  // A step that was done by hand in a terminal is found complete by its check.
  if (goOn && complete && (done || record.state === "pending")) return goOn;
  if (job.blockedBy !== null) return { kind: "follow", label: "action-follow", to: job.blockedBy };
  if (done) return { kind: "check", label: "action-check" };
  return { kind: "run", label: record.state === "pending" || record.state === "undone" ? "action-run" : "action-run-again" };
}
