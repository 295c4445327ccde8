/** The charts of one scan. A part that is selected becomes a condition of the table's filter. */
import { memo, useMemo } from "react";
import { useT } from "../i18n/context";
import type { Bucket, Point, Property, Summary } from "../ipc/client";
import { shortDigest } from "../components/digest";
import { ChartGrid } from "./ChartGrid";
import { FixChart } from "./FixChart";
import { keyOf, RiskChart } from "./RiskChart";
import { SeverityChart } from "./SeverityChart";
import { StackChart, type Stack } from "./StackChart";
import type { ChartSelection } from "./selection";

/** The chart of one property, or the plane of score and probability. */
export type ChartId = Property | "point";

/** A selected part as a condition of the filter. */
export type ChartCondition = { property: Property; value: string } | { point: Point };

interface ResultChartsProps {
  summary: Summary;
  /** The value of a property that is selected in its chart; null: none. */
  selectedValue: (property: Property) => string | null;
  /** The key of the point that is selected in the plane of score and probability; null: none. */
  selectedPoint: string | null;
  onSelect: (chart: ChartId, condition: ChartCondition | null) => void;
}

function ResultCharts({ summary, selectedValue, selectedPoint, onSelect }: ResultChartsProps) {
  const { t } = useT();
  const packages = useMemo(() => stacks(summary.byPackage, (value) => value), [summary]);
  const layers = useMemo(() => stacks(summary.byLayer, shortDigest), [summary]);
  const selectionOf = (property: Property, label: (value: string) => string = (value) => value): ChartSelection => {
    const value = selectedValue(property);
    return {
      key: value,
      label: value === null ? null : label(value),
      onSelect: (key) => { onSelect(property, key === null ? null : { property, value: key }); },
    };
  };
  const vulnerability = selectedValue("vulnerabilityId");
  const pointKey = selectedPoint ?? keyOfVulnerability(summary.points, vulnerability);
  const first = packages[0];
  const firstLayer = layers[0];
  return (
    <ChartGrid>
      <SeverityChart summary={summary} selection={selectionOf("severity", (value) => t(`severity-${value.toLowerCase()}`))} />
      <FixChart summary={summary} selection={selectionOf("fixAvailable", (value) => t(`fix-${(value === "" ? "unknown" : value).toLowerCase()}`))} />
      <RiskChart
        summary={summary}
        selection={{
          key: pointKey,
          label: pointLabel(summary.points, pointKey),
          onSelect: (key) => {
            const point = summary.points.find((candidate) => keyOf(candidate) === key);
            onSelect("point", point ? conditionOf(point) : null);
          },
        }}
      />
      <StackChart
        name="packages"
        title={t("chart-packages", { top: packages.length })}
        description={first ? t("chart-packages-says", { first: first.name, count: total(first), all: summary.packages }) : t("chart-nothing")}
        category={t("property-package")}
        stacks={packages}
        selection={selectionOf("package")}
        labelWidth={230}
        wide
      />
      <StackChart
        name="layers"
        title={t("chart-layers")}
        description={firstLayer ? t("chart-layers-says", { first: firstLayer.label, count: total(firstLayer), all: layers.length, none: summary.withoutLayer.unique }) : t("chart-nothing")}
        category={t("property-layer")}
        stacks={layers}
        selection={selectionOf("layer", shortDigest)}
        labelWidth={150}
        wide
      />
    </ChartGrid>
  );
}

export default memo(ResultCharts);

function stacks(buckets: readonly Bucket[], label: (value: string) => string): Stack[] {
  return buckets.map(({ value, uniqueBySeverity }) => ({ key: value, name: value, label: label(value), bySeverity: uniqueBySeverity }));
}

function total(stack: Stack): number {
  return stack.bySeverity.reduce((sum, count) => sum + count, 0);
}

/** A point is its vulnerability; one of several is all that is nearest to it. */
function conditionOf(point: Point): ChartCondition {
  return point.vulnerabilityId === null ? { point } : { property: "vulnerabilityId", value: point.vulnerabilityId };
}

/** The key of the point that is this vulnerability alone; null: none. */
function keyOfVulnerability(points: readonly Point[], id: string | null): string | null {
  const point = id === null ? undefined : points.find((candidate) => candidate.vulnerabilityId === id);
  return point === undefined ? null : keyOf(point);
}

function pointLabel(points: readonly Point[], key: string | null): string | null {
  return points.find((point) => keyOf(point) === key)?.example ?? null;
}
