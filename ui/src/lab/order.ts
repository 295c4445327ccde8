/** The order of the steps. Their pages are listed in `steps/registry.ts`, on a higher floor. */
import type { StepId } from "../ipc/client";

export const STEPS: readonly StepId[] = ["prepare", "scanning", "repositories", "push", "results", "remediate", "cleanup"];

/** The step's number as people read it: 1 to 7. */
export function numberOf(step: StepId): number {
  return STEPS.indexOf(step) + 1;
}

/** The step before or after; null at the ends. */
export function neighbour(step: StepId, by: 1 | -1): StepId | null {
  return STEPS[STEPS.indexOf(step) + by] ?? null;
}
