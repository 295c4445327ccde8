/** The progress of the push, during and after the job: its phases, and the layers of each image as bars. */
import { useMemo } from "react";
import { JobNotes } from "../components/JobProgress";
import { useT } from "../i18n/context";
import type { StepJob } from "../lab/state";
import { PushFlow } from "./PushFlow";
import { PushLane } from "./PushLane";
import { pushView } from "./pushPhases";
import { useDurations } from "./useRates";
import styles from "./PushProgress.module.css";

export function PushProgress({ job }: { job: StepJob }) {
  const { t } = useT();
  const { events, running } = job;
  const view = useMemo(() => pushView(job), [job]);
  const { transfers, phases } = view;
  const timed = useMemo(
    () =>
      new Map(
        transfers.map((transfer, index) => [
          String(index),
          { done: transfer.done, started: transfer.layers.some((layer) => layer.state !== "waiting") },
        ]),
      ),
    [transfers],
  );
  const durations = useDurations(timed);
  if (job.job?.info.kind === "undo") return <JobNotes events={events} running={running} />;
  return (
    <div className={styles.push}>
      <PushFlow phases={phases} />
      <div className={styles.lanes}>
        {transfers.map((transfer, index) => (
          <PushLane
            key={index}
            transfer={transfer}
            running={running && !transfer.done}
            seconds={durations.get(String(index)) ?? null}
            ordinal={transfers.slice(0, index).filter((other) => other.direction === "push").length}
          />
        ))}
      </div>
      {transfers.length === 0 && running ? <p className={styles.beginning}>{t("push-beginning")}</p> : null}
      <JobNotes events={events} running={running} />
    </div>
  );
}
