/** The frame around the explorer: the whole width below the top bar. */
import { ErrorBoundary } from "../components/ErrorBoundary";
import ExplorerPage from "../explorer/ExplorerPage";
import { Ready } from "./Ready";
import styles from "./ExplorerFrame.module.css";

export default function ExplorerFrame() {
  return (
    <main id="content" tabIndex={-1} className={styles.frame} data-testid="at-explorer">
      <ErrorBoundary name="explorer">
        <ExplorerPage />
        <Ready />
      </ErrorBoundary>
    </main>
  );
}
