/** Where the lab works: mode, account, Region and engine, once they are known. */
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { Account } from "../components/Account";
import { useT } from "../i18n/context";
import { useLab, useRun } from "../lab/state";

export function PrepareFacts() {
  const { t } = useT();
  const run = useRun();
  const { backend } = useLab();
  const unknown = t("prepare-unknown");
  const version = run.engineVersion;
  // The names of some engines include the version.
  const included = version != null && backend?.engine.includes(version);
  const engine = [backend?.engine, included ? null : version].filter((part) => part != null).join(" · ");
  return (
    <div data-testid="prepare-facts">
      <KeyValuePairs
        columns={4}
        items={[
          { label: t("prepare-mode"), value: t(`prepare-mode-${run.mode}`) },
          { label: t("prepare-account"), value: run.account === null ? unknown : <Account id={run.account} /> },
          { label: t("prepare-region"), value: run.region ?? unknown },
          { label: t("prepare-engine"), value: engine === "" ? unknown : engine },
        ]}
      />
    </div>
  );
}
