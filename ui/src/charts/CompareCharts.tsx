/** The vulnerable image beside the patched one. */
import Header from "@cloudscape-design/components/header";
import { useMemo } from "react";
import { useT } from "../i18n/context";
import type { Comparison, Summary } from "../ipc/client";
import { useRun } from "../lab/state";
import { FateChart } from "./FateChart";
import { StackChart, type Stack } from "./StackChart";
import "./charts.css";

interface CompareChartsProps {
  comparison: Comparison;
  before: Summary;
  after: Summary;
}

export default function CompareCharts({ comparison, before, after }: CompareChartsProps) {
  const { t } = useT();
  const { plan } = useRun();
  const stacks = useMemo<Stack[]>(
    () => [
      { key: "before", label: t("fate-before"), name: t("compare-image-before", { image: plan.image }), bySeverity: severities(before) },
      { key: "after", label: t("fate-after"), name: t("compare-image-after", { image: plan.fixedImage }), bySeverity: severities(after) },
    ],
    [before, after, plan, t],
  );
  return (
    <section aria-label={t("charts-title")}>
      <Header variant="h2">{t("charts-title")}</Header>
      <div className="lab-charts-frame">
        <div className="lab-charts">
          <StackChart
            name="before-after"
            title={t("chart-before-after")}
            says={t("chart-before-after-says", { before: before.matched.findings, after: after.matched.findings })}
            what={t("compare-image")}
            stacks={stacks}
            room={72}
            wide
          />
          <FateChart packages={comparison.byPackage} />
        </div>
      </div>
    </section>
  );
}

function severities(summary: Summary): number[] {
  return summary.bySeverity.map(({ counts }) => counts.findings);
}
