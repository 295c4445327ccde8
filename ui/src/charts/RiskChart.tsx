/** Severity (CVSS) against the probability of exploitation (EPSS); known exploited vulnerabilities have a ring. */
import { useCallback } from "react";
import { SEVERITIES, SeverityBadge } from "../components/SeverityBadge";
import { useT } from "../i18n/context";
import type { Point, Summary } from "../ipc/client";
import { Chart } from "./Chart";
import type { EChartsCoreOption } from "./echarts";
import { axisOption, baseOption, selectionStyle, tooltip } from "./chartTheme";
import { scaled, type Palette } from "./palette";
import type { ChartSelection } from "./selection";
import { symbolOf } from "./symbols";
import legendStyles from "./legend.module.css";

/** The key of a point, as selections have it. */
export function keyOf(point: Point): string {
  return `${point.score} ${point.epss}`;
}

/** Most probabilities are small: a square-root axis keeps them apart. */
const TICKS = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 1];

/** The size of a point. Log4Shell is greater than every other: of names over each other, its own is the one that stays. */
function sizeOf({ log4shell, unique }: Point): number {
  const more = 3 * Math.log2(unique);
  return log4shell ? Math.min(30, 24 + more) : Math.min(22, 10 + more);
}

export function RiskChart({ summary, selection }: { summary: Summary; selection: ChartSelection }) {
  const { t, number, score, percent } = useT();
  const epssOf = useCallback(
    ({ lowestEpss, greatestEpss }: Point) => {
      const [lowest, greatest] = [percent(lowestEpss), percent(greatestEpss)];
      return lowest === greatest ? lowest : `${lowest} – ${greatest}`;
    },
    [percent],
  );
  const { points } = summary;
  const selectedKey = selection.key;
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => {
      const axis = axisOption(palette);
      return {
        ...baseOption(palette, false),
        grid: { left: scaled(palette, 56), right: scaled(palette, 44), top: scaled(palette, 52), bottom: scaled(palette, 44) },
        xAxis: { type: "value", min: 0, max: 10, name: t("chart-axis-score"), nameLocation: "middle", nameGap: scaled(palette, 28), ...axis },
        yAxis: {
          type: "value",
          min: 0,
          max: 1,
          name: t("chart-axis-epss"),
          nameLocation: "end",
          nameGap: scaled(palette, 28),
          ...axis,
          nameTextStyle: { ...axis.nameTextStyle, align: "left", padding: [0, 0, 0, -scaled(palette, 44)] },
          splitLine: { show: false },
          axisTick: { show: true, customValues: TICKS.map(Math.sqrt), lineStyle: { color: palette.line } },
          axisLabel: {
            ...axis.axisLabel,
            customValues: TICKS.map(Math.sqrt),
            formatter: (root: number) => `${number(Math.round(root * root * 100))}%`,
          },
        },
        series: [
          {
            type: "scatter",
            clip: false,
            // Labels of points that are close would lie over each other; what is left out is in the tooltip and the table.
            labelLayout: { moveOverlap: "shiftY", hideOverlap: true },
            emphasis: { scale: 1.3 },
            tooltip: {
              formatter: (item: { dataIndex?: number }) => {
                const point = points[item.dataIndex ?? 0];
                return point ? tooltip(linesOf(point)) : "";
              },
            },
            data: points.map((point) => ({
              key: keyOf(point),
              value: [point.score, Math.sqrt(point.epss)],
              symbol: symbolOf(point.severity),
              symbolSize: scaled(palette, sizeOf(point)),
              z: point.log4shell ? 5 : point.kev ? 4 : 2,
              itemStyle: {
                color: palette.severity[point.severity],
                borderColor: point.kev ? palette.text : palette.surface,
                borderWidth: point.kev ? 2.5 : 0.5,
                ...selectionStyle(selectedKey, keyOf(point)),
              },
              label: {
                show: point.log4shell || point.kev === true,
                position: "top",
                distance: 6,
                formatter: point.log4shell ? t("log4shell") : point.example,
                color: palette.text,
                fontFamily: palette.font,
                fontSize: palette.size,
                fontWeight: point.log4shell ? "bold" : "normal",
              },
            })),
          },
        ],
      };
      function linesOf(point: Point): string[] {
        const name = point.log4shell ? t("log4shell-id") : point.example;
        return [
          point.unique > 1 ? t("chart-point-more", { name, more: point.unique - 1 }) : name,
          `${t("property-score")}: ${score(point.score)}`,
          `${t("property-epss")}: ${epssOf(point)}`,
          ...(point.kev ? [t("chart-point-kev")] : []),
        ];
      }
    },
    [points, number, score, epssOf, t, selectedKey],
  );
  const kev = points.filter((point) => point.kev).length;
  const used = SEVERITIES.filter((severity) => points.some((point) => point.severity === severity));
  return (
    <Chart
      name="risk"
      title={t("chart-risk")}
      description={[
        t("chart-risk-says", { shown: points.reduce((sum, point) => sum + point.unique, 0), kev, none: summary.withoutPoint }),
        ...(summary.kevUnknown.unique > 0 ? [t("chart-risk-kev-unknown", { unknown: summary.kevUnknown.unique })] : []),
      ].join(" ")}
      data={{
        columns: [t("property-vulnerability-id"), t("property-score"), t("property-epss"), t("property-kev"), t("count-unique")],
        rows: [...points]
          .sort((a, b) => b.score * b.epss - a.score * a.epss)
          .map((point) => ({
            key: keyOf(point),
            cells: [
              point.log4shell ? t("log4shell-id") : point.example,
              score(point.score),
              epssOf(point),
              point.kev == null ? "–" : t(point.kev ? "yes" : "no"),
              number(point.unique),
            ],
          })),
      }}
      option={option}
      height={340}
      selection={selection}
      wide
      imageLegend={(palette) => used.map((severity) => ({ label: t(`severity-${severity.toLowerCase()}`), colour: palette.severity[severity] }))}
      legend={
        <>
          {used.map((severity) => (
            <SeverityBadge key={severity} severity={severity} />
          ))}
          <span className={legendStyles.ring}>{t("chart-ring-kev")}</span>
        </>
      }
    />
  );
}
