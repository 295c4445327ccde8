/** The third part of a step: what the app does and has done, or the commands for the user's own terminal. */
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useState, type ReactNode } from "react";
import { ButtonRow } from "../components/ButtonRow";
import { JobProgress } from "../components/JobProgress";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { UNDOABLE_STEPS, type StepId, type StepRecord } from "../ipc/client";
import type { StepJob } from "../lab/state";
import { Fold } from "./Fold";
import { useSession } from "./session";
import { useExpected } from "./useExpected";
import styles from "./StepActions.module.css";
import { StepManual } from "./StepManual";
import { StepStatus } from "./StepStatus";

/** Content of this part that depends on the step. */
export interface StepActionsSlots {
  /** Choices to make before the step is run: above the progress. */
  choices?: ReactNode;
  /** The job's progress, while it runs and after it has ended; `JobProgress` if not given. */
  progress?: (job: StepJob) => ReactNode;
  /** The result, shown once the step is done. */
  result?: ReactNode;
}

interface StepActionsProps extends StepActionsSlots {
  step: StepId;
}

export function StepActions(props: StepActionsProps) {
  const { step } = props;
  const { t } = useT();
  const { action, record, job } = useSession();
  return (
    <Fold
      title={t("part-do")}
      description={t("part-do-about")}
      actions={<Secondary step={step} />}
      folded={record.state === "done" && !job.running && !props.result}
      testId="fold-do"
    >
      <SpaceBetween size="m">
        {action.kind === "run" ? props.choices : null}
        <Tabs
          ariaLabel={t("part-do")}
          tabs={[
            { id: "do-app", label: t("do-app"), content: <RunByApp {...props} /> },
            { id: "do-hand", label: t("do-hand"), content: <StepManual step={step} /> },
          ]}
        />
      </SpaceBetween>
    </Fold>
  );
}

/** Running the step again, and undoing it: never the next thing to do. */
function Secondary({ step }: { step: StepId }) {
  const { t } = useT();
  const { record, action, go, ready } = useSession();
  const { state } = record;
  const again = action.kind !== "run" && action.kind !== "stop" && action.kind !== "follow" && state === "done";
  const undoable = UNDOABLE_STEPS.some((id) => id === step) && state !== "pending" && state !== "undone" && action.kind !== "stop";
  if (!again && !undoable) return null;
  return (
    <ButtonRow>
      {again ? (
        <Button iconName="refresh" disabled={!ready} onClick={() => { go("run"); }} data-testid={`run-${step}`}>
          {t("do-run-again")}
        </Button>
      ) : null}
      {undoable ? (
        <Button iconName="undo" disabled={!ready} onClick={() => { go("undo"); }} data-testid={`undo-${step}`}>
          {t("do-undo")}
        </Button>
      ) : null}
    </ButtonRow>
  );
}

function RunByApp({ progress, result }: StepActionsProps) {
  const { t } = useT();
  const { record, job, action, go, problem } = useSession();
  const expected = useExpected(record.id);
  const quiet = !job.running && job.events.length === 0;
  return (
    <SpaceBetween size="m">
      <StepStatus record={record} job={job} />
      {quiet && action.kind === "run" ? <p>{t("do-run-about", { action: t(action.label) })}</p> : null}
      {expected !== null && (action.kind === "run" || job.running) ? <p className={styles.expected} data-testid="expected">{expected}</p> : null}
      {job.blockedBy === null ? null : (
        <Alert type="info">{t("do-blocked", { title: t(`step-${job.blockedBy}-title`) })}</Alert>
      )}
      <JobProblem record={record} job={job} retry={() => { go("run"); }} />
      {quiet ? null : (
        <Progress job={job} done={record.state === "done"}>
          {progress ? progress(job) : <JobProgress events={job.events} running={job.running} />}
        </Progress>
      )}
      {record.state === "done" && !job.running ? result : null}
      {problem ? <ProblemAlert problem={problem} /> : null}
    </SpaceBetween>
  );
}

/** What the job reports; folded once the step is done, since the result is what counts then. */
function Progress({ job, done, children }: { job: StepJob; done: boolean; children: ReactNode }) {
  const { t } = useT();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const expanded = job.running || (chosen ?? !done);
  return (
    <div data-testid="progress">
      <ExpandableSection headerText={t("do-progress")} expanded={expanded} onChange={({ detail }) => { setChosen(detail.expanded); }}>
        {children}
      </ExpandableSection>
    </div>
  );
}

/** The error that ended the last job, in this window or before it was opened. */
function JobProblem({ record, job, retry }: { record: StepRecord; job: StepJob; retry: () => void }) {
  if (job.running) return null;
  const problem = job.job ? job.job.problem : record.state === "failed" ? record.problem : null;
  return problem ? <ProblemAlert problem={problem} onRetry={retry} /> : null;
}
