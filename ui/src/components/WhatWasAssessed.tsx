/** What a scan assessed of an image: without it, no findings could be taken for no vulnerabilities. */
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useT } from "../i18n/context";
import type { AssessedSystem, Assessment } from "../ipc/client";

/** The text of each state of the operating system. */
const SYSTEMS: Record<AssessedSystem, string> = {
  assessed: "report-assessed-system",
  not_in_catalogue: "report-assessed-system-not-in-catalogue",
  no_package_list: "report-assessed-system-no-package-list",
  not_identified: "report-assessed-system-not-identified",
};

export function WhatWasAssessed({ assessment }: { assessment: Assessment | null }) {
  const { t } = useT();
  if (assessment === null) {
    return (
      <StatusIndicator type="info">
        {t("assessed-title")}: {t("report-assessed-unstated")}
      </StatusIndicator>
    );
  }
  const { packages, knownPackages, catalogue } = assessment;
  const unknown = packages - knownPackages;
  const lines = [
    t(SYSTEMS[assessment.system], { name: assessment.systemName ?? "" }),
    t("report-assessed-packages", { total: packages, listed: knownPackages, unlisted: unknown }),
    ...(assessment.unidentified > 0 ? [t("report-assessed-unidentified", { count: assessment.unidentified })] : []),
    ...(assessment.skipped > 0 ? [t("report-assessed-skipped", { count: assessment.skipped })] : []),
    ...assessment.skippedFiles.map(({ path, reason }) => t("report-assessed-skipped-file", { path, reason })),
    ...assessment.limits.map((limit) => t("report-assessed-limit", { limit })),
    catalogue.imported === null
      ? t("report-assessed-lab-only", { version: catalogue.builtIn })
      : t("report-assessed-imported", { version: catalogue.builtIn, entries: catalogue.imported.entries, date: catalogue.imported.date }),
  ];
  const isPartial = assessment.system !== "assessed" || assessment.unidentified > 0 || assessment.skipped > 0 || assessment.limits.length > 0;
  const hasGaps = isPartial || unknown > 0;
  return (
    <div data-testid="assessed" data-gaps={hasGaps}>
      <StatusIndicator type={hasGaps ? "warning" : "info"}>{t(hasGaps ? "report-not-assessed" : "assessed-title")}</StatusIndicator>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
