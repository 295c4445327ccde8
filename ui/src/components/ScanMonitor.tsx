/** The state of a scan: time elapsed, the status and the counts that ECR and Inspector report, and its phase. */
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { useT } from "../i18n/context";
import type { ScanPhase, ScanView } from "../ipc/client";
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
  const { t, number, duration } = useT();
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
          <dt>{t("scan-elapsed")}</dt>
          <dd className={styles.figure}>{duration(Math.floor(scan.elapsed))}</dd>
        </div>
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
      <p>{t(`scan-means-${scan.phase.replace("_", "-")}`)}</p>
    </section>
  );
}
