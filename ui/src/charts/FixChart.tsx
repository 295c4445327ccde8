/** Vulnerabilities by whether a fix is available, as a ring. */
import { useCallback } from "react";
import { useT } from "../i18n/context";
import type { Summary } from "../ipc/client";
import { Chart } from "./Chart";
import type { EChartsCoreOption } from "./echarts";
import { baseOption, type DataItem, selectionStyle, tooltip } from "./chartTheme";
import type { Palette } from "./palette";
import type { ChartSelection } from "./selection";

/** The filter value of findings that do not report whether a fix is available. */
const NOT_REPORTED = "";

export function FixChart({ summary, selection }: { summary: Summary; selection: ChartSelection }) {
  const { t, number, percent } = useT();
  const { byFix } = summary;
  const all = summary.matched.unique;
  const selectedKey = selection.key;
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => {
      const colours: Record<string, string> = { YES: palette.good, NO: palette.bad, PARTIAL: palette.severity.LOW };
      return {
        ...baseOption(palette),
        series: [
          {
            type: "pie",
            radius: ["52%", "78%"],
            center: ["50%", "50%"],
            padAngle: 1,
            minAngle: 6,
            itemStyle: { borderColor: palette.surface, borderWidth: 1 },
            label: {
              color: palette.text,
              fontFamily: palette.font,
              fontSize: palette.size,
              formatter: (item: DataItem & { value?: number }) => `${item.name ?? ""} ${number(item.value ?? 0)}`,
            },
            labelLine: { length: 8, length2: 8, lineStyle: { color: palette.secondary } },
            tooltip: {
              formatter: (item: DataItem & { value?: number }) =>
                tooltip([item.name ?? "", t("chart-share", { count: item.value ?? 0, share: percent((item.value ?? 0) / all) })]),
            },
            data: byFix.map(({ fix, counts }) => ({
              key: fix ?? NOT_REPORTED,
              name: t(`fix-${(fix ?? "unknown").toLowerCase()}`),
              value: counts.unique,
              itemStyle: { color: colours[fix ?? ""] ?? palette.neutral, ...selectionStyle(selectedKey, fix ?? NOT_REPORTED) },
            })),
          },
        ],
      };
    },
    [byFix, all, number, percent, t, selectedKey],
  );
  const fixable = byFix.filter(({ fix }) => fix === "YES").reduce((sum, { counts }) => sum + counts.unique, 0);
  return (
    <Chart
      name="fix"
      title={t("chart-fix")}
      description={t("chart-fix-says", { total: all, fixable, share: percent(all === 0 ? 0 : fixable / all) })}
      data={{
        columns: [t("property-fix-available"), t("count-unique"), t("count-findings")],
        rows: byFix.map(({ fix, counts }) => ({
          key: fix ?? NOT_REPORTED,
          cells: [t(`fix-${(fix ?? "unknown").toLowerCase()}`), number(counts.unique), number(counts.findings)],
        })),
      }}
      option={option}
      height={240}
      selection={selection}
    />
  );
}
