/** What all charts have in common: type, axes, the small box under the pointer, patterns beside colours. */
import type { Severity } from "../ipc/client";
import type { EChartsCoreOption } from "./echarts";
import type { Palette } from "./palette";

/** The least that moves where less is wanted. */
export function still(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** A pattern of its own for each severity, the same in every chart; laid over its colour. */
export const DECALS: Record<Severity, Record<string, unknown>> = {
  CRITICAL: { dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 4 },
  HIGH: { symbol: "circle", dashArrayX: [[8, 8], [0, 8, 8, 0]], dashArrayY: [6, 0], symbolSize: 0.8 },
  MEDIUM: { dashArrayX: [1, 0], dashArrayY: [4, 3], rotation: -Math.PI / 4 },
  LOW: { dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0] },
  INFORMATIONAL: { dashArrayX: [1, 0], dashArrayY: [1, 6], rotation: 0 },
  // No pattern is one, too.
  UNTRIAGED: { symbol: "none" },
};

export function decalOf(severity: Severity): Record<string, unknown> {
  return { color: "rgba(0, 0, 0, 0.22)", ...DECALS[severity] };
}

export function look(palette: Palette, decal = true): EChartsCoreOption {
  return {
    animation: !still(),
    animationDuration: 300,
    animationDurationUpdate: 200,
    textStyle: { fontFamily: palette.font, color: palette.text, fontSize: 12 },
    // Its description is ours (the sentence); here only the patterns.
    aria: { enabled: true, label: { enabled: false }, decal: { show: decal } },
    tooltip: {
      trigger: "item",
      confine: true,
      backgroundColor: palette.raised,
      borderColor: palette.line,
      textStyle: { color: palette.text, fontFamily: palette.font, fontSize: 13 },
      transitionDuration: 0,
    },
  };
}

export interface AxisLook {
  axisLine: object;
  axisTick: object;
  splitLine: object;
  axisLabel: object;
  nameTextStyle: object;
}

export function axisLook(palette: Palette): AxisLook {
  return {
    axisLine: { show: true, lineStyle: { color: palette.line } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: palette.line, opacity: 0.6 } },
    axisLabel: { color: palette.secondary, fontFamily: palette.font, fontSize: 12 },
    nameTextStyle: { color: palette.secondary, fontFamily: palette.font, fontSize: 12 },
  };
}

/** What is under the pointer, in lines; as text, so that nothing in it is markup. */
export function box(lines: readonly string[]): HTMLElement {
  const element = document.createElement("div");
  lines.forEach((line, at) => {
    const row = document.createElement(at === 0 ? "strong" : "div");
    row.textContent = line;
    row.style.display = "block";
    row.style.maxWidth = "320px";
    row.style.whiteSpace = "normal";
    row.style.overflowWrap = "anywhere";
    element.append(row);
  });
  return element;
}

/** A part that is not picked steps back while another is. */
export function faded(picked: string | null, key: string): { opacity: number } {
  return { opacity: picked === null || picked === key ? 1 : 0.25 };
}

/** What a handler is given of the part that it is about. */
export interface Part {
  data?: unknown;
  name?: string;
  dataIndex?: number;
}

/** The key of the part that was clicked. */
export function keyOfPart({ data }: Part): string | null {
  return typeof data === "object" && data !== null && "key" in data && typeof data.key === "string" ? data.key : null;
}
