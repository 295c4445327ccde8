import { expect, test } from "vitest";
import type { StepRecord } from "../ipc/client";
import { nextAction } from "./nextAction";

const idle = { running: false, blockedBy: null };
const middle = { after: "results", finished: false } as const;

function record(change: Partial<StepRecord>): StepRecord {
  return { id: "push", state: "pending", seconds: null, checks: [], problem: null, stale: false, ...change };
}

function kinds(records: readonly Partial<StepRecord>[], complete: boolean): string[] {
  return records.map((change) => nextAction(record(change), idle, { complete }, middle).kind);
}

test("a step is run, stopped, checked and left, in this order", () => {
  expect(nextAction(record({}), idle, { complete: false }, middle)).toEqual({ kind: "run", label: "action-run" });
  expect(nextAction(record({ state: "running" }), { running: true, blockedBy: null }, { complete: false }, middle).kind).toBe("stop");
  expect(nextAction(record({ state: "done" }), idle, { complete: false }, middle).kind).toBe("check");
  expect(nextAction(record({ state: "done" }), idle, { complete: true }, middle)).toEqual({ kind: "next", label: "action-next", to: "results" });
});

test("a step that did not end well is run again", () => {
  const again = [{ state: "failed" }, { state: "cancelled" }, { state: "running" }, { state: "done", stale: true }] as const;
  expect(again.map((change) => nextAction(record(change), idle, { complete: false }, middle).label)).toEqual(again.map(() => "action-run-again"));
  // What the last check found does not matter: it was before.
  expect(kinds(again, true)).toEqual(["run", "run", "run", "run"]);
});

test("a step that was done by hand is left once its check is met", () => {
  expect(kinds([{ state: "pending" }], true)).toEqual(["next"]);
  expect(kinds([{ state: "undone" }], true)).toEqual(["run"]);
});

test("while another step runs, the button goes there, unless this step is finished", () => {
  const blocked = { running: false, blockedBy: "results" } as const;
  expect(nextAction(record({}), blocked, { complete: false }, middle)).toEqual({ kind: "follow", label: "action-follow", to: "results" });
  expect(nextAction(record({ state: "done" }), blocked, { complete: false }, middle).kind).toBe("follow");
  expect(nextAction(record({ state: "done" }), blocked, { complete: true }, middle).kind).toBe("next");
});

test("the last step is finished only when the run is", () => {
  const last = record({ id: "cleanup", state: "done" });
  expect(nextAction(last, idle, { complete: true }, { after: null, finished: true }).kind).toBe("finish");
  expect(nextAction(last, idle, { complete: true }, { after: null, finished: false }).kind).toBe("check");
});
