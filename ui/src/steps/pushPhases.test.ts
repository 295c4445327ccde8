import { NO_GROWTH } from "../lab/growth";
import { describe, expect, test } from "vitest";
import type { Event, JobState, Layer, LayerState } from "../ipc/client";
import type { StepJob } from "../lab/state";
import { completedFraction, isAlreadyPresent, pushView, transferAmount } from "./pushPhases";

const pullStarted: Event = { kind: "transferStarted", direction: "pull", reference: "neo4j:4.4.1" };
const pullDone: Event = { kind: "transferDone", direction: "pull", reference: "neo4j:4.4.1", digest: null };
const pushStarted: Event = { kind: "transferStarted", direction: "push", reference: "prod:4.4.1" };
const pushed: Event = { kind: "transferDone", direction: "push", reference: "prod:4.4.1", digest: null };

function jobOf(state: JobState | null, events: readonly Event[] = []): StepJob {
  const nothing = () => Promise.resolve();
  return {
    job: state && { info: { id: 1, step: "push", kind: "run", state, startedAt: "2026-01-01T00:00:00Z" }, events, problem: null,
    growth: NO_GROWTH, since: 0 },
    events,
    running: state === "running",
    blockedBy: null,
    run: nothing,
    undo: nothing,
    cancel: nothing,
  };
}

function phasesOf(state: JobState | null, ...events: Event[]): string[] {
  return pushView(jobOf(state, events)).phases.map((phase) => phase.state);
}

/** A layer of 100 bytes, if `total` is not given. */
function layer(state: LayerState, current: number | null, total: number | null = 100): Layer {
  return { id: state, state, current, total };
}

describe("the phases of a push", () => {
  test("are pull, tag, login and push", () => {
    expect(pushView(jobOf(null)).phases.map(({ id }) => id)).toEqual(["pull", "tag", "login", "push"]);
  });

  test("wait while there is no job", () => {
    expect(phasesOf(null)).toEqual(["waiting", "waiting", "waiting", "waiting"]);
  });

  test("start with the pull", () => {
    expect(phasesOf("running")).toEqual(["active", "waiting", "waiting", "waiting"]);
    expect(phasesOf("running", pullStarted)).toEqual(["active", "waiting", "waiting", "waiting"]);
  });

  test("continue with tag and login after the pull", () => {
    expect(phasesOf("running", pullStarted, pullDone)).toEqual(["done", "active", "active", "waiting"]);
  });

  test("have tag and login done once a push has started", () => {
    expect(phasesOf("running", pullStarted, pullDone, pushStarted)).toEqual(["done", "done", "done", "active"]);
  });

  test("have the push done after the second image", () => {
    expect(phasesOf("running", pullStarted, pullDone, pushStarted, pushed)).toEqual(["done", "done", "done", "active"]);
    expect(phasesOf("running", pullStarted, pullDone, pushStarted, pushed, pushStarted, pushed)).toEqual(["done", "done", "done", "done"]);
  });

  test("are all done when the job is, whatever it reported", () => {
    expect(phasesOf("done")).toEqual(["done", "done", "done", "done"]);
  });

  test.each(["failed", "cancelled"] as const)("stop where a job %s", (state) => {
    expect(phasesOf(state, pullStarted)).toEqual(["stopped", "waiting", "waiting", "waiting"]);
    expect(phasesOf(state, pullStarted, pullDone)).toEqual(["done", "stopped", "stopped", "waiting"]);
    expect(phasesOf(state, pullStarted, pullDone, pushStarted)).toEqual(["done", "done", "done", "stopped"]);
  });
});

describe("layers", () => {
  test("that exist or were mounted need no transfer", () => {
    expect(isAlreadyPresent(layer("exists", null))).toBe(true);
    expect(isAlreadyPresent(layer("mounted", null))).toBe(true);
    expect(isAlreadyPresent(layer("done", 100))).toBe(false);
  });

  test("are completed by the fraction of their bytes", () => {
    expect(completedFraction(layer("waiting", 50))).toBe(0);
    expect(completedFraction(layer("moving", 25))).toBe(0.25);
    expect(completedFraction(layer("moving", 150))).toBe(1);
    expect(completedFraction(layer("moving", null))).toBe(0);
    expect(completedFraction(layer("moving", 25, null))).toBe(0);
    expect(completedFraction(layer("moving", 25, 0))).toBe(0);
    expect(completedFraction(layer("unpacking", 0))).toBe(1);
    expect(completedFraction(layer("done", null, null))).toBe(1);
    expect(completedFraction(layer("exists", null, null))).toBe(1);
  });

  test("that are present do not count towards the amount", () => {
    const amount = transferAmount([layer("exists", null, null), layer("mounted", null, 500), layer("done", null), layer("moving", 30), layer("waiting", null)]);
    expect(amount).toMatchObject({ moved: 130, total: 300, present: 2 });
  });

  test("never count more than their size", () => {
    expect(transferAmount([layer("moving", 150)])).toMatchObject({ moved: 100, total: 100 });
  });

  test("without a size leave the amount uncertain", () => {
    const uncertain = transferAmount([layer("moving", 30, null), layer("moving", 30)]);
    expect(uncertain).toMatchObject({ moved: 60, total: 130, allSized: false });
    expect(transferAmount([layer("exists", null, null), layer("moving", 30)]).allSized).toBe(true);
    expect(transferAmount([])).toMatchObject({ moved: 0, total: 0, present: 0, allSized: true });
  });
});
