/** The status of the step in words: in full, announced to screen readers, and in short for the action bar. */
import LiveRegion from "@cloudscape-design/components/live-region";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { useElapsed } from "../components/useElapsed";
import { useT } from "../i18n/context";
import type { StepRecord } from "../ipc/client";
import type { StepJob } from "../lab/state";
import styles from "./StepStatus.module.css";

interface StatusProps {
  record: StepRecord;
  job: StepJob;
}

interface Shown {
  type: StatusIndicatorProps.Type;
  /** The texts of each state: the long one, and with a suffix the short one. */
  id: string;
  /** Whether the long text says more than the short one. */
  hasMore: boolean;
}

function shownOf(record: StepRecord, job: StepJob): Shown | null {
  if (job.running) return { type: "in-progress", id: job.job?.info.kind === "undo" ? "undoing" : "running", hasMore: false };
  switch (record.state) {
    case "pending":
      return null;
    case "done":
      return record.stale ? { type: "warning", id: "stale", hasMore: true } : { type: "success", id: "done", hasMore: false };
    case "undone":
      return { type: "stopped", id: "undone", hasMore: false };
    case "cancelled":
      return { type: "stopped", id: "cancelled", hasMore: true };
    case "failed":
      return { type: "error", id: "failed", hasMore: false };
    case "running":
      return { type: "warning", id: "interrupted", hasMore: true };
  }
}

/** In the page. What the action bar says as well is shown only where that has no room for it. */
export function StepStatus({ record, job }: StatusProps) {
  const { t } = useT();
  const shown = shownOf(record, job);
  const kind = job.job?.info.kind ?? "run";
  return (
    <div className={styles.full} data-more={shown?.hasMore ?? false}>
      {shown ? <StatusIndicator type={shown.type} wrapText>{shown.hasMore ? t(`standing-${shown.id}`) : <Words record={record} job={job} id={shown.id} />}</StatusIndicator> : null}
      <LiveRegion hidden>
        {job.running
          ? t(kind === "run" ? "said-running" : "said-undoing", { title: t(`step-${record.id}-title`) })
          : job.job
            ? t(`said-${job.job.info.state}`, { title: t(`step-${record.id}-title`) })
            : ""}
      </LiveRegion>
    </div>
  );
}

/** In the action bar. */
export function ShortStatus({ record, job }: StatusProps) {
  const shown = shownOf(record, job);
  if (!shown) return null;
  return (
    <StatusIndicator type={shown.type}>
      <Words record={record} job={job} id={shown.hasMore ? `${shown.id}-short` : shown.id} />
    </StatusIndicator>
  );
}

function Words({ record, job, id }: StatusProps & { id: string }) {
  const { t, duration } = useT();
  const elapsed = useElapsed(job.running ? (job.job?.since ?? null) : null);
  const seconds = job.running ? (elapsed ?? 0) : record.seconds;
  return <span className={styles.words}>{t(`standing-${id}`, { time: seconds === null ? "" : duration(seconds) })}</span>;
}
