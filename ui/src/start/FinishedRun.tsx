/** The last run, finished and cleaned up: its results can still be read. */
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import { useState } from "react";
import { Account } from "../components/Account";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { asProblem, commands, type IpcError, type RunInfo } from "../ipc/client";
import { useRoute } from "../lab/route";
import { useLab } from "../lab/state";
import styles from "./FinishedRun.module.css";

export default function FinishedRun({ run }: { run: RunInfo }) {
  const { t, date } = useT();
  const { backend, reloadRun } = useLab();
  const { go } = useRoute();
  const [opening, setOpening] = useState(false);
  const [problem, setProblem] = useState<IpcError | null>(null);
  const open = () => {
    setOpening(true);
    setProblem(null);
    (backend ? Promise.resolve() : commands.reopen().then(reloadRun))
      .then(() => { go("results"); })
      .catch((thrown: unknown) => { setProblem(asProblem(thrown)); })
      .finally(() => { setOpening(false); });
  };
  return (
    <Container data-testid="finished-run">
      <div className={styles.row}>
        <div>
          <strong>{t("finished-run")}</strong>
          <p>
            {t(`mode-${run.mode}`)}
            {run.account === null ? null : (
              <>
                {" · "}
                <Account id={run.account} />
              </>
            )}{" "}
            · {date(run.startedAt)}
          </p>
        </div>
        <Button iconName="arrow-right" iconAlign="right" loading={opening} onClick={open} data-testid="open-finished">
          {t("finished-run-open")}
        </Button>
      </div>
      {problem ? <ProblemAlert problem={problem} title={t("finished-run-failed")} onRetry={open} /> : null}
    </Container>
  );
}
