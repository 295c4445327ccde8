/** The window when start-up fails: the error, with a button that retries. */
import { useEffect } from "react";
import { Logo } from "../components/Logo";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import type { IpcError } from "../ipc/client";
import { reportReady } from "../lab/painted";
import styles from "./BootProblem.module.css";

export function BootProblem({ problem, onRetry }: { problem: IpcError; onRetry: () => void }) {
  const { t } = useT();
  useEffect(reportReady, []);
  return (
    <main className={styles.page} data-testid="boot-problem">
      <h1>
        <Logo /> {t("app-title")}
      </h1>
      <ProblemAlert problem={problem} title={t("boot-failed")} onRetry={onRetry} />
    </main>
  );
}
