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
import { ProblemAlert } from "../components/ProblemAlert";
import { useElapsed } from "../components/useElapsed";
import { useT } from "../i18n/context";
import {
  asProblem, commands, UNDOABLE_STEPS, type Confirmation, type IpcError, type JobKind, type RunPreview, type StepId, type StepRecord,
} from "../ipc/client";
import { useShortcut } from "../lab/shortcuts";
import { type StepJob } from "../lab/state";
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

/** What the user has to agree to before the step is run or undone. */
interface Request {
  kind: JobKind;
  preview: RunPreview;
}

function RunByApp({ step, record, job, progress, result }: StepActionsProps) {
  const { t } = useT();
  const [request, setRequest] = useState<Request | null>(null);
  const [problem, setProblem] = useState<IpcError | null>(null);
  const [requesting, setRequesting] = useState(false);
  const disabled = job.running || job.blockedBy !== null || requesting;

  const go = useCallback(
    async (kind: JobKind) => {
      setRequesting(true);
      setProblem(null);
      try {
        // The lab refuses changes that need the user's consent and do not have it.
        const preview = await commands.consentRequest(step, kind);
        if (preview) setRequest({ kind, preview });
        else void job[kind]();
      } catch (thrown) {
        setProblem(asProblem(thrown));
      } finally {
        setRequesting(false);
      }
    },
    [step, job],
  );
  const confirm = async ({ kind, preview }: Request, confirmation: Confirmation) => {
    try {
      await commands.giveConsent(preview, confirmation);
      void job[kind]();
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };
  const runNow = useCallback(() => {
    if (!disabled) void go("run");
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
          <Button iconName="undo" disabled={disabled} onClick={() => { void go("undo"); }} data-testid={`undo-${step}`}>
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
      {problem ? <ProblemAlert problem={problem} /> : null}
      {request === null ? null : (
        <ConfirmChanges
          step={step}
          kind={request.kind}
          preview={request.preview}
          onAnswer={(confirmation) => {
            setRequest(null);
            if (confirmation) void confirm(request, confirmation);
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
          <StatusIndicator type={record.stale ? "warning" : "success"}>{record.stale ? t("standing-stale") : t("standing-done", { time })}</StatusIndicator>
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
