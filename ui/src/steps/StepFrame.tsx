/** The layout of every step in four parts: why, what will change, do, check. The action bar is below them. */
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Children, useEffect, useRef, type ReactNode } from "react";
import { Checks, summarizeChecks } from "../components/Checks";
import { PreviewTable } from "../components/PreviewTable";
import { ProblemAlert } from "../components/ProblemAlert";
import { Loading } from "../components/Loading";
import { useT } from "../i18n/context";
import type { Check, Preview, StepId } from "../ipc/client";
import { commands } from "../ipc/client";
import { useIpc, type QueryState } from "../ipc/useIpc";
import type { Screen } from "../lab/clicker";
import { useHelpTopic } from "../lab/help";
import { numberOf } from "../lab/order";
import { partId, type Part } from "../lab/part";
import { usePresenting } from "../lab/presenting";
import { useRun } from "../lab/state";
import { Fold } from "./Fold";
import { useSession } from "./session";
import { StepActions, type StepActionsSlots } from "./StepActions";
import { useAnchor } from "./useAnchor";
import { useLeadToResult } from "./useLeadToResult";
import { Why } from "./Why";
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
  const { record, job } = useSession();
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
  const { complete } = summarizeChecks(record.checks);
  const page = useRef<HTMLElement>(null);
  useAnchor(page);
  const result = useLeadToResult(job.running, record.state === "done");
  // While presenting, each part is a screen.
  const { on: presenting, screenOf } = usePresenting();
  const results = Children.toArray(props.children);
  const shows = (...screens: readonly Screen[]) => !presenting || screens.includes(screenOf(step));
  // What a person has done is folded; on a screen of its own there is room for it.
  const folds = record.state === "done" && !job.running && !presenting;

  return (
    <article
      ref={page}
      data-testid={`page-${step}`}
      data-state={record.state}
      data-stale={record.stale}
      data-complete={complete && !record.stale}
      data-screen={presenting ? screenOf(step) : undefined}
    >
      <SpaceBetween size="m">
        <header className={styles.head}>
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
        <PartSection part="why" shown={shows("why")}>
          <Why {...props} done={folds} />
        </PartSection>
        <PartSection part="change" shown={shows("change")}>
          <WhatChanges query={preview} extra={props.preview} untouched={record.state === "pending" && !job.running} done={folds} />
        </PartSection>
        <PartSection part="do" shown={shows("do", "result")}>
          <SpaceBetween size="l">
            <div hidden={!shows("do")} data-screen-part>
              <StepActions {...props} />
            </div>
            {results.length === 0 ? null : (
              <div ref={result} id="part-result" hidden={!shows("result")} data-screen-part className={styles.part} data-anchor>
                <SpaceBetween size="l">{results}</SpaceBetween>
              </div>
            )}
          </SpaceBetween>
        </PartSection>
        <PartSection part="check" shown={shows("check")}>
          <CheckPart step={step} checks={record.checks} extra={props.check} />
        </PartSection>
      </SpaceBetween>
    </article>
  );
}

/** Where the stepper of the action bar goes to. */
function PartSection({ part, shown, children }: { part: Part; shown: boolean; children: ReactNode }) {
  const { t } = useT();
  return (
    <section
      id={partId(part)}
      hidden={!shown}
      data-screen-part
      tabIndex={-1}
      className={styles.part}
      data-anchor
      aria-label={t(`part-${part}-short`)}
      data-testid={partId(part)}
    >
      {children}
    </section>
  );
}

interface WhatChangesProps {
  query: QueryState<Preview>;
  extra: StepFrameProps["preview"];
  /** Whether the step has not been run yet. */
  untouched: boolean;
  /** Whether the step is done: what it was to change is folded then. */
  done: boolean;
}

function WhatChanges({ query, extra, untouched, done }: WhatChangesProps) {
  const { t } = useT();
  const { data, problem, loading, reload } = query;
  const about = data?.applied ? "part-preview-applied" : untouched ? "part-preview-about" : "part-preview-again";
  return (
    <Fold
      title={t("part-preview")}
      description={data?.changes.length === 0 ? undefined : t(about)}
      counter={data && data.changes.length > 0 ? `(${data.changes.length})` : undefined}
      actions={<Button iconName="refresh" variant="icon" ariaLabel={t("preview-reload")} loading={loading} onClick={reload} data-testid="preview-reload" />}
      folded={done && problem === null}
      testId="fold-change"
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
    </Fold>
  );
}

interface CheckPartProps {
  step: StepId;
  checks: readonly Check[];
  extra: StepFrameProps["check"];
}

function CheckPart({ step, checks, extra }: CheckPartProps) {
  const { t } = useT();
  const { check, job, action } = useSession();
  const { met, all, complete } = summarizeChecks(checks);
  return (
    <>
      <LiveRegion hidden>{all === 0 || check.checking ? "" : t(complete ? "check-complete" : "check-incomplete", { met, all })}</LiveRegion>
      <Fold
        title={t("part-check")}
        description={all === 0 ? t("part-check-about") : t(complete ? "check-complete" : "check-incomplete", { met, all })}
        counter={all > 0 ? `(${met}/${all})` : undefined}
        actions={
          action.kind === "check" ? null : (
            <Button iconName="status-positive" loading={check.checking} disabled={job.running} onClick={check.check} data-testid={`check-${step}`}>
              {t("check-now")}
            </Button>
          )
        }
        folded={complete && check.problem === null}
        testId="fold-check"
      >
        <SpaceBetween size="m">
          {check.problem ? <ProblemAlert problem={check.problem} title={t("check-failed")} onRetry={check.check} /> : null}
          {all === 0 ? (
            <Box color="text-body-secondary">{t(check.checking ? "check-reading" : "check-not-yet")}</Box>
          ) : (
            <div className={styles.checks}>
              <Checks checks={checks} />
            </div>
          )}
          {typeof extra === "function" ? extra(checks) : extra}
        </SpaceBetween>
      </Fold>
    </>
  );
}
