/** The seven steps, before the first: what one lets oneself in for. */
import { useT } from "../i18n/context";
import { STEPS } from "../lab/order";

export function StepsOverview() {
  const { t } = useT();
  return (
    <section aria-labelledby="steps-ahead">
      <h2 id="steps-ahead" className="lab-section-title">
        {t("start-steps")}
      </h2>
      <ol className="lab-steps-ahead">
        {STEPS.map((step) => (
          <li key={step}>{t(`step-${step}-title`)}</li>
        ))}
      </ol>
    </section>
  );
}
