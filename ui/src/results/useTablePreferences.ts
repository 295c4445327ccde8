/** How the table is shown; kept between sessions. */
import type { CollectionPreferencesProps } from "@cloudscape-design/components/collection-preferences";
import { useCallback, useMemo } from "react";
import { useViewState } from "../lab/state";

export const PAGE_SIZES = [20, 50, 100] as const;

export interface TablePreferences {
  pageSize: number;
  wrapLines: boolean;
  density: "comfortable" | "compact";
  display: readonly CollectionPreferencesProps.ContentDisplayColumn[];
}

const DEFAULTS: TablePreferences = { pageSize: PAGE_SIZES[0], wrapLines: false, density: "comfortable", display: [] };

export function useTablePreferences(): [TablePreferences, (preferences: TablePreferences) => void] {
  const [remembered, remember] = useViewState("findings");
  const preferences = useMemo(() => parse(remembered), [remembered]);
  const set = useCallback((changed: TablePreferences) => { remember(JSON.stringify(changed)); }, [remember]);
  return [preferences, set];
}

/** The stored preferences; defaults if they cannot be parsed. */
function parse(text: string | null): TablePreferences {
  if (text === null) return DEFAULTS;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return DEFAULTS;
    const { pageSize, wrapLines, density, display } = value as Partial<Record<keyof TablePreferences, unknown>>;
    return {
      pageSize: PAGE_SIZES.find((size) => size === pageSize) ?? DEFAULTS.pageSize,
      wrapLines: wrapLines === true,
      density: density === "compact" ? "compact" : "comfortable",
      display: Array.isArray(display) ? display.filter(isColumn) : [],
    };
  } catch {
    return DEFAULTS;
  }
}

function isColumn(column: unknown): column is CollectionPreferencesProps.ContentDisplayColumn {
  return typeof column === "object" && column !== null && "id" in column && typeof column.id === "string" && "visible" in column && typeof column.visible === "boolean";
}
