/** The window while no run is open: the start screen, with help beside it. Imports little, because start-up time depends on it. */
import Button from "@cloudscape-design/components/button";
import { useEffect } from "react";
import { ErrorBoundary } from "../components/ErrorBoundary";
import { useT } from "../i18n/context";
import { useHelpPanel } from "../lab/help";
import { painted } from "../lab/painted";
import { loadNewRun } from "../start/lazy";
import StartScreen from "../start/StartScreen";
import { preload } from "../steps/registry";
import { HelpPane } from "./HelpPane";
import { loadStepsFrame } from "./lazy";
import { Ready } from "./Ready";
import styles from "./StartFrame.module.css";

export function StartFrame() {
  const { t } = useT();
  const help = useHelpPanel();
  useEffect(() => {
    void painted.then(() => {
      // The next click needs these. A chunk that cannot be fetched reports it when it is opened.
      for (const load of [loadNewRun, loadStepsFrame]) load().catch(() => undefined);
      preload("prepare");
    });
  }, []);
  return (
    <div className={styles.frame}>
      <main id="content" tabIndex={-1} data-testid="at-start">
        <ErrorBoundary name="start">
          <StartScreen />
          <Ready />
        </ErrorBoundary>
      </main>
      {help.open ? (
        <aside className={styles.help} aria-label={t("landmark-help")}>
          <div className={styles.helpClose}>
            <Button variant="icon" iconName="close" ariaLabel={t("help-close")} onClick={() => { help.setOpen(false); }} />
          </div>
          <HelpPane />
        </aside>
      ) : (
        <div className={styles.helpOpen}>
          <Button variant="icon" iconName="status-info" ariaLabel={t("help-open")} onClick={() => { help.setOpen(true); }} />
        </div>
      )}
    </div>
  );
}
