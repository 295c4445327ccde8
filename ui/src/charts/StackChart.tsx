/** Bars stacked by severity: one per package, layer or image. */
import { useCallback, useMemo } from "react";
import { SEVERITIES, SeverityBadge } from "../components/SeverityBadge";
import { useT } from "../i18n/context";
import type { Severity } from "../ipc/client";
import { Chart } from "./Chart";
import type { EChartsCoreOption } from "./echarts";
import { axisOption, baseOption, type DataItem, decalOf, selectionStyle, tooltip } from "./chartTheme";
import { scaled, useTextScale, type Palette } from "./palette";
import type { ChartSelection } from "./selection";

export interface Stack {
  key: string;
  /** Shown beside the bar. */
  label: string;
  /** The full name, for the table and the tooltip. */
  name: string;
  /** Its vulnerabilities, in the order of {@link SEVERITIES}. */
  bySeverity: readonly number[];
}

interface StackChartProps {
  name: string;
  title: string;
  description: string;
  /** What a bar is: the header of the first column of the table. */
  category: string;
  stacks: readonly Stack[];
  selection?: ChartSelection;
  wide?: boolean;
  /** The width of labels, in pixels. */
  labelWidth: number;
}

/** A severity that occurs, and its index in {@link SEVERITIES}. */
interface UsedSeverity {
  severity: Severity;
  index: number;
}

function usedSeverities(stacks: readonly Stack[]): UsedSeverity[] {
  const all = SEVERITIES.map((severity, index) => ({ severity, index }));
  return all.filter(({ index }) => stacks.some((stack) => (stack.bySeverity[index] ?? 0) > 0));
}

const BAR_HEIGHT = 22;

export function StackChart({ name, title, description, category, stacks, selection, wide = false, labelWidth }: StackChartProps) {
  const { t, number } = useT();
  const selectedKey = selection?.key ?? null;
  const scale = useTextScale();
  const used = useMemo(() => usedSeverities(stacks), [stacks]);
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => ({
      ...baseOption(palette, false),
      grid: { left: scaled(palette, labelWidth + 12), right: scaled(palette, 44), top: 4, bottom: scaled(palette, 28) },
      xAxis: { type: "value", minInterval: 1, ...axisOption(palette), axisLabel: { ...axisOption(palette).axisLabel, formatter: (value: number) => number(value) } },
      yAxis: {
        type: "category",
        inverse: true,
        data: stacks.map((stack) => stack.label),
        ...axisOption(palette),
        axisLabel: { color: palette.text, fontFamily: palette.font, fontSize: palette.size, width: scaled(palette, labelWidth), overflow: "truncate", ellipsis: "…", interval: 0 },
      },
      series: seriesOf(stacks, used, palette, selectedKey, (severity) => t(`severity-${severity.toLowerCase()}`), number, (stack) => t("chart-stack", { name: stack.name, count: sum(stack.bySeverity) })),
    }),
    [stacks, used, selectedKey, labelWidth, t, number],
  );
  return (
    <Chart
      name={name}
      title={title}
      description={description}
      wide={wide}
      data={{
        columns: [category, t("count-unique"), ...used.map(({ severity }) => t(`severity-${severity.toLowerCase()}`))],
        rows: stacks.map((stack) => ({
          key: stack.key,
          cells: [stack.name, number(sum(stack.bySeverity)), ...used.map(({ index }) => number(stack.bySeverity[index] ?? 0))],
        })),
      }}
      option={option}
      height={(stacks.length * BAR_HEIGHT + 36) * scale}
      {...(selection ? { selection } : {})}
      imageLegend={(palette) => used.map(({ severity }) => ({ label: t(`severity-${severity.toLowerCase()}`), colour: palette.severity[severity] }))}
      legend={used.map(({ severity }) => (
        <SeverityBadge key={severity} severity={severity} />
      ))}
    />
  );
}

function seriesOf(
  stacks: readonly Stack[],
  used: readonly UsedSeverity[],
  palette: Palette,
  selectedKey: string | null,
  severityLabel: (severity: Severity) => string,
  number: (value: number) => string,
  stackText: (stack: Stack) => string,
): unknown[] {
  return used.map(({ severity, index }, position) => {
    const last = position === used.length - 1;
    return {
      type: "bar",
      name: severityLabel(severity),
      stack: "all",
      barMaxWidth: scaled(palette, 14),
      itemStyle: { color: palette.severity[severity], decal: decalOf(severity), borderColor: palette.surface, borderWidth: 0.5 },
      label: {
        // The total of the bar is shown at its end.
        show: last,
        position: "right",
        color: palette.text,
        fontFamily: palette.font,
        fontSize: palette.size,
        formatter: (item: DataItem) => number(sum(stacks[item.dataIndex ?? 0]?.bySeverity ?? [])),
      },
      tooltip: {
        formatter: (item: DataItem) => {
          const stack = stacks[item.dataIndex ?? 0];
          if (!stack) return "";
          return tooltip([stackText(stack), ...used.map((one) => `${severityLabel(one.severity)}: ${number(stack.bySeverity[one.index] ?? 0)}`)]);
        },
      },
      data: stacks.map((stack) => ({ key: stack.key, value: stack.bySeverity[index] ?? 0, itemStyle: selectionStyle(selectedKey, stack.key) })),
    };
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, count) => total + count, 0);
}
