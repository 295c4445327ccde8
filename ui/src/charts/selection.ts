/** The selected part of a chart: what is selected filters the table below. */

export interface ChartSelection {
  /** The key of the selected part; null: none. */
  key: string | null;
  /** The label of the selected part. */
  label: string | null;
  /** Selects a part; null clears the selection. */
  onSelect: (key: string | null) => void;
}

/** What a click on a part selects: a second click clears the selection. */
export function toggled(selection: ChartSelection, key: string): string | null {
  return selection.key === key ? null : key;
}
