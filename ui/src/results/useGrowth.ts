/** The counts of each scan over time, since this window began to watch. */
import { useState } from "react";
import type { ScanView } from "../ipc/client";

export interface GrowthPoint {
  /** In seconds. */
  at: number;
  ecr: number;
  inspector: number;
}

export type Growth = ReadonlyMap<string, readonly GrowthPoint[]>;

const MAX_POINTS = 400;

export function useGrowth(scans: readonly ScanView[]): Growth {
  const [growth, setGrowth] = useState<Growth>(new Map());
  let updated: Map<string, readonly GrowthPoint[]> | null = null;
  for (const scan of scans) {
    // Without a scan that could find any, there is nothing to draw.
    if (scan.ecr === null || scan.inspector === null) continue;
    const points = growth.get(scan.repository) ?? [];
    const last = points.at(-1);
    if (last && last.at === scan.elapsed) continue;
    // If the elapsed time went back, a new scan has started.
    const kept = last && scan.elapsed < last.at ? [] : points.slice(-MAX_POINTS);
    updated ??= new Map(growth);
    updated.set(scan.repository, [...kept, { at: scan.elapsed, ecr: scan.ecr, inspector: scan.inspector }]);
  }
  // State derived from props is set while rendering, as React recommends.
  if (updated) setGrowth(updated);
  return updated ?? growth;
}
