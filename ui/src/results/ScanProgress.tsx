/** A running scan: elapsed time, counts so far, and whether they are final. */
import { JobNotes } from "../components/JobProgress";
import { ScanMonitor } from "../components/ScanMonitor";
import { Transfers } from "../components/Transfers";
import { useT } from "../i18n/context";
import { loadedOf, scansOf, transfersOf } from "../lab/events";
import type { StepJob } from "../lab/state";
import { GrowthLine } from "./GrowthLine";
import { useGrowth } from "./useGrowth";
import shared from "./shared.module.css";
import styles from "./ScanProgress.module.css";

export function ScanProgress({ job }: { job: StepJob }) {
  const { t } = useT();
  const scans = scansOf(job.events);
  const transfers = transfersOf(job.events);
  const growth = useGrowth(scans);
  return (
    <div className={styles.progress}>
      {transfers.length > 0 ? <Transfers transfers={transfers} running={job.running} /> : null}
      {scans.length === 0 && transfers.length === 0 && loadedOf(job.events) === null && job.running ? <p className={shared.subdued}>{t("scan-starting")}</p> : null}
      {scans.map((scan) => (
        <div key={scan.repository}>
          <ScanMonitor scan={scan} />
          <GrowthLine points={growth.get(scan.repository) ?? []} />
        </div>
      ))}
      <JobNotes events={job.events} running={job.running} />
    </div>
  );
}
