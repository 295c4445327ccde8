/** The form that creates a run: account, engine, speed and plan. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef, useState } from "react";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { asProblem, commands, PLAN_CODES, type EngineChoice as Choice, type IpcError, type Mode, type Plan, type Speed } from "../ipc/client";
import { useRoute } from "../lab/route";
import { useLab } from "../lab/state";
import { AccountChoice, useOwnAccount } from "./AccountChoice";
import { EngineChoice } from "./EngineChoice";
import { PlanFields } from "./PlanFields";
import { SpeedChoice } from "./SpeedChoice";
import styles from "./NewRun.module.css";
import { ButtonRow } from "../components/ButtonRow";

export default function NewRun({ mode, plan: lesson }: { mode: Mode; plan: Plan }) {
  const { t } = useT();
  const { reloadRun, setDraft } = useLab();
  const { go } = useRoute();
  const [engine, setEngine] = useState<Choice>({ kind: "auto" });
  const [speed, setSpeed] = useState<Speed>("steady");
  const [plan, setPlan] = useState(lesson);
  const [planProblem, setPlanProblem] = useState<IpcError | null>(null);
  const account = useOwnAccount();
  const [starting, setStarting] = useState(false);
  const [problem, setProblem] = useState<IpcError | null>(null);

  const start = async () => {
    setStarting(true);
    setProblem(null);
    try {
      await commands.begin({ mode, engine, profile: account.profile, region: mode === "aws" ? (account.caller?.region ?? account.region) : null, speed, plan });
      await reloadRun();
      setDraft(null);
      go("prepare");
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (PLAN_CODES.some((code) => code === problem.code)) setPlanProblem(problem);
      else setProblem(problem);
      setStarting(false);
    }
  };

  const identified = mode === "practice" || account.caller !== null;
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    frame.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <div ref={frame}>
    <Container
      header={
        <Header variant="h2" description={t(`begin-${mode}-about`)}>
          {t(`begin-${mode}`)}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {mode === "aws" ? <AccountChoice {...account} /> : null}
        <div className={styles.choices}>
          <EngineChoice chosen={engine} onChoose={setEngine} />
          {mode === "practice" ? <SpeedChoice chosen={speed} onChoose={setSpeed} /> : null}
        </div>
        <PlanFields plan={plan} lesson={lesson} problem={planProblem} onChange={setPlan} onProblem={setPlanProblem} />
        {problem ? <ProblemAlert problem={problem} title={t("begin-failed")} onRetry={() => void start()} /> : null}
        <ButtonRow>
          <Button
            variant="primary"
            loading={starting}
            loadingText={t("begin-beginning")}
            disabled={!identified || planProblem !== null}
            onClick={() => void start()}
            data-testid="begin"
          >
            {t("begin")}
          </Button>
          <Box color="text-body-secondary">{t(identified ? `begin-${mode}-note` : "begin-who-first")}</Box>
        </ButtonRow>
      </SpaceBetween>
    </Container>
    </div>
  );
}
