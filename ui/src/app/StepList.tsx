/** The seven steps at the left, and where each stands. */
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
  const { at } = useRoute();
  const running = job?.info.state === "running" ? job.info.step : null;
  return (
    <div className={styles.list}>
      <h2 className={styles.title}>{t("steps-title")}</h2>
      <ol>
        {run?.steps.map((record, index) => {
          const look = lookOf(record, running === record.id);
          return (
            <li key={record.id} data-look={look}>
              <button
                type="button"
                className={styles.item}
                aria-current={at === record.id ? "step" : undefined}
                onClick={() => { onChosen(record.id); }}
                onPointerEnter={() => { preload(record.id); }}
                data-testid={`step-${record.id}`}
                data-state={record.state}
                data-look={look}
              >
                <span className={styles.mark}>{markOf(look, index + 1)}</span>
                <span className={styles.words}>
                  <span className={styles.name}>{t(`step-${record.id}-title`)}</span>
                  <span className={styles.state}>{t(`look-${look}`, sumOf(record))}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** How a step looks in the list: what was recorded, and what the last check said. */
type Look = "pending" | "running" | "interrupted" | "complete" | "done" | "unmet" | "failed" | "cancelled" | "undone" | "byhand";

function lookOf(record: StepRecord, running: boolean): Look {
  const { complete, all } = summarizeChecks(record.checks);
  if (running) return "running";
  switch (record.state) {
    case "running":
      return "interrupted";
    case "done":
      return complete ? "complete" : all > 0 ? "unmet" : "done";
    case "pending":
      // Done in a terminal, and found by a check.
      return complete ? "byhand" : "pending";
    case "failed":
    case "cancelled":
    case "undone":
      return record.state;
  }
}

function sumOf(record: StepRecord): { met: number; all: number } {
  const { met, all } = summarizeChecks(record.checks);
  return { met, all };
}

function markOf(look: Look, number: number): ReactNode {
  switch (look) {
    case "running":
      return <Spinner />;
    case "complete":
    case "byhand":
      return <Icon name="check" size="small" />;
    case "failed":
      return <Icon name="close" size="small" />;
    case "unmet":
    case "interrupted":
      return <span aria-hidden="true">!</span>;
    case "pending":
    case "done":
    case "cancelled":
    case "undone":
      return <span aria-hidden="true">{number}</span>;
  }
}
