/** The layout of every step in four parts: why, what will change, do, check. */
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef, type ReactNode } from "react";
import { Checks, summarizeChecks } from "../components/Checks";
import { PreviewTable } from "../components/PreviewTable";
import { ProblemAlert } from "../components/ProblemAlert";
import { Loading } from "../components/Loading";
import { useT } from "../i18n/context";
import type { Check, Preview, StepId } from "../ipc/client";
import { commands } from "../ipc/client";
import { useIpc, type QueryState } from "../ipc/useIpc";
import { useHelpTopic } from "../lab/help";
import { neighbour, numberOf } from "../lab/order";
import { useRoute } from "../lab/route";
import { useShortcut } from "../lab/shortcuts";
import { useJob, useLab, useRun, useStep } from "../lab/state";
import { StepActions, type StepActionsSlots } from "./StepActions";
import { useCheck } from "./useCheck";
import styles from "./StepFrame.module.css";

export interface StepFrameProps extends StepActionsSlots {
  step: StepId;
  /** Two or three sentences; the text of the step if not given. */
  why?: ReactNode;
  /** A picture beside them. */
  picture?: ReactNode;
  /** The help topic; the topic of the step if not given. */
  help?: string;
  /** Content under the table of changes; a function replaces the table, and gets the preview. */
  preview?: ReactNode | ((preview: Preview) => ReactNode);
  /** Content under the items of the check. */
  check?: ReactNode | ((checks: readonly Check[]) => ReactNode);
  /** Content of the step itself, between doing and checking. */
  children?: ReactNode;
}

export function StepFrame(props: StepFrameProps) {
  const { step } = props;
  const { t } = useT();
  const record = useStep(step);
  const job = useJob(step);
  const heading = useRef<HTMLHeadingElement>(null);
  useHelpTopic(props.help ?? step);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [step]);
  const { plan } = useRun();
  // The preview is read again when a job has ended, however it ended, and when the plan has changed.
  const progress = job.running ? "running" : `${record.state} ${record.seconds ?? ""}`;
  const preview = useIpc(() => commands.preview(step), `${step} ${progress} ${JSON.stringify(plan)}`);
  const check = useCheck(step);
  const { complete } = summarizeChecks(record.checks);

  return (
    <article data-testid={`page-${step}`} data-state={record.state} data-stale={record.stale} data-complete={complete && !record.stale}>
      <SpaceBetween size="l">
        <header>
          <div className={styles.count}>{t("step-count", { number: numberOf(step) })}</div>
          <h1 ref={heading} tabIndex={-1} className={styles.title}>
            {t(`step-${step}-title`)}
          </h1>
        </header>
        {record.stale ? (
          <Alert type="warning" data-testid="step-stale">
            {t("step-stale")}
          </Alert>
        ) : null}
        <Why {...props} />
        <WhatChanges query={preview} extra={props.preview} untouched={record.state === "pending" && !job.running} />
        <StepActions {...props} record={record} job={job} />
        {props.children}
        <CheckPart step={step} checks={record.checks} extra={props.check} running={job.running} check={check} />
        <StepLinks step={step} complete={complete && !record.stale} />
      </SpaceBetween>
    </article>
  );
}

function Why({ step, why, picture }: StepFrameProps) {
  const { t } = useT();
  return (
    <Container header={<Header variant="h2">{t("part-why")}</Header>}>
      <div className={styles.why} data-picture={picture !== undefined}>
        <Box variant="p" padding="n">
          {why ?? t(`step-${step}-why`)}
        </Box>
        {picture === undefined ? null : <div className={styles.picture}>{picture}</div>}
      </div>
    </Container>
  );
}

interface WhatChangesProps {
  query: QueryState<Preview>;
  extra: StepFrameProps["preview"];
  /** Whether the step has not been run yet. */
  untouched: boolean;
}

function WhatChanges({ query, extra, untouched }: WhatChangesProps) {
  const { t } = useT();
  const { data, problem, loading, reload } = query;
  const about = data?.applied ? "part-preview-applied" : untouched ? "part-preview-about" : "part-preview-again";
  return (
    <Container
      header={
        <Header
          variant="h2"
          {...(data?.changes.length === 0 ? {} : { description: t(about) })}
          actions={
            <Button iconName="refresh" variant="icon" ariaLabel={t("preview-reload")} loading={loading} onClick={reload} data-testid="preview-reload" />
          }
        >
          {t("part-preview")}
        </Header>
      }
    >
      {problem ? <ProblemAlert problem={problem} title={t("preview-failed")} onRetry={reload} /> : null}
      {!data && loading ? <Loading text={t("preview-loading")} /> : null}
      {data && !problem ? (
        typeof extra === "function" ? (
          extra(data)
        ) : (
          <SpaceBetween size="m">
            <PreviewTable preview={data} />
            {extra}
          </SpaceBetween>
        )
      ) : null}
    </Container>
  );
}

interface CheckPartProps {
  step: StepId;
  checks: readonly Check[];
  extra: StepFrameProps["check"];
  running: boolean;
  check: ReturnType<typeof useCheck>;
}

function CheckPart({ step, checks, extra, running, check }: CheckPartProps) {
  const { t } = useT();
  const { met, all, complete } = summarizeChecks(checks);
  useShortcut("check", check.check);
  const counter = all > 0 ? `(${met}/${all})` : undefined;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={t("part-check-about")}
          {...(counter === undefined ? {} : { counter })}
          actions={
            <Button iconName="status-positive" loading={check.checking} disabled={running} onClick={check.check} data-testid={`check-${step}`}>
              {t("check-now")}
            </Button>
          }
        >
          {t("part-check")}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {check.problem ? <ProblemAlert problem={check.problem} title={t("check-failed")} onRetry={check.check} /> : null}
        {all === 0 ? (
          <Box color="text-body-secondary">{t(check.checking ? "check-reading" : "check-not-yet")}</Box>
        ) : (
          <Checks checks={checks} />
        )}
        <div role="status" className={styles.summary}>
          {all === 0 ? null : t(complete ? "check-complete" : "check-incomplete", { met, all })}
        </div>
        {typeof extra === "function" ? extra(checks) : extra}
      </SpaceBetween>
    </Container>
  );
}

function StepLinks({ step, complete }: { step: StepId; complete: boolean }) {
  const { t } = useT();
  const { go } = useRoute();
  const { run } = useLab();
  const before = neighbour(step, -1);
  const after = neighbour(step, 1);
  const over = run?.finished === true && after === null;
  return (
    <nav className={styles.neighbours} aria-label={t("step-neighbours")}>
      {before ? (
        <Button iconName="arrow-left" onClick={() => { go(before); }} data-testid="previous">
          {t("step-previous", { title: t(`step-${before}-title`) })}
        </Button>
      ) : (
        <span />
      )}
      {after ? (
        <Button
          variant={complete ? "primary" : "normal"}
          iconName="arrow-right"
          iconAlign="right"
          onClick={() => { go(after); }}
          data-testid="next"
        >
          {t("step-next", { title: t(`step-${after}-title`) })}
        </Button>
      ) : over ? (
        <Button variant="primary" onClick={() => { go("start"); }} data-testid="next">
          {t("step-begin-anew")}
        </Button>
      ) : null}
    </nav>
  );
}
