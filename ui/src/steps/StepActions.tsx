/** The third part of a step: the app runs it, or the user runs its commands in a terminal. */
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Tabs from "@cloudscape-design/components/tabs";
import { useCallback, useState, type ReactNode } from "react";
import { JobProgress } from "../components/JobProgress";
import { changesSomething } from "../components/PreviewTable";
import { ProblemAlert } from "../components/ProblemAlert";
import { useElapsed } from "../components/useElapsed";
import { useT } from "../i18n/context";
import { UNDOABLE_STEPS, type Preview, type StepId, type StepRecord } from "../ipc/client";
import { useShortcut } from "../lab/shortcuts";
import { useLab, type StepJob } from "../lab/state";
import { ConfirmChanges } from "./ConfirmChanges";
import { StepManual } from "./StepManual";
import { ButtonRow } from "../components/ButtonRow";
import styles from "./StepActions.module.css";

/** Content of this part that depends on the step. */
export interface StepActionsSlots {
  /** Choices to make before the step is run: above the buttons. */
  choices?: ReactNode;
  /** The job's progress, while it runs and after it has ended; `JobProgress` if not given. */
  progress?: (job: StepJob) => ReactNode;
  /** The result, shown once the step is done. */
  result?: ReactNode;
}

interface StepActionsProps extends StepActionsSlots {
  step: StepId;
  record: StepRecord;
  job: StepJob;
  preview: Preview | null;
}

export function StepActions(props: StepActionsProps) {
  const { step } = props;
  const { t } = useT();
  return (
    <Container
      header={
        <Header variant="h2" description={t("part-do-about")}>
          {t("part-do")}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {props.choices}
        <Tabs
          ariaLabel={t("part-do")}
          tabs={[
            { id: "do-app", label: t("do-app"), content: <RunByApp {...props} /> },
            { id: "do-hand", label: t("do-hand"), content: <StepManual step={step} /> },
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}

function RunByApp({ step, record, job, preview, progress, result }: StepActionsProps) {
  const { t } = useT();
  const { run } = useLab();
  const [confirming, setConfirming] = useState<"run" | "undo" | null>(null);
  const aws = run?.mode === "aws";
  const needsPreview = aws && preview === null;
  const disabled = job.running || job.blockedBy !== null || needsPreview;

  const go = useCallback(
    (kind: "run" | "undo") => {
      // In the user's own account nothing is changed before they have seen the changes and confirmed them.
      if (aws && (kind === "undo" || (preview !== null && changesSomething(preview)))) setConfirming(kind);
      else void job[kind]();
    },
    [aws, preview, job],
  );
  const runNow = useCallback(() => {
    if (!disabled) go("run");
  }, [disabled, go]);
  useShortcut("run", runNow);

  const undoable = UNDOABLE_STEPS.some((id) => id === step) && record.state !== "pending" && record.state !== "undone";
  return (
    <SpaceBetween size="m">
      <ButtonRow>
        <Button
          variant={record.state === "done" ? "normal" : "primary"}
          iconName="play"
          disabled={disabled}
          loading={job.running && job.job?.info.kind === "run"}
          loadingText={t("do-running")}
          onClick={runNow}
          data-testid={`run-${step}`}
        >
          {t(record.state === "pending" || record.state === "undone" ? "do-run" : "do-run-again")}
        </Button>
        {job.running ? (
          <Button iconName="stop-circle" onClick={() => void job.cancel()} data-testid={`cancel-${step}`}>
            {t("do-cancel")}
          </Button>
        ) : undoable ? (
          <Button iconName="undo" disabled={disabled} onClick={() => { go("undo"); }} data-testid={`undo-${step}`}>
            {t("do-undo")}
          </Button>
        ) : null}
        <StepStatus record={record} job={job} />
      </ButtonRow>
      {job.blockedBy === null ? null : (
        <Alert type="info">{t("do-blocked", { title: t(`step-${job.blockedBy}-title`) })}</Alert>
      )}
      <JobProblem record={record} job={job} retry={runNow} />
      {job.running || job.events.length > 0 ? (
        <div data-testid="progress">
          {progress ? progress(job) : <JobProgress events={job.events} running={job.running} />}
        </div>
      ) : null}
      {record.state === "done" && !job.running ? result : null}
      {confirming === null || run === null ? null : (
        <ConfirmChanges
          step={step}
          kind={confirming}
          run={run}
          preview={preview}
          onAnswer={(yes) => {
            setConfirming(null);
            if (yes) void job[confirming]();
          }}
        />
      )}
    </SpaceBetween>
  );
}

/** The status of the step beside the buttons; changes are announced to screen readers. */
function StepStatus({ record, job }: { record: StepRecord; job: StepJob }) {
  const { t, duration } = useT();
  const elapsed = useElapsed(job.running ? (job.job?.since ?? null) : null);
  const time = record.seconds === null ? "" : duration(record.seconds);
  const kind = job.job?.info.kind ?? "run";
  return (
    <>
      <span className={styles.status}>
        {job.running ? (
          <StatusIndicator type="in-progress">
            {t(kind === "run" ? "standing-running" : "standing-undoing", { time: duration(elapsed ?? 0) })}
          </StatusIndicator>
        ) : record.state === "done" ? (
          <StatusIndicator type="success">{t("standing-done", { time })}</StatusIndicator>
        ) : record.state === "undone" ? (
          <StatusIndicator type="stopped">{t("standing-undone")}</StatusIndicator>
        ) : record.state === "cancelled" ? (
          <StatusIndicator type="stopped">{t("standing-cancelled")}</StatusIndicator>
        ) : record.state === "failed" ? (
          <StatusIndicator type="error">{t("standing-failed")}</StatusIndicator>
        ) : record.state === "running" ? (
          <StatusIndicator type="warning">{t("standing-interrupted")}</StatusIndicator>
        ) : null}
      </span>
      <LiveRegion hidden>
        {job.running
          ? t(kind === "run" ? "said-running" : "said-undoing", { title: t(`step-${record.id}-title`) })
          : job.job
            ? t(`said-${job.job.info.state}`, { title: t(`step-${record.id}-title`) })
            : ""}
      </LiveRegion>
    </>
  );
}

/** The error that ended the last job, in this window or before it was opened. */
function JobProblem({ record, job, retry }: { record: StepRecord; job: StepJob; retry: () => void }) {
  if (job.running) return null;
  const problem = job.job ? job.job.problem : record.state === "failed" ? record.problem : null;
  return problem ? <ProblemAlert problem={problem} onRetry={retry} /> : null;
}
