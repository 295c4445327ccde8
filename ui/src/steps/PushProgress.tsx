/** The push while it goes on, and how it went: the phases as a way, each image's layers as bars. */
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
  const watched = useMemo(
    () =>
      new Map(
        transfers.map((transfer, at) => [
          String(at),
          { done: transfer.done, begun: transfer.layers.some((layer) => layer.state !== "waiting") },
        ]),
      ),
    [transfers],
  );
  const took = useDurations(watched);
  if (job.job?.info.kind === "undo") return <JobNotes events={events} running={running} />;
  return (
    <div className={styles.push}>
      <PushFlow phases={phases} />
      <div className={styles.lanes}>
        {transfers.map((transfer, at) => (
          <PushLane
            key={at}
            transfer={transfer}
            running={running && !transfer.done}
            took={took.get(String(at)) ?? null}
            ordinal={transfers.slice(0, at).filter((other) => other.direction === "push").length}
          />
        ))}
      </div>
      {transfers.length === 0 && running ? <p className={styles.beginning}>{t("push-beginning")}</p> : null}
      <JobNotes events={events} running={running} />
    </div>
  );
}
