/** The progress of a job in its plainest form: transfers, scans and notes. */
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useT } from "../i18n/context";
import type { Event } from "../ipc/client";
import { loadedOf, notesOf, scansOf, transfersOf } from "../lab/events";
import { ScanMonitor } from "./ScanMonitor";
import { Transfers } from "./Transfers";
import styles from "./JobProgress.module.css";

interface ProgressProps {
  events: readonly Event[];
  running: boolean;
}

/** The notes of a job, one line each; the last one is in progress while the job runs. */
export function JobNotes({ events, running }: ProgressProps) {
  const { t, message } = useT();
  const notes = notesOf(events);
  const loaded = loadedOf(events);
  const lines = notes.map((note) => message(note));
  if (loaded !== null) lines.push(t("progress-loaded", { count: loaded }));
  return (
    <ul className={styles.notes} data-testid="notes">
      {lines.map((line, index) => (
        <li key={index}>
          <StatusIndicator type={running && index === lines.length - 1 ? "in-progress" : "success"} wrapText>
            {line}
          </StatusIndicator>
        </li>
      ))}
    </ul>
  );
}

/** Everything that a job reports: the view of steps that have none of their own. */
export function JobProgress({ events, running }: ProgressProps) {
  const transfers = transfersOf(events);
  return (
    <div className={styles.progress}>
      {transfers.length > 0 ? <Transfers transfers={transfers} running={running} /> : null}
      {scansOf(events).map((scan) => (
        <ScanMonitor key={scan.repository} scan={scan} />
      ))}
      <JobNotes events={events} running={running} />
    </div>
  );
}
