/** Coalesces the events of a job (only the latest of each layer, scan and count is kept), and derives views from them. */
import type { Direction, Event, Layer, Message, ScanView } from "../ipc/client";

export function coalesceEvents(before: readonly Event[], added: readonly Event[]): readonly Event[] {
  const events = [...before];
  for (const event of added) {
    const lastStart = events.findLastIndex((other) => other.kind === "transferStarted");
    const replaced = events.findIndex((other, index) => index > lastStart && replaces(event, other));
    if (replaced >= 0) events[replaced] = event;
    else events.push(event);
  }
  return events;
}

function replaces(event: Event, other: Event): boolean {
  if (event.kind === "layer" && other.kind === "layer") return event.layer.id === other.layer.id;
  if (event.kind === "scan" && other.kind === "scan") return event.scan.repository === other.scan.repository;
  return event.kind === "loading" && other.kind === "loading";
}

/** A transfer of an image, layer by layer. */
export interface Transfer {
  direction: Direction;
  reference: string;
  layers: readonly Layer[];
  /** Null until the transfer is done. */
  digest: string | null;
  done: boolean;
}

/** The transfers among the events, in order. */
export function transfersOf(events: readonly Event[]): readonly Transfer[] {
  const transfers: Transfer[] = [];
  for (const event of events) {
    if (event.kind === "transferStarted") {
      const { direction, reference } = event;
      transfers.push({ direction, reference, layers: [], digest: null, done: false });
      continue;
    }
    const last = transfers.at(-1);
    if (!last) continue;
    if (event.kind === "layer") last.layers = [...last.layers, event.layer];
    if (event.kind === "transferDone") Object.assign(last, { done: true, digest: event.digest });
  }
  return transfers;
}

/** The latest view of each scan, one per repository. */
export function scansOf(events: readonly Event[]): readonly ScanView[] {
  const scans = new Map<string, ScanView>();
  for (const event of events) if (event.kind === "scan") scans.set(event.scan.repository, event.scan);
  return [...scans.values()];
}

export function notesOf(events: readonly Event[]): readonly Message[] {
  return events.flatMap((event) => (event.kind === "note" ? [event.message] : []));
}

/** How many findings have been loaded so far; null before the first report. */
export function loadedOf(events: readonly Event[]): number | null {
  const last = events.findLast((event) => event.kind === "loading");
  return last ? last.loaded : null;
}
