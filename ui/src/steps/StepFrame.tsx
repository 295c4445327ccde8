/** The four parts of every step, in the same places: why, what will change, do, check. */
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
  /** Two or three sentences; the step's own text if not given. */
  why?: ReactNode;
  /** A picture of ours beside them. */
  picture?: ReactNode;
  /** The help topic; the step's own if not given. */
  help?: string;
  /** More of what will change: under the table, or all of it if a function, which is given the preview. */
  preview?: ReactNode | ((preview: Preview) => ReactNode);
  /** More under the check's items. */
  check?: ReactNode | ((checks: readonly Check[]) => ReactNode);
  /** What is particular to the step: between doing and checking. */
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
  // Asked anew when the step has ended, one way or another, and when the plan has changed.
  const settled = job.running ? "running" : `${record.state} ${record.seconds ?? ""}`;
  const preview = useIpc(() => commands.preview(step), `${step} ${settled} ${JSON.stringify(plan)}`);
  const check = useCheck(step);
  const { complete } = summarizeChecks(record.checks);

  return (
    <article data-testid={`page-${step}`} data-state={record.state} data-complete={complete}>
      <SpaceBetween size="l">
        <header>
          <div className={styles.count}>{t("step-count", { number: numberOf(step) })}</div>
          <h1 ref={heading} tabIndex={-1} className={styles.title}>
            {t(`step-${step}-title`)}
          </h1>
        </header>
        <Why {...props} />
        <WhatChanges asked={preview} extra={props.preview} untouched={record.state === "pending"} />
        <StepActions {...props} record={record} job={job} preview={preview.data} />
        {props.children}
        <CheckPart step={step} checks={record.checks} extra={props.check} running={job.running} asked={check} />
        <Neighbours step={step} complete={complete} />
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
  asked: QueryState<Preview>;
  extra: StepFrameProps["preview"];
  /** Whether the step has not been run yet. */
  untouched: boolean;
}

function WhatChanges({ asked, extra, untouched }: WhatChangesProps) {
  const { t } = useT();
  const { data, problem, loading, reload } = asked;
  return (
    <Container
      header={
        <Header
          variant="h2"
          {...(data?.changes.length === 0 ? {} : { description: t(untouched ? "part-preview-about" : "part-preview-again") })}
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
  asked: ReturnType<typeof useCheck>;
}

function CheckPart({ step, checks, extra, running, asked }: CheckPartProps) {
  const { t } = useT();
  const { met, all, complete } = summarizeChecks(checks);
  useShortcut("check", asked.check);
  const counter = all > 0 ? `(${met}/${all})` : undefined;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={t("part-check-about")}
          {...(counter === undefined ? {} : { counter })}
          actions={
            <Button iconName="status-positive" loading={asked.checking} disabled={running} onClick={asked.check} data-testid={`check-${step}`}>
              {t("check-now")}
            </Button>
          }
        >
          {t("part-check")}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {asked.problem ? <ProblemAlert problem={asked.problem} title={t("check-failed")} onRetry={asked.check} /> : null}
        {all === 0 ? (
          <Box color="text-body-secondary">{t(asked.checking ? "check-reading" : "check-not-yet")}</Box>
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

function Neighbours({ step, complete }: { step: StepId; complete: boolean }) {
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
