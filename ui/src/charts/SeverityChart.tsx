/** Vulnerabilities by severity, as a ring. */
import { useCallback, useMemo } from "react";
import { SeverityBadge } from "../components/SeverityBadge";
import { useT } from "../i18n/context";
import type { Summary } from "../ipc/client";
import { Chart } from "./Chart";
import type { EChartsCoreOption } from "./echarts";
import { baseOption, type DataItem, decalOf, selectionStyle, tooltip } from "./chartTheme";
import type { Palette } from "./palette";
import type { ChartSelection } from "./selection";

export function SeverityChart({ summary, selection }: { summary: Summary; selection: ChartSelection }) {
  const { t, number, percent } = useT();
  const all = summary.matched.unique;
  const some = useMemo(() => summary.bySeverity.filter(({ counts }) => counts.unique > 0), [summary]);
  const name = useCallback((severity: string) => t(`severity-${severity.toLowerCase()}`), [t]);
  const selectedKey = selection.key;
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => ({
      ...baseOption(palette, false),
      series: [
        {
          type: "pie",
          radius: ["52%", "78%"],
          center: ["50%", "50%"],
          startAngle: 90,
          padAngle: 1,
          minAngle: 4,
          itemStyle: { borderColor: palette.surface, borderWidth: 1 },
          label: {
            color: palette.text,
            fontFamily: palette.font,
            fontSize: palette.size,
            formatter: (item: DataItem & { value?: number }) => `${item.name ?? ""} ${number(item.value ?? 0)}`,
          },
          labelLine: { length: 8, length2: 8, lineStyle: { color: palette.secondary } },
          emphasis: { scale: true, scaleSize: 4 },
          tooltip: {
            formatter: (item: DataItem & { value?: number }) =>
              tooltip([item.name ?? "", t("chart-share", { count: item.value ?? 0, share: percent((item.value ?? 0) / all) })]),
          },
          data: some.map(({ severity, counts }) => ({
            key: severity,
            name: name(severity),
            value: counts.unique,
            itemStyle: { color: palette.severity[severity], decal: decalOf(severity), ...selectionStyle(selectedKey, severity) },
          })),
        },
        // The number in the hole.
        {
          type: "pie",
          radius: 0,
          silent: true,
          label: {
            position: "center",
            color: palette.text,
            fontFamily: palette.font,
            fontSize: palette.size * 2,
            fontWeight: "bold",
            formatter: () => number(all),
          },
          data: [{ value: 1 }],
        },
      ],
    }),
    [some, all, name, number, percent, t, selectedKey],
  );
  const count = (severity: string) => summary.bySeverity.find((one) => one.severity === severity)?.counts.unique ?? 0;
  return (
    <Chart
      name="severity"
      title={t("chart-severity")}
      description={t("chart-severity-says", { total: all, critical: count("CRITICAL"), high: count("HIGH") })}
      data={{
        columns: [t("property-severity"), t("count-unique"), t("count-findings")],
        rows: summary.bySeverity.map(({ severity, counts }) => ({
          key: severity,
          cells: [name(severity), number(counts.unique), number(counts.findings)],
        })),
      }}
      option={option}
      height={240}
      selection={selection}
      legend={some.map(({ severity, counts }) => (
        <SeverityBadge key={severity} severity={severity} count={counts.unique} />
      ))}
    />
  );
}
