/** The number and the neighbours of a step. The order of the steps is the shell's. */
import { STEPS, type StepId } from "../ipc/client";

/** The step's number as people read it: 1 to 7. */
export function numberOf(step: StepId): number {
  return STEPS.indexOf(step) + 1;
}

/** The step before or after; null at the ends. */
export function neighbour(step: StepId, by: 1 | -1): StepId | null {
  return STEPS[STEPS.indexOf(step) + by] ?? null;
}
