/** The step that a text of the lab tells the user to run or to check; a test compares it with the texts. */
import type { Message, StepId } from "../ipc/client";

/** By the id of the text. Texts that say to run the same step again name none. */
export const NAMED_STEPS: Readonly<Record<string, StepId>> = {
  "hint-run-scanning": "scanning",
  "hint-rule-missing": "scanning",
  "hint-prod-unwatched": "scanning",
  "hint-run-repositories": "repositories",
  "hint-run-push": "push",
  "hint-run-results": "results",
  "hint-run-remediate": "remediate",
  "hint-run-cleanup": "cleanup",
  "hint-chosen-kept": "cleanup",
  "problem-repository-not-made-hint": "repositories",
  "problem-image-not-pushed-hint": "push",
  "problem-prod-not-watched-hint": "scanning",
};

/** The step that the text names, if it is another one than that which is open. */
export function namedStep(hint: Message | null, open: string): StepId | null {
  const step = hint === null ? undefined : NAMED_STEPS[hint.id];
  return step === undefined || step === open ? null : step;
}
