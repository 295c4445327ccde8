/** The frame around the explorer: the whole width below the top bar. */
import { ErrorBoundary } from "../components/ErrorBoundary";
import ExplorerPage from "../explorer/ExplorerPage";
import { WithHelp } from "./HelpPane";
import { Ready } from "./Ready";
import styles from "./ExplorerFrame.module.css";

export default function ExplorerFrame() {
  return (
    <WithHelp>
      <main id="content" tabIndex={-1} className={styles.frame} data-testid="at-explorer">
        <ErrorBoundary name="explorer">
          <ExplorerPage />
          <Ready />
        </ErrorBoundary>
      </main>
    </WithHelp>
  );
}
