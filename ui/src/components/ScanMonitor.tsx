/** The state of a scan: the status and the counts that ECR and Inspector report, and its phase. */
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { useT } from "../i18n/context";
import type { ScanPhase, ScanView } from "../ipc/client";
import { useElapsed } from "./useElapsed";
import styles from "./ScanMonitor.module.css";

const types: Record<ScanPhase, StatusIndicatorProps.Type> = {
  not_known: "pending",
  pending: "pending",
  arriving: "in-progress",
  stable: "success",
  stopped: "error",
  given_up: "warning",
};

export function ScanMonitor({ scan }: { scan: ScanView }) {
  const { t, number } = useT();
  const count = (findings: number | null) => (findings === null ? "–" : number(findings));
  return (
    <section className={styles.scan} aria-label={t("scan-of", { repository: scan.repository })} data-testid="scan-monitor" data-phase={scan.phase}>
      <header>
        <span className={styles.title} translate="no">
          {scan.repository}
        </span>
        <StatusIndicator type={types[scan.phase]}>{t(`scan-phase-${scan.phase.replace("_", "-")}`)}</StatusIndicator>
      </header>
      <dl>
        <div>
          <dt>{t("scan-ecr")}</dt>
          <dd className={styles.figure}>{count(scan.ecr)}</dd>
        </div>
        <div>
          <dt>{t("scan-inspector")}</dt>
          <dd className={styles.figure}>{count(scan.inspector)}</dd>
        </div>
        <div>
          <dt>{t("scan-status")}</dt>
          <dd translate="no">{scan.status ?? t("scan-silent")}</dd>
        </div>
        <div>
          <dt>{t("scan-coverage")}</dt>
          <dd translate="no">{scan.coverage ?? t("scan-silent")}</dd>
        </div>
      </dl>
      {scan.finalIn === null ? <p>{t(`scan-means-${scan.phase.replace("_", "-")}`)}</p> : <Confirming key={scan.elapsed} seconds={scan.finalIn} />}
    </section>
  );
}

/** Counts down while the counts are being confirmed, also between two readings of them. */
function Confirming({ seconds }: { seconds: number }) {
  const { t, duration } = useT();
  const [since] = useState(() => Date.now());
  const elapsed = useElapsed(since) ?? 0;
  return <p data-testid="confirming">{t("scan-confirming", { time: duration(Math.max(0, Math.ceil(seconds - elapsed))) })}</p>;
}
