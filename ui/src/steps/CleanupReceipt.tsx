/** The receipt of cleaning up: what was deleted, what was restored, what was kept and why, as read back from the account. */
import Icon from "@cloudscape-design/components/icon";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMasked } from "../components/Account";
import { ProblemAlert } from "../components/ProblemAlert";
import { Loading } from "../components/Loading";
import { useT } from "../i18n/context";
import { commands, type Receipt, type ResourceKind } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { useStep } from "../lab/state";
import styles from "./CleanupReceipt.module.css";

const KINDS: readonly ResourceKind[] = ["repository", "image", "localImage", "scanningConfiguration", "inspectorScanning", "inspectorFilter"];

export function CleanupReceipt() {
  const { seconds } = useStep("cleanup");
  const { data, problem, reload } = useIpc(() => commands.outcome(), String(seconds));
  if (problem) return <ProblemAlert problem={problem} onRetry={reload} />;
  if (!data) return <Loading />;
  return data.receipt ? <ReceiptView receipt={data.receipt} /> : null;
}

function ReceiptView({ receipt }: { receipt: Receipt }) {
  const { t, message, number } = useT();
  const masked = useMasked();
  return (
    <section className={styles.receipt} aria-label={t("receipt-title")} data-testid="receipt" data-restored={receipt.restored}>
      <h3>{t("receipt-title")}</h3>
      <p>{t("receipt-about")}</p>
      <div>
        <StatusIndicator type={receipt.restored ? "success" : "warning"} wrapText>
          {t(receipt.restored ? "receipt-restored" : "receipt-not-restored")}
        </StatusIndicator>
      </div>
      <h4>
        {t("receipt-deleted")} <span>{number(receipt.deleted.length)}</span>
      </h4>
      {receipt.deleted.length === 0 ? <p className={styles.none}>{t("cleanup-none")}</p> : null}
      <ul data-testid="receipt-deleted">
        {KINDS.flatMap((kind) =>
          receipt.deleted
            .filter((deleted) => deleted.kind === kind)
            .map(({ name }) => (
              <li key={`${kind} ${name}`}>
                <Icon name="status-positive" variant="success" />
                <span className={styles.kind}>{t(`resource-${kebab(kind)}`)}</span>
                <code translate="no">{masked(name)}</code>
              </li>
            )),
        )}
      </ul>
      <h4>
        {t("receipt-kept")} <span>{number(receipt.kept.length)}</span>
      </h4>
      {receipt.kept.length === 0 ? <p className={styles.none}>{t("receipt-kept-none")}</p> : null}
      <ul data-testid="receipt-kept">
        {receipt.kept.map(({ kind, what, why }) => (
          <li key={`${kind} ${what}`}>
            <Icon name="lock-private" />
            <span className={styles.kind}>{t(`resource-${kebab(kind)}`)}</span>
            <span>
              <code translate="no">{masked(what)}</code> {message(why)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function kebab(kind: ResourceKind): string {
  return kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
