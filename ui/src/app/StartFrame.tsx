/** The window while no run is open: the start screen, with help beside it. Imports little, because start-up time depends on it. */
import { useEffect } from "react";
import { ErrorBoundary } from "../components/ErrorBoundary";
import { painted } from "../lab/painted";
import { loadNewRun } from "../start/lazy";
import StartScreen from "../start/StartScreen";
import { preload } from "../steps/registry";
import { WithHelp } from "./HelpPane";
import { loadStepsFrame } from "./lazy";
import { Ready } from "./Ready";
import styles from "./StartFrame.module.css";

export function StartFrame() {
  useEffect(() => {
    void painted.then(() => {
      // The next click needs these. A chunk that cannot be fetched reports it when it is opened.
      for (const load of [loadNewRun, loadStepsFrame]) load().catch(() => undefined);
      preload("prepare");
    });
  }, []);
  return (
    <WithHelp>
      <main id="content" tabIndex={-1} className={styles.frame} data-testid="at-start">
        <ErrorBoundary name="start">
          <StartScreen />
          <Ready />
        </ErrorBoundary>
      </main>
    </WithHelp>
  );
}
