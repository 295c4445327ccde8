/** The four parts of a step, and the state of each as the stepper shows it. */
import type { StepRecord } from "../ipc/client";

export const PARTS = ["why", "change", "do", "check"] as const;

export type Part = (typeof PARTS)[number];

/** `open`: nothing to report yet. `attention`: done, but not in order or out of date. */
export type PartState = "open" | "running" | "done" | "attention" | "failed";

/** The part before or after; null at the ends. */
export function neighbourPart(part: Part, by: 1 | -1): Part | null {
  return PARTS[PARTS.indexOf(part) + by] ?? null;
}

/** The id of the element that holds a part. */
export function partId(part: Part): string {
  return `part-${part}`;
}

/** What the state of the parts depends on. */
export interface StepActivity {
  /** A job of this step runs. */
  running: boolean;
  /** A check is being read. */
  checking: boolean;
}

export function partStates(record: StepRecord, { running, checking }: StepActivity): Record<Part, PartState> {
  const started = running || record.state !== "pending";
  const done = record.state === "done" && !running;
  return {
    why: started ? "done" : "open",
    change: done ? "done" : "open",
    do: running ? "running" : stateOfRun(record),
    check: running ? "open" : checking ? "running" : stateOfCheck(record),
  };
}

function stateOfRun({ state, stale }: StepRecord): PartState {
  switch (state) {
    case "done":
      return stale ? "attention" : "done";
    case "failed":
      return "failed";
    // Without a job, a step that is recorded as running was interrupted.
    case "running":
    case "cancelled":
      return "attention";
    case "pending":
    case "undone":
      return "open";
  }
}

function stateOfCheck({ checks, stale }: StepRecord): PartState {
  if (checks.length === 0) return "open";
  return checks.every(({ outcome }) => outcome === "met") && !stale ? "done" : "attention";
}
