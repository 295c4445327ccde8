/** Where a push stands, told from what the job told: pull, name and log in, push, push again. */
import type { Layer } from "../ipc/client";
import { notesOf, transfersOf, type Transfer } from "../lab/events";
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
  const well = job.job?.info.state === "done";
  const pushed = notesOf(job.events).filter((note) => note.id === "note-pushed").length;
  const active: PhaseState = ended && !well ? "stopped" : "active";
  // Naming an image and asking for a token take no time that could be told: both are done once a push has begun.
  const between: PhaseState = pushes.length > 0 || well ? "done" : pull?.done ? active : "waiting";
  return {
    transfers,
    phases: [
      { id: "pull", state: pull?.done || well ? "done" : job.job ? active : "waiting" },
      { id: "tag", state: between },
      { id: "login", state: between },
      { id: "push", state: well || pushed >= 2 ? "done" : pushes.length > 0 ? active : "waiting" },
    ],
  };
}

/** Whether nothing of a layer has to be moved: the other side knows it. */
export function isAlreadyPresent({ state }: Layer): boolean {
  return state === "exists" || state === "mounted";
}

export interface Amount {
  moved: number;
  total: number;
  /** Layers that were there already. */
  known: number;
  /** Whether every layer's size is known: before that no time is promised. */
  sure: boolean;
}

export function transferAmount(layers: readonly Layer[]): Amount {
  let [moved, total, known] = [0, 0, 0];
  for (const layer of layers) {
    if (isAlreadyPresent(layer)) {
      known += 1;
      continue;
    }
    const size = layer.total ?? layer.current ?? 0;
    total += size;
    moved += layer.state === "done" || layer.state === "unpacking" ? size : Math.min(layer.current ?? 0, size);
  }
  return { moved, total, known, sure: layers.every((layer) => isAlreadyPresent(layer) || layer.total !== null) };
}

/** How much of a layer is there, from 0 to 1. */
export function completedFraction(layer: Layer): number {
  if (layer.state === "done" || layer.state === "unpacking" || isAlreadyPresent(layer)) return 1;
  if (layer.state === "waiting" || !layer.total || layer.current === null) return 0;
  return Math.min(1, layer.current / layer.total);
}
