/** The result of the push: the digests in two repositories, and when the registry token expires (the token itself is never shown). */
import Alert from "@cloudscape-design/components/alert";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { CopyButton } from "../components/CopyButton";
import { InfoLink } from "../components/InfoLink";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { commands, type RunOutcome } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { useRun, useStep } from "../lab/state";
import styles from "./PushOutcome.module.css";

export function PushOutcome() {
  const { t, date } = useT();
  const { plan } = useRun();
  const { seconds } = useStep("push");
  const { data, problem, reload } = useIpc(
    () => Promise.all([commands.outcome(), commands.registryCredentialExpiry()]),
    String(seconds),
  );
  if (problem) return <ProblemAlert problem={problem} onRetry={reload} />;
  if (!data) return null;
  const [outcome, expiry] = data;
  const [prod, sandbox] = [digestOf(outcome, plan.prod), digestOf(outcome, plan.sandbox)];
  const same = prod !== null && prod === sandbox;
  return (
    <SpaceBetween size="s">
      {same ? (
        <Alert type="success" header={t("push-same-title")}>
          {t("push-same", { prod: plan.prod, sandbox: plan.sandbox })}
        </Alert>
      ) : null}
      <KeyValuePairs
        columns={2}
        items={[
          { label: plan.prod, value: <Digest digest={prod} name={plan.prod} /> },
          { label: plan.sandbox, value: <Digest digest={sandbox} name={plan.sandbox} /> },
          {
            label: t("push-token"),
            info: <InfoLink topic="registry-login" />,
            value: <span data-testid="token-expiry">{expiry === null ? t("push-token-none") : t("push-token-until", { time: date(expiry) })}</span>,
          },
        ]}
      />
    </SpaceBetween>
  );
}

function Digest({ digest, name }: { digest: string | null; name: string }) {
  const { t } = useT();
  if (digest === null) return t("push-digest-none");
  return (
    <span className={styles.digest}>
      <code translate="no">{digest}</code>
      <CopyButton text={digest} label={t("push-digest-copy", { name })} />
    </span>
  );
}

function digestOf(outcome: RunOutcome, name: string): string | null {
  return outcome.repositories.find((repository) => repository.name === name)?.digest ?? null;
}
