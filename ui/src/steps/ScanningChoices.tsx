/** The choice for pre-existing scanning rules: kept beside the lab's own, or dropped until clean-up. */
import Tiles from "@cloudscape-design/components/tiles";
import FormField from "@cloudscape-design/components/form-field";
import { InfoLink } from "../components/InfoLink";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { useRun } from "../lab/state";
import { usePlan } from "./usePlan";
import styles from "./ScanningChoices.module.css";

export function ScanningChoices({ open }: { open: boolean }) {
  const { t } = useT();
  const { plan } = useRun();
  const { changing, problem, change } = usePlan();
  const chosen = plan.keepRules ? "keep" : "replace";
  return (
    <>
      <FormField
        label={t("scanning-rules")}
        info={<InfoLink topic="scanning-configuration" />}
        description={t(open ? "scanning-rules-about" : "scanning-plan-fixed")}
        stretch
      >
        {open ? (
          <Tiles
            ariaLabel={t("scanning-rules")}
            value={chosen}
            columns={2}
            readOnly={changing}
            items={(["keep", "replace"] as const).map((value) => ({
              value,
              label: t(`scanning-rules-${value}`),
              description: t(`scanning-rules-${value}-about`),
            }))}
            onChange={({ detail }) => { change({ keepRules: detail.value === "keep" }); }}
            data-testid="keep-rules"
          />
        ) : (
          <p className={styles.chosen} data-testid="keep-rules">
            <strong>{t(`scanning-rules-${chosen}`)}</strong> {t(`scanning-rules-${chosen}-about`)}
          </p>
        )}
      </FormField>
      {problem ? <ProblemAlert problem={problem} title={t("scanning-plan-failed")} /> : null}
    </>
  );
}
