/** The titles of the seven steps, as an overview before the first. */
import { useT } from "../i18n/context";
import { STEPS } from "../ipc/client";
import { SectionTitle } from "./SectionTitle";
import styles from "./StepsOverview.module.css";

export function StepsOverview() {
  const { t } = useT();
  return (
    <section aria-labelledby="steps-ahead">
      <SectionTitle id="steps-ahead">{t("start-steps")}</SectionTitle>
      <ol className={styles.steps}>
        {STEPS.map((step) => (
          <li key={step}>{t(`step-${step}-title`)}</li>
        ))}
      </ol>
    </section>
  );
}
