/** What a press of a presenter's clicker does: one screen on or back, the step's action, or the step beside it. */
import type { StepId } from "../ipc/client";
import type { NextAction } from "./nextAction";
import type { Part } from "./part";

/** In presentation mode a part of a step is a screen; the result of what was done is a screen of its own. */
export const SCREENS = ["why", "change", "do", "result", "check"] as const;

export type Screen = (typeof SCREENS)[number];

/** The part of the step to which a screen belongs. */
export function partOf(screen: Screen): Part {
  return screen === "result" ? "do" : screen;
}

export type Press = "forward" | "back";

export type Move =
  | { kind: "screen"; screen: Screen }
  /** Does the next action of the step. */
  | { kind: "perform" }
  | { kind: "step"; to: StepId; screen: Screen }
  /** There is nothing to go to, or something runs that has to end first. */
  | { kind: "stay" };

export interface Position {
  screen: Screen;
  /** Whether the step has a result to show. */
  result: boolean;
  action: NextAction;
  /** Whether the step's check has been read. */
  checked: boolean;
  before: StepId | null;
  after: StepId | null;
}

export function moveBy(press: Press, { screen, result, action, checked, before, after }: Position): Move {
  const screens = SCREENS.filter((one) => one !== "result" || result || screen === "result");
  if (press === "back") {
    const previous = screens[screens.indexOf(screen) - 1];
    if (previous) return { kind: "screen", screen: previous };
    return before ? { kind: "step", to: before, screen: "check" } : { kind: "stay" };
  }
  if (screen === "do") {
    if (action.kind === "stop") return { kind: "stay" };
    if (action.kind === "run" || action.kind === "follow") return { kind: "perform" };
  }
  const next = screens[screens.indexOf(screen) + 1];
  if (next) return { kind: "screen", screen: next };
  if (action.kind === "check" && !checked) return { kind: "perform" };
  return after ? { kind: "step", to: after, screen: "why" } : { kind: "stay" };
}
