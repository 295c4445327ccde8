/** A running scan: elapsed time, counts so far, and whether they are final. */
import { JobNotes } from "../components/JobProgress";
import { ScanMonitor } from "../components/ScanMonitor";
import { Transfers } from "../components/Transfers";
import { useT } from "../i18n/context";
import { loadedOf, scansOf, transfersOf } from "../lab/events";
import type { StepJob } from "../lab/state";
import { GrowthLine } from "./GrowthLine";
import shared from "./shared.module.css";
import styles from "./ScanProgress.module.css";

const MEANWHILE = ["found", "read", "matched", "batches"] as const;

/** What happens behind the counts: something to read until they are final. */
function Meanwhile() {
  const { t } = useT();
  return (
    <section className={styles.meanwhile} aria-label={t("meanwhile")} data-testid="meanwhile">
      <h3>{t("meanwhile")}</h3>
      <ol>
        {MEANWHILE.map((id) => (
          <li key={id}>{t(`meanwhile-${id}`)}</li>
        ))}
      </ol>
    </section>
  );
}

export function ScanProgress({ job }: { job: StepJob }) {
  const { t } = useT();
  const scans = scansOf(job.events);
  const transfers = transfersOf(job.events);
  return (
    <div className={styles.progress}>
      {transfers.length > 0 ? <Transfers transfers={transfers} running={job.running} /> : null}
      {scans.length === 0 && transfers.length === 0 && loadedOf(job.events) === null && job.running ? <p className={shared.subdued}>{t("scan-starting")}</p> : null}
      {scans.map((scan) => (
        <div key={scan.repository}>
          <ScanMonitor scan={scan} />
          <GrowthLine points={job.job?.growth.get(scan.repository) ?? []} />
        </div>
      ))}
      <JobNotes events={job.events} running={job.running} />
      {job.running ? <Meanwhile /> : null}
    </div>
  );
}
