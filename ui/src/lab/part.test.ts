import { expect, test } from "vitest";
import type { Check, CheckStatus, StepRecord } from "../ipc/client";
import { neighbourPart, PARTS, partStates } from "./part";

const idle = { running: false, checking: false };

function record(change: Partial<StepRecord>): StepRecord {
  return { id: "push", state: "pending", seconds: null, checks: [], problem: null, stale: false, ...change };
}

function check(outcome: CheckStatus): Check {
  return { id: outcome, outcome, title: { id: "a" }, detail: { id: "b" }, hint: null };
}

test("the parts have neighbours, and none at the ends", () => {
  expect(PARTS.map((part) => neighbourPart(part, 1))).toEqual(["change", "do", "check", null]);
  expect(PARTS.map((part) => neighbourPart(part, -1))).toEqual([null, "why", "change", "do"]);
});

test("nothing is done in a step that was not run", () => {
  expect(partStates(record({}), idle)).toEqual({ why: "open", change: "open", do: "open", check: "open" });
});

test("a running step is doing, whatever it did before", () => {
  expect(partStates(record({ state: "done", checks: [check("met")] }), { running: true, checking: false })).toEqual({
    why: "done", change: "open", do: "running", check: "open",
  });
});

test.each([
  ["done", false, "done"],
  ["done", true, "attention"],
  ["failed", false, "failed"],
  ["cancelled", false, "attention"],
  ["running", false, "attention"],
  ["undone", false, "open"],
] as const)("a run that is %s (out of date: %s) is %s", (state, stale, expected) => {
  expect(partStates(record({ state, stale }), idle).do).toBe(expected);
});

test("a check is done only if every item is met and it is not out of date", () => {
  expect(partStates(record({ state: "done", checks: [check("met")] }), idle).check).toBe("done");
  expect(partStates(record({ state: "done", checks: [check("met"), check("unknown")] }), idle).check).toBe("attention");
  expect(partStates(record({ state: "done", stale: true, checks: [check("met")] }), idle).check).toBe("attention");
  expect(partStates(record({ checks: [check("met")] }), { running: false, checking: true }).check).toBe("running");
});
