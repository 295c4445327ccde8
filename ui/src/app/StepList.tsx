/** The list of the seven steps on the left, with the status of each. */
import Icon from "@cloudscape-design/components/icon";
import Spinner from "@cloudscape-design/components/spinner";
import type { ReactNode } from "react";
import { summarizeChecks } from "../components/Checks";
import { useT } from "../i18n/context";
import type { StepId, StepRecord } from "../ipc/client";
import { useRoute } from "../lab/route";
import { useLab } from "../lab/state";
import { preload } from "../steps/registry";
import styles from "./StepList.module.css";

export function StepList({ onChosen }: { onChosen: (step: StepId) => void }) {
  const { t } = useT();
  const { run, job } = useLab();
  const { page } = useRoute();
  const running = job?.info.state === "running" ? job.info.step : null;
  return (
    <div className={styles.list}>
      <h2 className={styles.title}>{t("steps-title")}</h2>
      <ol>
        {run?.steps.map((record, index) => {
          const status = statusOf(record, running === record.id);
          return (
            <li key={record.id} data-status={status}>
              <button
                type="button"
                className={styles.item}
                aria-current={page === record.id ? "step" : undefined}
                onClick={() => { onChosen(record.id); }}
                onPointerEnter={() => { preload(record.id); }}
                data-testid={`step-${record.id}`}
                data-state={record.state}
                data-status={status}
              >
                <span className={styles.mark}>{markOf(status, index + 1)}</span>
                <span className={styles.words}>
                  <span className={styles.name}>{t(`step-${record.id}-title`)}</span>
                  <span className={styles.state}>{t(`look-${status}`, countsOf(record))}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** A step's status in the list: its recorded state combined with the result of the last check. */
type Status = "pending" | "running" | "interrupted" | "complete" | "done" | "unmet" | "failed" | "cancelled" | "undone" | "byhand" | "stale";

function statusOf(record: StepRecord, running: boolean): Status {
  const { complete, all } = summarizeChecks(record.checks);
  if (running) return "running";
  switch (record.state) {
    case "running":
      return "interrupted";
    case "done":
      if (record.stale) return "stale";
      return complete ? "complete" : all > 0 ? "unmet" : "done";
    case "pending":
      // Done by hand in a terminal: a check found everything in place.
      return complete ? "byhand" : "pending";
    case "failed":
    case "cancelled":
    case "undone":
      return record.state;
  }
}

function countsOf(record: StepRecord): { met: number; all: number } {
  const { met, all } = summarizeChecks(record.checks);
  return { met, all };
}

function markOf(status: Status, number: number): ReactNode {
  switch (status) {
    case "running":
      return <Spinner />;
    case "complete":
    case "byhand":
      return <Icon name="check" size="small" />;
    case "failed":
      return <Icon name="close" size="small" />;
    case "unmet":
    case "stale":
    case "interrupted":
      return <span aria-hidden="true">!</span>;
    case "pending":
    case "done":
    case "cancelled":
    case "undone":
      return <span aria-hidden="true">{number}</span>;
  }
}
