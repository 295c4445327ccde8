/** The phases of the push step (pull, tag, log in, push), derived from the events of its job; and the progress of layers. */
import type { Layer } from "../ipc/client";
import { transfersOf, type Transfer } from "../lab/events";
import type { StepJob } from "../lab/state";

export type PhaseState = "waiting" | "active" | "done" | "stopped";

export interface Phase {
  id: "pull" | "tag" | "login" | "push";
  state: PhaseState;
}

export interface PushView {
  phases: readonly Phase[];
  transfers: readonly Transfer[];
}

export function pushView(job: StepJob): PushView {
  const transfers = transfersOf(job.events);
  const pull = transfers.find((transfer) => transfer.direction === "pull");
  const pushes = transfers.filter((transfer) => transfer.direction === "push");
  const ended = job.job !== null && !job.running;
  const succeeded = job.job?.info.state === "done";
  const pushed = pushes.filter((transfer) => transfer.done).length;
  const active: PhaseState = ended && !succeeded ? "stopped" : "active";
  // Tagging and getting a token are too short to have events: both are done once a push has started.
  const between: PhaseState = pushes.length > 0 || succeeded ? "done" : pull?.done ? active : "waiting";
  return {
    transfers,
    phases: [
      { id: "pull", state: pull?.done || succeeded ? "done" : job.job ? active : "waiting" },
      { id: "tag", state: between },
      { id: "login", state: between },
      { id: "push", state: succeeded || pushed >= 2 ? "done" : pushes.length > 0 ? active : "waiting" },
    ],
  };
}

/** Whether the layer needs no transfer because the destination already has it. */
export function isAlreadyPresent({ state }: Layer): boolean {
  return state === "exists" || state === "mounted";
}

export interface Amount {
  moved: number;
  total: number;
  /** Layers that the destination already has. */
  present: number;
  /** Whether every layer's size is known: without that the time left cannot be estimated. */
  allSized: boolean;
}

export function transferAmount(layers: readonly Layer[]): Amount {
  let [moved, total, present] = [0, 0, 0];
  for (const layer of layers) {
    if (isAlreadyPresent(layer)) {
      present += 1;
      continue;
    }
    const size = layer.total ?? layer.current ?? 0;
    total += size;
    moved += layer.state === "done" || layer.state === "unpacking" ? size : Math.min(layer.current ?? 0, size);
  }
  return { moved, total, present, allSized: layers.every((layer) => isAlreadyPresent(layer) || layer.total !== null) };
}

/** The part of a layer that has been transferred, from 0 to 1. */
export function completedFraction(layer: Layer): number {
  if (layer.state === "done" || layer.state === "unpacking" || isAlreadyPresent(layer)) return 1;
  if (layer.state === "waiting" || !layer.total || layer.current === null) return 0;
  return Math.min(1, layer.current / layer.total);
}
