/** The start screen: offers to resume an unfinished run, otherwise the choice of a mode and the form for a new run. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { lazy, Suspense, useEffect, useRef } from "react";
import { Logo } from "../components/Logo";
import { ProblemAlert } from "../components/ProblemAlert";
import { Loading } from "../components/Loading";
import { useT } from "../i18n/context";
import { commands } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { useHelpTopic } from "../lab/help";
import { useRoute } from "../lab/route";
import { useLab } from "../lab/state";
import { loadFinishedRun, loadNewRun, loadUnfinishedRun } from "./lazy";
import { ModeCards } from "./ModeCards";
import { SectionTitle } from "./SectionTitle";
import { StepsOverview } from "./StepsOverview";
import styles from "./StartScreen.module.css";

const NewRun = lazy(loadNewRun);
const FinishedRun = lazy(loadFinishedRun);
const UnfinishedRun = lazy(loadUnfinishedRun);

export default function StartScreen() {
  const { t } = useT();
  const { run, draft, setDraft } = useLab();
  const plan = useIpc(() => commands.defaultPlan(), "plan");
  const heading = useRef<HTMLHeadingElement>(null);
  useHelpTopic("start");
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  const unfinished = run !== null && !run.finished;
  return (
    <div className={styles.screen} data-testid="start">
      <SpaceBetween size="l">
        <header className={styles.head}>
          <Logo size={56} />
          <div>
            <h1 ref={heading} tabIndex={-1}>
              {t("start-title")}
            </h1>
            <Box variant="p" color="text-body-secondary" padding="n">
              {t("start-about")}
            </Box>
          </div>
        </header>
        {unfinished ? (
          <Suspense fallback={<Loading />}>
            <UnfinishedRun run={run} />
          </Suspense>
        ) : (
          <SpaceBetween size="l">
            {run === null ? null : (
              <Suspense fallback={null}>
                <FinishedRun run={run} />
              </Suspense>
            )}
            <ModeCards chosen={draft} onChoose={setDraft} />
            {draft === null ? (
              <SpaceBetween size="l">
                <StepsOverview />
                <ExplorerLink />
              </SpaceBetween>
            ) : plan.data ? (
              <Suspense fallback={<Loading />}>
                <NewRun key={draft} mode={draft} plan={plan.data} />
              </Suspense>
            ) : plan.problem ? (
              <ProblemAlert problem={plan.problem} onRetry={plan.reload} />
            ) : (
              <Loading />
            )}
          </SpaceBetween>
        )}
      </SpaceBetween>
    </div>
  );
}

/** The explorer needs no run. */
function ExplorerLink() {
  const { t } = useT();
  const { go } = useRoute();
  return (
    <section aria-labelledby="explorer-title">
      <SectionTitle id="explorer-title">{t("explorer-title")}</SectionTitle>
      <SpaceBetween size="s">
        <Box variant="p" color="text-body-secondary" padding="n">
          {t("explorer-about")}
        </Box>
        <Button iconName="search" onClick={() => { go("explorer"); }} data-testid="open-explorer">
          {t("explorer-start")}
        </Button>
      </SpaceBetween>
    </section>
  );
}
