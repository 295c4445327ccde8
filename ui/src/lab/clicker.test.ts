import { expect, test } from "vitest";
import { moveBy, type Move, type Position, type Press } from "./clicker";

const RUN = { kind: "run", label: "action-run" } as const;
const STOP = { kind: "stop", label: "action-stop" } as const;
const CHECK = { kind: "check", label: "action-check" } as const;
const NEXT = { kind: "next", label: "action-next", to: "push" } as const;

const at = (change: Partial<Position>): Position => ({
  screen: "why",
  result: false,
  action: RUN,
  checked: false,
  before: "scanning",
  after: "push",
  ...change,
});

const press = (direction: Press, change: Partial<Position>): Move => moveBy(direction, at(change));

test("forward goes through the parts, then runs the step", () => {
  expect(press("forward", { screen: "why" })).toEqual({ kind: "screen", screen: "change" });
  expect(press("forward", { screen: "change" })).toEqual({ kind: "screen", screen: "do" });
  expect(press("forward", { screen: "do" })).toEqual({ kind: "perform" });
});

test("nothing is stopped or left by a press while the step runs", () => {
  expect(press("forward", { screen: "do", action: STOP })).toEqual({ kind: "stay" });
  expect(press("back", { screen: "do", action: STOP })).toEqual({ kind: "screen", screen: "change" });
});

test("after the run come the result, the check and the next step", () => {
  expect(press("forward", { screen: "do", action: NEXT, result: true })).toEqual({ kind: "screen", screen: "result" });
  expect(press("forward", { screen: "result", action: NEXT, result: true })).toEqual({ kind: "screen", screen: "check" });
  expect(press("forward", { screen: "do", action: NEXT })).toEqual({ kind: "screen", screen: "check" });
  expect(press("forward", { screen: "check", action: NEXT, checked: true })).toEqual({ kind: "step", to: "push", screen: "why" });
});

test("a check is read once, and one that is not met holds no one up", () => {
  expect(press("forward", { screen: "check", action: CHECK })).toEqual({ kind: "perform" });
  expect(press("forward", { screen: "check", action: CHECK, checked: true })).toEqual({ kind: "step", to: "push", screen: "why" });
});

test("a failed step is run again by the next press", () => {
  expect(press("forward", { screen: "do", action: { kind: "run", label: "action-run-again" } })).toEqual({ kind: "perform" });
});

test("back goes the same way, to the last screen of the step before", () => {
  expect(press("back", { screen: "check", result: true })).toEqual({ kind: "screen", screen: "result" });
  expect(press("back", { screen: "check" })).toEqual({ kind: "screen", screen: "do" });
  expect(press("back", { screen: "why" })).toEqual({ kind: "step", to: "scanning", screen: "check" });
});

test("there is nothing before the first step and after the last", () => {
  expect(press("back", { before: null })).toEqual({ kind: "stay" });
  expect(press("forward", { screen: "check", checked: true, after: null })).toEqual({ kind: "stay" });
});
