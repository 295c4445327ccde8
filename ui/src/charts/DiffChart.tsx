/** What became of the vulnerabilities of each package: fixed, remaining, new. */
import * as tokens from "@cloudscape-design/design-tokens";
import { useCallback } from "react";
import { useT } from "../i18n/context";
import type { ComparedPackage } from "../ipc/client";
import { Chart } from "./Chart";
import type { EChartsCoreOption } from "./echarts";
import { axisLook, box, look, type Part } from "./look";
import type { Palette } from "./palette";

const FATES = ["fixed", "remaining", "new"] as const;
function coloursOf(palette: Palette): Record<(typeof FATES)[number], string> {
  return { fixed: palette.good, remaining: palette.severity.MEDIUM, new: palette.info };
}

/** The same colours, as the style sheet knows them. */
const SWATCHES = {
  fixed: tokens.colorChartsStatusPositive,
  remaining: tokens.colorBackgroundNotificationSeverityMedium,
  new: tokens.colorChartsStatusInfo,
} as const;
const BAR = 24;
const ROOM = 230;

export function FateChart({ packages }: { packages: readonly ComparedPackage[] }) {
  const { t, number } = useT();
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => {
      const colours = coloursOf(palette);
      const axis = axisLook(palette);
      return {
        ...look(palette),
        grid: { left: ROOM + 12, right: 44, top: 4, bottom: 28 },
        xAxis: { type: "value", minInterval: 1, ...axis, axisLabel: { ...axis.axisLabel, formatter: (value: number) => number(value) } },
        yAxis: {
          type: "category",
          inverse: true,
          data: packages.map((one) => one.package),
          ...axis,
          axisLabel: { color: palette.text, fontFamily: palette.font, fontSize: 12, width: ROOM, overflow: "truncate", ellipsis: "…", interval: 0 },
        },
        series: FATES.map((status) => ({
          type: "bar",
          name: t(`fate-${status}`),
          stack: "all",
          barMaxWidth: 16,
          itemStyle: { color: colours[status], borderColor: palette.surface, borderWidth: 0.5 },
          tooltip: {
            formatter: (part: Part) => {
              const one = packages[part.dataIndex ?? 0];
              return one ? box([one.package, ...FATES.map((of) => `${t(`fate-${of}`)}: ${number(one.counts[of])}`)]) : "";
            },
          },
          data: packages.map((one) => ({ key: one.package, value: one.counts[status] })),
        })),
      };
    },
    [packages, number, t],
  );
  const first = packages[0];
  return (
    <Chart
      name="fates"
      title={t("chart-fates")}
      says={first ? t("chart-fates-says", { package: first.package, fixed: first.counts.fixed, count: packages.length }) : t("chart-nothing")}
      wide
      data={{
        columns: [t("property-package"), ...FATES.map((status) => t(`fate-${status}`))],
        rows: packages.map((one) => ({ key: one.package, cells: [one.package, ...FATES.map((status) => number(one.counts[status]))] })),
      }}
      option={option}
      height={packages.length * BAR + 36}
      keys={(palette) => FATES.map((status) => ({ label: t(`fate-${status}`), colour: coloursOf(palette)[status] }))}
      legend={FATES.map((status) => (
        <span key={status}>
          <i className="lab-swatch" style={{ background: SWATCHES[status] }} />
          {t(`fate-${status}`)}
        </span>
      ))}
    />
  );
}
