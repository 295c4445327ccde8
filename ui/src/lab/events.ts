/** What a job tells, taken in: of a layer, a scan or a count only the last word counts. */
import type { Direction, Event, Layer, Message, ScanView } from "../ipc/client";

export function coalesceEvents(before: readonly Event[], come: readonly Event[]): readonly Event[] {
  const events = [...before];
  for (const event of come) {
    const begun = events.findLastIndex((other) => other.kind === "transferBegun");
    const at = events.findIndex((other, index) => index > begun && replaces(event, other));
    if (at >= 0) events[at] = event;
    else events.push(event);
  }
  return events;
}

function replaces(event: Event, other: Event): boolean {
  if (event.kind === "layer" && other.kind === "layer") return event.layer.id === other.layer.id;
  if (event.kind === "scan" && other.kind === "scan") return event.scan.repository === other.scan.repository;
  return event.kind === "loading" && other.kind === "loading";
}

/** An image on its way, layer by layer. */
export interface Transfer {
  direction: Direction;
  reference: string;
  layers: readonly Layer[];
  /** Known once it is done. */
  digest: string | null;
  done: boolean;
}

/** The transfers that were told of, in order. */
export function transfersOf(events: readonly Event[]): readonly Transfer[] {
  const transfers: Transfer[] = [];
  for (const event of events) {
    if (event.kind === "transferBegun") {
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

/** How the scans stand, by repository. */
export function scansOf(events: readonly Event[]): readonly ScanView[] {
  const scans = new Map<string, ScanView>();
  for (const event of events) if (event.kind === "scan") scans.set(event.scan.repository, event.scan);
  return [...scans.values()];
}

export function notesOf(events: readonly Event[]): readonly Message[] {
  return events.flatMap((event) => (event.kind === "note" ? [event.message] : []));
}

/** How many findings were read so far; null while none are. */
export function loadedOf(events: readonly Event[]): number | null {
  const last = events.findLast((event) => event.kind === "loading");
  return last ? last.loaded : null;
}
