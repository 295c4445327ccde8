/** The vulnerabilities with each diff status, as cards: how many there are, and in how many packages. */
import { useT } from "../i18n/context";
import type { Comparison, DiffStatus } from "../ipc/client";
import shared from "./shared.module.css";
import styles from "./DiffCards.module.css";

const STATUSES: readonly DiffStatus[] = ["fixed", "remaining", "new"];

export function DiffCards({ comparison }: { comparison: Comparison }) {
  const { t } = useT();
  return (
    <ul className={styles.cards} data-testid="diff-cards">
      {STATUSES.map((status) => (
        <li key={status} data-status={status} data-count={comparison.vulnerabilities[status]} data-pairs={comparison[status].total}>
          <span className={styles.status}>{t(`fate-${status}`)}</span>
          <strong>{t("fate-vulnerabilities", { count: comparison.vulnerabilities[status] })}</strong>
          <span className={shared.subdued}>{t("fate-pairs", { count: comparison[status].total })}</span>
          <span className={shared.subdued}>{t(`fate-${status}-means`)}</span>
        </li>
      ))}
    </ul>
  );
}
