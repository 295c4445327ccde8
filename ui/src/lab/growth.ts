/** The counts of each scan of a job over time, from the push on. Kept with the job, so that leaving the page loses nothing. */
import type { Event } from "../ipc/client";

export interface GrowthPoint {
  /** In seconds since the monitor began, which is after the push. */
  at: number;
  ecr: number;
  inspector: number;
}

/** By repository. */
export type Growth = ReadonlyMap<string, readonly GrowthPoint[]>;

export const NO_GROWTH: Growth = new Map();

const MAX_POINTS = 400;

export function addGrowth(before: Growth, events: readonly Event[]): Growth {
  let growth: Map<string, readonly GrowthPoint[]> | null = null;
  for (const event of events) {
    if (event.kind !== "scan") continue;
    const { repository, elapsed, ecr, inspector } = event.scan;
    // Without a scan that could find any, there is nothing to draw.
    if (ecr === null || inspector === null) continue;
    growth ??= new Map(before);
    const points = growth.get(repository) ?? [];
    const last = points.at(-1);
    if (last?.at === elapsed) continue;
    // If the elapsed time went back, a new scan has started.
    const kept = last && elapsed < last.at ? [] : points.slice(-MAX_POINTS);
    growth.set(repository, [...kept, { at: elapsed, ecr, inspector }]);
  }
  return growth ?? before;
}
