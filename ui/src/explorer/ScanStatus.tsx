/** The state of an image's scan, with the service's word for the reason. Only "scanned" looks like a success. */
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { WhatWasAssessed } from "../components/WhatWasAssessed";
import { useT } from "../i18n/context";
import type { ImageScan, Presence, ScanState } from "../ipc/client";

const TYPES: Record<ScanState, StatusIndicatorProps.Type> = {
  scanned: "success",
  in_progress: "in-progress",
  not_scanned: "stopped",
  no_longer_watched: "warning",
  not_read: "warning",
  unsupported: "stopped",
  failed: "error",
};

/** The text of each state; the reasons for unknown findings are those of the lab's results. */
const STATES: Record<ScanState, string> = {
  scanned: "explore-state-scanned",
  in_progress: "explore-state-in-progress",
  not_scanned: "report-reason-not-scanned",
  no_longer_watched: "report-reason-no-longer-watched",
  not_read: "report-reason-not-read",
  unsupported: "report-reason-unsupported",
  failed: "report-reason-failed",
};

export function ScanStatus({ scan }: { scan: ImageScan }) {
  const { t } = useT();
  const reason = scan.reason === null || scan.reason === "SUCCESSFUL" ? "" : ` (${scan.reason})`;
  return (
    <span data-state={scan.state}>
      <StatusIndicator type={TYPES[scan.state]}>
        {t(STATES[scan.state])}
        <span translate="no">{reason}</span>
      </StatusIndicator>
      {scan.assessed === null ? null : <WhatWasAssessed assessed={scan.assessed} />}
    </span>
  );
}

/** The text of each presence, and how it looks. */
const PRESENCES: Record<Presence, { id: string; type: StatusIndicatorProps.Type }> = {
  found: { id: "report-found", type: "error" },
  not_scanned: { id: "report-reason-not-scanned", type: "warning" },
  not_found: { id: "report-not-found", type: "success" },
  no_images: { id: "explore-no-images", type: "stopped" },
};

export function PresenceStatus({ presence, suppressed = false }: { presence: Presence; suppressed?: boolean }) {
  const { t } = useT();
  const { id, type } = PRESENCES[presence];
  return (
    <span data-presence={presence}>
      <StatusIndicator type={type}>{t(presence === "found" && suppressed ? "explore-suppressed" : id)}</StatusIndicator>
    </span>
  );
}
