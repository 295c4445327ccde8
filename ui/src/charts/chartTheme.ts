/** What all charts share: typeface, axes, tooltips, and a pattern for each severity. */
import type { Severity } from "../ipc/client";
import type { EChartsCoreOption } from "./echarts";
import type { Palette } from "./palette";

function prefersReducedMotion(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** A pattern for each severity, drawn over its colour: the same in every chart. */
const DECALS: Record<Severity, Record<string, unknown>> = {
  CRITICAL: { dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 4 },
  HIGH: { symbol: "circle", dashArrayX: [[8, 8], [0, 8, 8, 0]], dashArrayY: [6, 0], symbolSize: 0.8 },
  MEDIUM: { dashArrayX: [1, 0], dashArrayY: [4, 3], rotation: -Math.PI / 4 },
  LOW: { dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0] },
  INFORMATIONAL: { dashArrayX: [1, 0], dashArrayY: [1, 6], rotation: 0 },
  // No pattern also distinguishes it.
  UNTRIAGED: { symbol: "none" },
};

export function decalOf(severity: Severity): Record<string, unknown> {
  return { color: "rgba(0, 0, 0, 0.22)", ...DECALS[severity] };
}

/** The options that every chart starts with. `decal`: whether ECharts adds patterns of its own. */
export function baseOption(palette: Palette, decal = true): EChartsCoreOption {
  return {
    animation: !prefersReducedMotion(),
    animationDuration: 300,
    animationDurationUpdate: 200,
    textStyle: { fontFamily: palette.font, color: palette.text, fontSize: palette.size },
    // The description is our own sentence; ECharts only draws patterns.
    aria: { enabled: true, label: { enabled: false }, decal: { show: decal } },
    tooltip: {
      trigger: "item",
      confine: true,
      backgroundColor: palette.raised,
      borderColor: palette.line,
      textStyle: { color: palette.text, fontFamily: palette.font, fontSize: palette.size + 1 },
      transitionDuration: 0,
    },
  };
}

interface AxisOption {
  axisLine: object;
  axisTick: object;
  splitLine: object;
  axisLabel: object;
  nameTextStyle: object;
}

export function axisOption(palette: Palette): AxisOption {
  return {
    axisLine: { show: true, lineStyle: { color: palette.line } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: palette.line, opacity: 0.6 } },
    axisLabel: { color: palette.secondary, fontFamily: palette.font, fontSize: palette.size },
    nameTextStyle: { color: palette.secondary, fontFamily: palette.font, fontSize: palette.size },
  };
}

/** A tooltip of some lines, made of text nodes so that nothing in it is parsed as markup. */
export function tooltip(lines: readonly string[]): HTMLElement {
  const element = document.createElement("div");
  lines.forEach((line, index) => {
    const row = document.createElement(index === 0 ? "strong" : "div");
    row.textContent = line;
    row.style.display = "block";
    row.style.maxWidth = "320px";
    row.style.whiteSpace = "normal";
    row.style.overflowWrap = "anywhere";
    element.append(row);
  });
  return element;
}

/** While one part is selected, the others are faded. */
export function selectionStyle(selectedKey: string | null, key: string): { opacity: number } {
  return { opacity: selectedKey === null || selectedKey === key ? 1 : 0.25 };
}

/** What ECharts passes to event handlers and formatters about a data item. */
export interface DataItem {
  data?: unknown;
  name?: string;
  dataIndex?: number;
}

/** The key that a chart gave to the data item. */
export function keyOfItem({ data }: DataItem): string | null {
  return typeof data === "object" && data !== null && "key" in data && typeof data.key === "string" ? data.key : null;
}
