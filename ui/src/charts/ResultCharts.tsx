/** The charts of one scan. What is picked in one is a condition of the table's filter. */
import { memo, useMemo } from "react";
import { useT } from "../i18n/context";
import type { Bucket, Point, Property, Summary } from "../ipc/client";
import type { Pick } from "./Chart";
import { FixChart } from "./FixChart";
import { keyOf, RiskChart } from "./RiskChart";
import { SeverityChart } from "./SeverityChart";
import { StackChart, type Stack } from "./StackChart";
import "./charts.css";

/** A part that was picked, as the filter would say it. */
export type Picked =
  | { property: Property; value: string }
  | { point: Point };

export interface ResultChartsProps {
  summary: Summary;
  /** The value that the filter holds of a property by a chart's doing; null: none. */
  pickedOf: (property: Property) => string | null;
  /** The same for the plane of score and chance. */
  pickedPoint: string | null;
  onPick: (chart: Property | "point", picked: Picked | null) => void;
}

function ResultCharts({ summary, pickedOf, pickedPoint, onPick }: ResultChartsProps) {
  const { t } = useT();
  const packages = useMemo(() => stacks(summary.byPackage, (value) => value), [summary]);
  const layers = useMemo(() => stacks(summary.byLayer, shortDigest), [summary]);
  const of = (property: Property, say: (value: string) => string = (value) => value): Pick => {
    const picked = pickedOf(property);
    return {
      picked,
      name: picked === null ? null : say(picked),
      onPick: (value) => { onPick(property, value === null ? null : { property, value }); },
    };
  };
  const first = packages[0];
  const firstLayer = layers[0];
  return (
    <div className="lab-charts-frame">
      <div className="lab-charts">
        <SeverityChart summary={summary} pick={of("severity", (value) => t(`severity-${value.toLowerCase()}`))} />
        <FixChart summary={summary} pick={of("fixAvailable", (value) => t(`fix-${(value === "" ? "unknown" : value).toLowerCase()}`))} />
        <RiskChart
          summary={summary}
          pick={{
            picked: pickedPoint,
            name: nameOfPoint(summary.points, pickedPoint),
            onPick: (key) => {
              const point = summary.points.find((one) => keyOf(one) === key);
              onPick("point", point ? { point } : null);
            },
          }}
        />
        <StackChart
          name="packages"
          title={t("chart-packages", { top: packages.length })}
          says={first ? t("chart-packages-says", { first: first.name, count: total(first), all: summary.packages }) : t("chart-nothing")}
          what={t("property-package")}
          stacks={packages}
          pick={of("package")}
          room={230}
          wide
        />
        <StackChart
          name="layers"
          title={t("chart-layers")}
          says={firstLayer ? t("chart-layers-says", { first: firstLayer.label, count: total(firstLayer), all: layers.length }) : t("chart-nothing")}
          what={t("property-layer")}
          stacks={layers}
          pick={of("layer", shortDigest)}
          room={150}
          wide
        />
      </div>
    </div>
  );
}

export default memo(ResultCharts);

function stacks(buckets: readonly Bucket[], label: (value: string) => string): Stack[] {
  return buckets.map(({ value, instancesBySeverity }) => ({ key: value, name: value, label: label(value), bySeverity: instancesBySeverity }));
}

function total(stack: Stack): number {
  return stack.bySeverity.reduce((all, one) => all + one, 0);
}

function nameOfPoint(points: readonly Point[], key: string | null): string | null {
  return points.find((point) => keyOf(point) === key)?.example ?? null;
}

/** The first twelve digits, as Docker shows them. */
function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, "").slice(0, 12);
}
