/** How a scan's counts have grown since this window began to watch. */
import { useState } from "react";
import type { ScanView } from "../ipc/client";

export interface GrowthPoint {
  /** In seconds. */
  at: number;
  ecr: number;
  inspector: number;
}

export type Growth = ReadonlyMap<string, readonly GrowthPoint[]>;

const MOST = 400;

export function useGrowth(scans: readonly ScanView[]): Growth {
  const [growth, setGrowth] = useState<Growth>(new Map());
  let grown: Map<string, readonly GrowthPoint[]> | null = null;
  for (const scan of scans) {
    const points = growth.get(scan.repository) ?? [];
    const last = points.at(-1);
    if (last && last.at === scan.elapsed) continue;
    // A clock that went back is another scan's.
    const kept = last && scan.elapsed < last.at ? [] : points.slice(-MOST);
    grown ??= new Map(growth);
    grown.set(scan.repository, [...kept, { at: scan.elapsed, ecr: scan.ecr, inspector: scan.inspector }]);
  }
  // What is shown follows from what was told: kept while rendering, as React asks for it.
  if (grown) setGrowth(grown);
  return grown ?? growth;
}
