/** The charts that compare the vulnerable image with the patched one. */
import Header from "@cloudscape-design/components/header";
import { useMemo } from "react";
import { useT } from "../i18n/context";
import type { Comparison, Summary } from "../ipc/client";
import { ChartGrid } from "./ChartGrid";
import { DiffChart } from "./DiffChart";
import { StackChart, type Stack } from "./StackChart";

interface ImageSummary {
  /** The image's reference. */
  image: string;
  summary: Summary;
}

interface CompareChartsProps {
  comparison: Comparison;
  before: ImageSummary;
  after: ImageSummary;
}

export default function CompareCharts({ comparison, before, after }: CompareChartsProps) {
  const { t } = useT();
  const stacks = useMemo<Stack[]>(
    () => [
      { key: "before", label: t("fate-before"), name: t("compare-image-before", { image: before.image }), bySeverity: countsBySeverity(before.summary) },
      { key: "after", label: t("fate-after"), name: t("compare-image-after", { image: after.image }), bySeverity: countsBySeverity(after.summary) },
    ],
    [before, after, t],
  );
  return (
    <section aria-label={t("charts-title")}>
      <Header variant="h2">{t("charts-title")}</Header>
      <ChartGrid>
        <StackChart
          name="before-after"
          title={t("chart-before-after")}
          description={t("chart-before-after-says", { before: before.summary.matched.unique, after: after.summary.matched.unique })}
          category={t("compare-image")}
          stacks={stacks}
          labelWidth={72}
          wide
        />
        <DiffChart packages={comparison.byPackage} />
      </ChartGrid>
    </section>
  );
}

function countsBySeverity(summary: Summary): number[] {
  return summary.bySeverity.map(({ counts }) => counts.unique);
}
