/** The pages of the steps: each a chunk of its own. */
import { lazy, type ComponentType } from "react";
import type { StepId } from "../ipc/client";

const load: Record<StepId, () => Promise<{ default: ComponentType }>> = {
  prepare: () => import("./Prepare"),
  scanning: () => import("./Scanning"),
  repositories: () => import("./Repositories"),
  push: () => import("./Push"),
  results: () => import("./Results"),
  remediate: () => import("./Remediate"),
  cleanup: () => import("./Cleanup"),
};

/** The page of each step. */
export const PAGES: Record<StepId, ComponentType> = {
  prepare: lazy(load.prepare),
  scanning: lazy(load.scanning),
  repositories: lazy(load.repositories),
  push: lazy(load.push),
  results: lazy(load.results),
  remediate: lazy(load.remediate),
  cleanup: lazy(load.cleanup),
};

/** Fetches a step's page before it is opened. */
export function preload(step: StepId): void {
  // If that fails, opening the page reports it.
  load[step]().catch(() => undefined);
}
