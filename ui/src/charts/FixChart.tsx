/** Whether a fix exists: one bar in parts, each part with its own word and number. */
import { useCallback } from "react";
import { useT } from "../i18n/context";
import type { Summary } from "../ipc/client";
import { Chart, type Pick } from "./Chart";
import type { EChartsCoreOption } from "./echarts";
import { box, faded, look, type Part } from "./look";
import type { Palette } from "./palette";

/** What the filter calls what is not said. */
export const NOT_SAID = "";

export function FixChart({ summary, pick }: { summary: Summary; pick: Pick }) {
  const { t, number, percent } = useT();
  const { byFix } = summary;
  const all = summary.matched.findings;
  const { picked } = pick;
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => {
      const colours: Record<string, string> = { YES: palette.good, NO: palette.bad, PARTIAL: palette.severity.LOW };
      return {
        ...look(palette),
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
              formatter: (part: Part & { value?: number }) => `${part.name ?? ""} ${number(part.value ?? 0)}`,
            },
            labelLine: { length: 8, length2: 8, lineStyle: { color: palette.secondary } },
            tooltip: {
              formatter: (part: Part & { value?: number }) =>
                box([part.name ?? "", t("chart-share", { count: part.value ?? 0, share: percent((part.value ?? 0) / all) })]),
            },
            data: byFix.map(({ fix, counts }) => ({
              key: fix ?? NOT_SAID,
              name: t(`fix-${(fix ?? "unknown").toLowerCase()}`),
              value: counts.findings,
              itemStyle: { color: colours[fix ?? ""] ?? palette.neutral, ...faded(picked, fix ?? NOT_SAID) },
            })),
          },
        ],
      };
    },
    [byFix, all, number, percent, t, picked],
  );
  const fixable = byFix.filter(({ fix }) => fix === "YES").reduce((sum, { counts }) => sum + counts.findings, 0);
  return (
    <Chart
      name="fix"
      title={t("chart-fix")}
      says={t("chart-fix-says", { total: all, fixable, share: percent(all === 0 ? 0 : fixable / all, 0) })}
      data={{
        columns: [t("property-fix-available"), t("count-findings"), t("count-unique")],
        rows: byFix.map(({ fix, counts }) => ({
          key: fix ?? NOT_SAID,
          cells: [t(`fix-${(fix ?? "unknown").toLowerCase()}`), number(counts.findings), number(counts.unique)],
        })),
      }}
      option={option}
      height={240}
      pick={pick}
    />
  );
}
