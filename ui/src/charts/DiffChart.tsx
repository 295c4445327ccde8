/** The vulnerabilities of each package by diff status: fixed, remaining, new. */
import * as tokens from "@cloudscape-design/design-tokens";
import { useCallback } from "react";
import { useT } from "../i18n/context";
import type { ComparedPackage } from "../ipc/client";
import { Chart } from "./Chart";
import type { EChartsCoreOption } from "./echarts";
import { axisOption, baseOption, type DataItem, tooltip } from "./chartTheme";
import { scaled, type Palette } from "./palette";
import legendStyles from "./legend.module.css";

const STATUSES = ["fixed", "remaining", "new"] as const;
function coloursOf(palette: Palette): Record<(typeof STATUSES)[number], string> {
  return { fixed: palette.good, remaining: palette.severity.MEDIUM, new: palette.info };
}

/** The same colours as CSS variables. */
const SWATCHES = {
  fixed: tokens.colorChartsStatusPositive,
  remaining: tokens.colorBackgroundNotificationSeverityMedium,
  new: tokens.colorChartsStatusInfo,
} as const;
const BAR_HEIGHT = 24;
const LABEL_WIDTH = 230;

export function DiffChart({ packages }: { packages: readonly ComparedPackage[] }) {
  const { t, number } = useT();
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => {
      const colours = coloursOf(palette);
      const axis = axisOption(palette);
      return {
        ...baseOption(palette),
        grid: { left: scaled(palette, LABEL_WIDTH + 12), right: scaled(palette, 44), top: 4, bottom: scaled(palette, 28) },
        xAxis: { type: "value", minInterval: 1, ...axis, axisLabel: { ...axis.axisLabel, formatter: (value: number) => number(value) } },
        yAxis: {
          type: "category",
          inverse: true,
          data: packages.map((one) => one.package),
          ...axis,
          axisLabel: { color: palette.text, fontFamily: palette.font, fontSize: palette.size, width: scaled(palette, LABEL_WIDTH), overflow: "truncate", ellipsis: "…", interval: 0 },
        },
        series: STATUSES.map((status) => ({
          type: "bar",
          name: t(`fate-${status}`),
          stack: "all",
          barMaxWidth: scaled(palette, 16),
          itemStyle: { color: colours[status], borderColor: palette.surface, borderWidth: 0.5 },
          tooltip: {
            formatter: (item: DataItem) => {
              const one = packages[item.dataIndex ?? 0];
              return one ? tooltip([one.package, ...STATUSES.map((other) => `${t(`fate-${other}`)}: ${number(one.counts[other])}`)]) : "";
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
      description={first ? t("chart-fates-says", { package: first.package, fixed: first.counts.fixed, count: packages.length }) : t("chart-nothing")}
      wide
      data={{
        columns: [t("property-package"), ...STATUSES.map((status) => t(`fate-${status}`))],
        rows: packages.map((one) => ({ key: one.package, cells: [one.package, ...STATUSES.map((status) => number(one.counts[status]))] })),
      }}
      option={option}
      height={packages.length * BAR_HEIGHT + 36}
      imageLegend={(palette) => STATUSES.map((status) => ({ label: t(`fate-${status}`), colour: coloursOf(palette)[status] }))}
      legend={STATUSES.map((status) => (
        <span key={status}>
          <i className={legendStyles.swatch} style={{ background: SWATCHES[status] }} />
          {t(`fate-${status}`)}
        </span>
      ))}
    />
  );
}
