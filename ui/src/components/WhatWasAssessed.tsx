/** What a scan assessed of an image: without it, no findings could be taken for no vulnerabilities. */
import Button from "@cloudscape-design/components/button";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useT } from "../i18n/context";
import type { AssessedText } from "../ipc/client";

export function WhatWasAssessed({ assessed }: { assessed: AssessedText | null }) {
  const { t, message } = useT();
  if (assessed === null) {
    return (
      <StatusIndicator type="info">
        {t("assessed-title")}: {t("report-assessed-unstated")}
      </StatusIndicator>
    );
  }
  const { lines, hasGaps } = assessed;
  return (
    <div data-testid="assessed" data-gaps={hasGaps}>
      <StatusIndicator type={hasGaps ? "warning" : "info"}>{t(hasGaps ? "report-not-assessed" : "assessed-title")}</StatusIndicator>
      <ul>
        {lines.map(message).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

/** In one line whether the image was assessed in full, with a link to the rest. */
export function AssessedLine({ assessed, onOpen }: { assessed: AssessedText | null; onOpen: () => void }) {
  const { t } = useT();
  const hasGaps = assessed?.hasGaps === true;
  return (
    <div data-testid="assessed-line" data-gaps={assessed === null ? "unknown" : hasGaps}>
      <StatusIndicator type={hasGaps ? "warning" : "info"} wrapText>
        {assessed === null ? `${t("assessed-title")}: ${t("report-assessed-unstated")}` : t(hasGaps ? "report-not-assessed" : "assessed-title")}
      </StatusIndicator>{" "}
      <Button variant="inline-link" onClick={onOpen} data-testid="assessed-open">
        {t("assessed-open")}
      </Button>
    </div>
  );
}
