/** Bars that are stacked by severity: by package, by layer, by image. */
import { useCallback, useMemo } from "react";
import { SEVERITIES, SeverityBadge } from "../components/SeverityBadge";
import { useT } from "../i18n/context";
import type { Severity } from "../ipc/client";
import { Chart, type Pick } from "./Chart";
import type { EChartsCoreOption } from "./echarts";
import { axisLook, box, decalOf, faded, look, type Part } from "./look";
import type { Palette } from "./palette";

export interface Stack {
  key: string;
  /** What stands beside the bar. */
  label: string;
  /** In full, for the table and under the pointer. */
  name: string;
  /** In the order of {@link SEVERITIES}. */
  bySeverity: readonly number[];
}

interface StackChartProps {
  name: string;
  title: string;
  says: string;
  /** What a bar is: the head of the table's first column. */
  what: string;
  stacks: readonly Stack[];
  pick?: Pick;
  wide?: boolean;
  /** The room for labels, in pixels. */
  room: number;
}

/** A severity that occurs, and its place in {@link SEVERITIES}. */
interface Used {
  severity: Severity;
  at: number;
}

function usedOf(stacks: readonly Stack[]): Used[] {
  const all = SEVERITIES.map((severity, at) => ({ severity, at }));
  return all.filter(({ at }) => stacks.some((stack) => (stack.bySeverity[at] ?? 0) > 0));
}

const BAR = 22;

export function StackChart({ name, title, says, what, stacks, pick, wide = false, room }: StackChartProps) {
  const { t, number } = useT();
  const picked = pick?.picked ?? null;
  const used = useMemo(() => usedOf(stacks), [stacks]);
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => ({
      ...look(palette, false),
      grid: { left: room + 12, right: 44, top: 4, bottom: 28 },
      xAxis: { type: "value", minInterval: 1, ...axisLook(palette), axisLabel: { ...axisLook(palette).axisLabel, formatter: (value: number) => number(value) } },
      yAxis: {
        type: "category",
        inverse: true,
        data: stacks.map((stack) => stack.label),
        ...axisLook(palette),
        axisLabel: { color: palette.text, fontFamily: palette.font, fontSize: 12, width: room, overflow: "truncate", ellipsis: "…", interval: 0 },
      },
      series: seriesOf(stacks, used, palette, picked, (severity) => t(`severity-${severity.toLowerCase()}`), number),
    }),
    [stacks, used, picked, room, t, number],
  );
  return (
    <Chart
      name={name}
      title={title}
      says={says}
      wide={wide}
      data={{
        columns: [what, t("chart-total"), ...used.map(({ severity }) => t(`severity-${severity.toLowerCase()}`))],
        rows: stacks.map((stack) => ({
          key: stack.key,
          cells: [stack.name, number(sum(stack.bySeverity)), ...used.map(({ at }) => number(stack.bySeverity[at] ?? 0))],
        })),
      }}
      option={option}
      height={stacks.length * BAR + 36}
      {...(pick ? { pick } : {})}
      keys={(palette) => used.map(({ severity }) => ({ label: t(`severity-${severity.toLowerCase()}`), colour: palette.severity[severity] }))}
      legend={used.map(({ severity }) => (
        <SeverityBadge key={severity} severity={severity} />
      ))}
    />
  );
}

function seriesOf(
  stacks: readonly Stack[],
  used: readonly Used[],
  palette: Palette,
  picked: string | null,
  say: (severity: Severity) => string,
  number: (value: number) => string,
): unknown[] {
  return used.map(({ severity, at }, place) => {
    const last = place === used.length - 1;
    return {
      type: "bar",
      name: say(severity),
      stack: "all",
      barMaxWidth: 14,
      itemStyle: { color: palette.severity[severity], decal: decalOf(severity), borderColor: palette.surface, borderWidth: 0.5 },
      label: {
        // The whole bar's count stands at its end.
        show: last,
        position: "right",
        color: palette.text,
        fontFamily: palette.font,
        formatter: (part: Part) => number(sum(stacks[part.dataIndex ?? 0]?.bySeverity ?? [])),
      },
      tooltip: {
        formatter: (part: Part) => {
          const stack = stacks[part.dataIndex ?? 0];
          if (!stack) return "";
          return box([stack.name, ...used.map((one) => `${say(one.severity)}: ${number(stack.bySeverity[one.at] ?? 0)}`)]);
        },
      },
      data: stacks.map((stack) => ({ key: stack.key, value: stack.bySeverity[at] ?? 0, itemStyle: faded(picked, stack.key) })),
    };
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
