/** A run that was not finished: continue it, clean it up, or start over. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Modal from "@cloudscape-design/components/modal";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { Account } from "../components/Account";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { asProblem, commands, type IpcError, type RunInfo, type StepId } from "../ipc/client";
import { stepToResume, useRoute } from "../lab/route";
import { useLab, useViewState } from "../lab/state";
import { ButtonRow } from "../components/ButtonRow";

type Action = "continue" | "cleanup" | "start-over";

export default function UnfinishedRun({ run }: { run: RunInfo }) {
  const { t, date } = useT();
  const { backend, reloadRun } = useLab();
  const { go } = useRoute();
  const [remembered] = useViewState("step");
  const [action, setAction] = useState<Action | null>(null);
  const [failed, setFailed] = useState<{ action: Action; problem: IpcError } | null>(null);
  const [confirming, setConfirming] = useState(false);

  const act = async (what: Action, work: () => Promise<unknown>, to: StepId | null) => {
    setAction(what);
    setFailed(null);
    try {
      await work();
      await reloadRun();
      if (to) go(to);
    } catch (thrown) {
      setFailed({ action: what, problem: asProblem(thrown) });
    } finally {
      setAction(null);
    }
  };
  const proceed = (what: "continue" | "cleanup") =>
    void act(what, async () => { if (!backend) await commands.reopen(); }, what === "cleanup" ? "cleanup" : stepToResume(run, remembered));
  const startOver = () => void act("start-over", () => commands.abandon(), null);
  const retry = failed?.action === "start-over" ? startOver : () => { proceed(failed?.action === "cleanup" ? "cleanup" : "continue"); };

  const done = run.steps.filter((record) => record.state === "done").length;
  return (
    <Container
      data-testid="unfinished"
      header={
        <Header variant="h2" description={t("unfinished-about")}>
          {t("unfinished-title")}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={4}
          items={[
            { label: t("mode-label"), value: t(`mode-${run.mode}`) },
            { label: t("account"), value: run.account === null ? t("account-unknown") : <Account id={run.account} /> },
            { label: t("region"), value: run.region ?? t("account-unknown") },
            { label: t("unfinished-started"), value: date(run.startedAt) },
          ]}
        />
        <ProgressBar
          value={(done / run.steps.length) * 100}
          label={t("unfinished-progress")}
          additionalInfo={t("unfinished-next", { title: t(`step-${stepToResume(run, remembered)}-title`) })}
          description={t("unfinished-steps", { done, all: run.steps.length })}
        />
        {failed ? <ProblemAlert problem={failed.problem} title={t(`unfinished-${failed.action}-failed`)} onRetry={retry} /> : null}
        <ButtonRow>
          <Button
            variant="primary"
            loading={action === "continue"}
            disabled={action !== null}
            onClick={() => { proceed("continue"); }}
            data-testid="continue"
          >
            {t("unfinished-continue")}
          </Button>
          <Button loading={action === "cleanup"} disabled={action !== null} onClick={() => { proceed("cleanup"); }} data-testid="clean-up">
            {t("unfinished-cleanup")}
          </Button>
          <Button
            variant="link"
            loading={action === "start-over"}
            disabled={action !== null}
            onClick={() => { setConfirming(true); }}
            data-testid="start-over"
          >
            {t("unfinished-start-over")}
          </Button>
        </ButtonRow>
      </SpaceBetween>
      {confirming ? (
        <Modal
          visible
          header={t("start-over-title")}
          onDismiss={() => { setConfirming(false); }}
          footer={
            <Box float="right">
              <SpaceBetween direction="horizontal" size="xs">
                <Button variant="link" onClick={() => { setConfirming(false); }}>
                  {t("agree-no")}
                </Button>
                <Button
                  variant="primary"
                  onClick={() => {
                    setConfirming(false);
                    startOver();
                  }}
                  data-testid="start-over-yes"
                >
                  {t("unfinished-start-over")}
                </Button>
              </SpaceBetween>
            </Box>
          }
        >
          {t(`start-over-${run.mode}-about`)}
        </Modal>
      ) : null}
    </Container>
  );
}
