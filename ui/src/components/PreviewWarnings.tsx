/** The warnings of a preview, in one box. */
import Alert from "@cloudscape-design/components/alert";
import { useT } from "../i18n/context";
import type { Message } from "../ipc/client";
import styles from "./PreviewWarnings.module.css";

export function PreviewWarnings({ warnings }: { warnings: readonly Message[] }) {
  const { message } = useT();
  const [first] = warnings;
  if (!first) return null;
  return (
    <Alert type="warning">
      {warnings.length === 1 ? (
        message(first)
      ) : (
        <ul className={styles.warnings}>
          {warnings.map((warning, index) => (
            <li key={index}>{message(warning)}</li>
          ))}
        </ul>
      )}
    </Alert>
  );
}
