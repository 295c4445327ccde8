/** Findings by severity, as a ring. */
import { useCallback, useMemo } from "react";
import { SeverityBadge } from "../components/SeverityBadge";
import { useT } from "../i18n/context";
import type { Summary } from "../ipc/client";
import { Chart, type Pick } from "./Chart";
import type { EChartsCoreOption } from "./echarts";
import { box, decalOf, faded, look, type Part } from "./look";
import type { Palette } from "./palette";

export function SeverityChart({ summary, pick }: { summary: Summary; pick: Pick }) {
  const { t, number, percent } = useT();
  const all = summary.matched.findings;
  const some = useMemo(() => summary.bySeverity.filter(({ counts }) => counts.findings > 0), [summary]);
  const name = useCallback((severity: string) => t(`severity-${severity.toLowerCase()}`), [t]);
  const { picked } = pick;
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => ({
      ...look(palette, false),
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
            formatter: (part: Part & { value?: number }) => `${part.name ?? ""} ${number(part.value ?? 0)}`,
          },
          labelLine: { length: 8, length2: 8, lineStyle: { color: palette.secondary } },
          emphasis: { scale: true, scaleSize: 4 },
          tooltip: {
            formatter: (part: Part & { value?: number }) =>
              box([part.name ?? "", t("chart-share", { count: part.value ?? 0, share: percent((part.value ?? 0) / all) })]),
          },
          data: some.map(({ severity, counts }) => ({
            key: severity,
            name: name(severity),
            value: counts.findings,
            itemStyle: { color: palette.severity[severity], decal: decalOf(severity), ...faded(picked, severity) },
          })),
        },
      ],
    }),
    [some, all, name, number, percent, t, picked],
  );
  const count = (severity: string) => summary.bySeverity.find((one) => one.severity === severity)?.counts.findings ?? 0;
  return (
    <Chart
      name="severity"
      title={t("chart-severity")}
      says={t("chart-severity-says", { total: all, critical: count("CRITICAL"), high: count("HIGH") })}
      data={{
        columns: [t("property-severity"), t("count-findings"), t("count-unique")],
        rows: summary.bySeverity.map(({ severity, counts }) => ({
          key: severity,
          cells: [name(severity), number(counts.findings), number(counts.unique)],
        })),
      }}
      option={option}
      height={240}
      pick={pick}
      legend={some.map(({ severity, counts }) => (
        <SeverityBadge key={severity} severity={severity} count={counts.findings} />
      ))}
    />
  );
}
